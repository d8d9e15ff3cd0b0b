// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/render_checkout.hpp"

#include <algorithm>

namespace b2a::protocol::ucp {
namespace {

using domain::Checkout;
using domain::Severity;

std::string_view message_type(Severity severity) noexcept {
    switch (severity) {
        case Severity::info: return "info";
        case Severity::warning: return "warning";
        case Severity::recoverable:
        case Severity::requires_buyer_input:
        case Severity::requires_buyer_review:
        case Severity::unrecoverable: return "error";
    }
    return "error";
}

/// Only errors have one on the wire.
std::string_view severity_text(Severity severity) noexcept {
    switch (severity) {
        case Severity::info:
        case Severity::warning: return {};
        case Severity::recoverable: return "recoverable";
        case Severity::requires_buyer_input: return "requires_buyer_input";
        case Severity::requires_buyer_review: return "requires_buyer_review";
        case Severity::unrecoverable: return "unrecoverable";
    }
    return {};
}

void write_buyer(json::Writer& json, domain::Buyer const& buyer) {
    if (buyer == domain::Buyer{}) return;
    json.key("buyer").begin_object();
    json.member_if("first_name", buyer.first_name).member_if("last_name", buyer.last_name);
    json.member_if("email", buyer.email).member_if("phone_number", buyer.phone_number);
    json.end_object();
}

void write_context(json::Writer& json, domain::Context const& context) {
    if (context == domain::Context{}) return;
    json.key("context").begin_object();
    json.member_if("address_country", context.country).member_if("address_region", context.region);
    json.member_if("postal_code", context.postal_code).member_if("language", context.language);
    json.member_if("currency", context.currency).member_if("intent", context.intent);
    json.end_object();
}

void write_links(json::Writer& json, Site const& site) {
    auto const link = [&](std::string_view type, std::string_view url) {
        if (!url.empty()) json.begin_object().member("type", type).member("url", site.absolute(url)).end_object();
    };
    json.key("links").begin_array();
    link("privacy_policy", site.privacy_url);
    link("terms_of_service", site.terms_url);
    link("refund_policy", site.refund_url);
    link("shipping_policy", site.shipping_url);
    json.end_array();
}

void write_messages(json::Writer& json, service::CheckoutOutcome const& outcome, Version version) {
    if (outcome.checkout.findings.empty() && outcome.notes.empty()) return;
    json.key("messages").begin_array();
    for (auto const& finding : outcome.notes) write_message(json, finding, version);
    for (auto const& finding : outcome.checkout.findings) write_message(json, finding, version);
    json.end_array();
}

void write_discounts(json::Writer& json, Checkout const& checkout) {
    if (checkout.discount_codes.empty() && checkout.discounts.empty()) return;
    json.key("discounts").begin_object().key("codes").begin_array();
    for (auto const& code : checkout.discount_codes) json.value(code);
    json.end_array().key("applied").begin_array();
    for (auto const& discount : checkout.discounts) {
        json.begin_object().member_if("code", discount.code).member("title", discount.title);
        json.member("amount", discount.minor).member("automatic", discount.code.empty());
        if (!discount.line_allocations.empty()) {
            json.member("method", "across").key("allocations").begin_array();
            for (std::size_t i = 0; i < discount.line_allocations.size(); ++i) {
                if (discount.line_allocations[i] == 0) continue;
                json.begin_object().member("path", "$.line_items[" + std::to_string(i) + "]");
                json.member("amount", discount.line_allocations[i]).end_object();
            }
            json.end_array();
        }
        json.end_object();
    }
    json.end_array().end_object();
}

void write_line_ids(json::Writer& json, std::vector<domain::Line> const& lines) {
    json.key("line_item_ids").begin_array();
    for (auto const& line : lines)
        if (line.delivery == domain::Delivery::physical) json.value(line.id);
    json.end_array();
}

void write_option(json::Writer& json, domain::ShippingOption const& option) {
    json.begin_object().member("id", option.id).member("title", option.title);
    json.member_if("description", option.description).member_if("carrier", option.carrier);
    if (option.earliest != Timestamp{}) json.member("earliest_fulfillment_time", to_rfc3339(option.earliest));
    if (option.latest != Timestamp{}) json.member("latest_fulfillment_time", to_rfc3339(option.latest));
    json.key("totals").begin_array().begin_object();
    json.member("type", "total").member("amount", option.minor).end_object().end_array().end_object();
}

/// One shipping method with one group: what is physical leaves together.
void write_fulfillment(json::Writer& json, Checkout const& checkout) {
    auto const physical = [](domain::Line const& line) { return line.delivery == domain::Delivery::physical; };
    if (std::none_of(checkout.lines.begin(), checkout.lines.end(), physical)) return;
    auto const& fulfillment = checkout.fulfillment;
    json.key("fulfillment").begin_object().key("methods").begin_array().begin_object();
    json.member("id", "shipping").member("type", "shipping");
    write_line_ids(json, checkout.lines);
    json.key("destinations").begin_array();
    for (auto const& destination : fulfillment.destinations) {
        json.begin_object().member("id", destination.id);
        write_address_members(json, destination.address);
        json.end_object();
    }
    json.end_array().member_if("selected_destination_id", fulfillment.selected_destination_id);
    json.key("groups").begin_array();
    if (!fulfillment.options.empty()) {
        json.begin_object().member("id", "parcel");
        write_line_ids(json, checkout.lines);
        json.key("options").begin_array();
        for (auto const& option : fulfillment.options) write_option(json, option);
        json.end_array().member_if("selected_option_id", fulfillment.selected_option_id).end_object();
    }
    json.end_array().end_object().end_array().end_object();
}

void write_payment(json::Writer& json, domain::Payment const& payment) {
    if (payment.instruments.empty()) return;
    json.key("payment").begin_object().key("instruments").begin_array();
    for (auto const& instrument : payment.instruments) {
        json.begin_object().member("id", instrument.id).member("handler_id", instrument.handler_id);
        json.member("type", instrument.type).member("selected", instrument.selected);
        if (!instrument.brand.empty() || !instrument.last_digits.empty())
            json.key("display")
                .begin_object()
                .member_if("brand", instrument.brand)
                .member_if("last_digits", instrument.last_digits)
                .end_object();
        json.end_object();
    }
    json.end_array().end_object();
}

void write_order_confirmation(json::Writer& json, service::CheckoutOutcome const& outcome, Site const& site) {
    auto const& checkout = outcome.checkout;
    if (!checkout.order_id || checkout.status != domain::CheckoutStatus::completed) return;
    json.key("order").begin_object().member("id", checkout.order_id->text());
    if (outcome.order) json.member_if("label", outcome.order->label);
    json.member("permalink_url", hand_off_url(site, checkout.id)).end_object();
}

}  // namespace

std::string hand_off_url(Site const& site, CheckoutId id) {
    return site.base_url + "/checkout/" + id.text();
}

void write_totals(json::Writer& json, std::vector<domain::Total> const& totals) {
    json.key("totals").begin_array();
    for (auto const& total : totals) {
        json.begin_object().member("type", to_text(total.kind)).member("amount", total.minor);
        json.member_if("display_text", total.title).end_object();
    }
    json.end_array();
}

void write_line_common(json::Writer& json, Site const& site, domain::Line const& line) {
    json.member("id", line.id).key("item").begin_object();
    json.member("id", line.variant_id).member("title", line.title).member("price", line.unit_minor);
    if (!line.image_url.empty()) json.member("image_url", site.absolute(line.image_url));
    json.end_object();
    // The domain has checked the product against money_minor_max when it priced the line.
    auto const subtotal = line.unit_minor * line.quantity;
    json.key("totals").begin_array();
    json.begin_object().member("type", "subtotal").member("amount", subtotal).end_object();
    if (line.discount_minor != 0)
        json.begin_object().member("type", "items_discount").member("amount", line.discount_minor).end_object();
    json.begin_object().member("type", "total").member("amount", subtotal + line.discount_minor).end_object();
    json.end_array();
}

void write_address_members(json::Writer& json, domain::Address const& address) {
    json.member_if("first_name", address.first_name).member_if("last_name", address.last_name);
    json.member_if("street_address", address.street_address);
    json.member_if("extended_address", address.extended_address);
    json.member_if("address_locality", address.locality).member_if("address_region", address.region);
    json.member_if("postal_code", address.postal_code).member_if("address_country", address.country);
    json.member_if("phone_number", address.phone_number);
}

void write_attribution(json::Writer& json, std::map<std::string, std::string> const& attribution) {
    if (attribution.empty()) return;
    json.key("attribution").begin_object();
    for (auto const& [key, value] : attribution) json.member(key, value);
    json.end_object();
}

void write_message(json::Writer& json, domain::Finding const& finding, Version version) {
    json.begin_object().member("type", message_type(finding.severity));
    json.member("code", message_code(finding.code, version)).member_if("path", finding.path);
    json.member("content", finding.content).member_if("severity", severity_text(finding.severity));
    json.end_object();
}

std::string render_checkout(service::CheckoutOutcome const& outcome, Site const& site, Envelopes const& envelopes) {
    auto const& checkout = outcome.checkout;
    std::string out;
    out.reserve(2048);
    json::Writer json(out);
    json.begin_object().member_raw("ucp", envelopes.success(Root::checkout)).member("id", checkout.id.text());
    json.key("line_items").begin_array();
    for (auto const& line : checkout.lines) {
        json.begin_object();
        write_line_common(json, site, line);
        json.member("quantity", line.quantity).end_object();
    }
    json.end_array();
    write_buyer(json, checkout.buyer);
    write_context(json, checkout.context);
    write_attribution(json, checkout.attribution);
    json.member("status", to_text(checkout.status)).member("currency", checkout.currency.code());
    write_totals(json, checkout.totals);
    write_messages(json, outcome, envelopes.version());
    write_links(json, site);
    if (!is_terminal(checkout.status)) {
        json.member("expires_at", to_rfc3339(checkout.expires));
        json.member("continue_url", hand_off_url(site, checkout.id));
    }
    write_payment(json, checkout.payment);
    write_discounts(json, checkout);
    write_fulfillment(json, checkout);
    write_order_confirmation(json, outcome, site);
    json.end_object();
    return out;
}

}  // namespace b2a::protocol::ucp
