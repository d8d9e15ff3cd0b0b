// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/render_parts.hpp"

#include "consent.hpp"

namespace b2a::protocol::ucp {
namespace {

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

void write_message(json::Writer& json, domain::Finding const& finding, Version version) {
    json.begin_object().member("type", message_type(finding.severity));
    json.member("code", message_code(finding, version)).member_if("path", finding.path);
    json.member("content", finding.content).member_if("severity", severity_text(finding.severity));
    json.end_object();
}

void write_applied(json::Writer& json, domain::AppliedDiscount const& discount) {
    json.begin_object().member_if("code", discount.code).member("title", discount.title);
    json.member("amount", discount.minor).member("automatic", discount.code.empty());
    if (!discount.eligibility.empty())
        json.member("provisional", discount.provisional).member("eligibility", discount.eligibility);
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

}  // namespace

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

void write_lines(json::Writer& json, Site const& site, std::vector<domain::Line> const& lines) {
    json.key("line_items").begin_array();
    for (auto const& line : lines) {
        json.begin_object();
        write_line_common(json, site, line);
        json.member("quantity", line.quantity).end_object();
    }
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

void write_buyer(json::Writer& json, Frame const& frame, domain::Buyer const& buyer, Capability root) {
    if (buyer == domain::Buyer{}) return;
    json.key("buyer").begin_object();
    json.member_if("first_name", buyer.first_name).member_if("last_name", buyer.last_name);
    json.member_if("email", buyer.email).member_if("phone_number", buyer.phone_number);
    if (frame.terms.extends(Capability::buyer_consent, root)) write_consent(json, frame.terms.version(), buyer.consent);
    json.end_object();
}

void write_context(json::Writer& json, domain::Context const& context) {
    if (context == domain::Context{}) return;
    json.key("context").begin_object();
    json.member_if("address_country", context.country).member_if("address_region", context.region);
    json.member_if("postal_code", context.postal_code).member_if("language", context.language);
    json.member_if("currency", context.currency).member_if("intent", context.intent);
    if (!context.eligibility.empty()) {
        json.key("eligibility").begin_array();
        for (auto const& claim : context.eligibility) json.value(claim);
        json.end_array();
    }
    json.end_object();
}

void write_attribution(json::Writer& json, std::map<std::string, std::string> const& attribution) {
    if (attribution.empty()) return;
    json.key("attribution").begin_object();
    for (auto const& [key, value] : attribution) json.member(key, value);
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

void write_policies(json::Writer& json, Frame const& frame) {
    if (frame.terms.version() == Version::v2026_04_08 || frame.site.refund_url.empty()) return;
    json.key("policies").begin_array().begin_object().member("type", "dev.ucp.shopping.policy.return");
    json.key("description").begin_object().member("plain", "How to return what you bought, and what is refunded.");
    json.end_object().member("url", frame.site.absolute(frame.site.refund_url)).end_object().end_array();
}

void write_discounts(json::Writer& json, std::vector<std::string> const& codes,
                     std::vector<domain::AppliedDiscount> const& applied) {
    if (codes.empty() && applied.empty()) return;
    json.key("discounts").begin_object().key("codes").begin_array();
    for (auto const& code : codes) json.value(code);
    json.end_array().key("applied").begin_array();
    for (auto const& discount : applied) write_applied(json, discount);
    json.end_array().end_object();
}

void write_disclosure_message(json::Writer& json, Site const& site, domain::Disclosure const& disclosure) {
    json.begin_object().member("type", "warning").member("code", to_text(disclosure.code));
    json.member("path", disclosure.path).member("content", disclosure.content).member("presentation", "disclosure");
    if (!disclosure.url.empty()) json.member("url", site.absolute(disclosure.url));
    json.end_object();
}

void write_messages(json::Writer& json, Frame const& frame, Messages const& messages) {
    auto const& [notes, findings, disclosures] = messages;
    if (notes.empty() && findings.empty() && disclosures.empty()) return;
    json.key("messages").begin_array();
    for (auto const& finding : notes) write_message(json, finding, frame.terms.version());
    for (auto const& finding : findings) write_message(json, finding, frame.terms.version());
    for (auto const& disclosure : disclosures) write_disclosure_message(json, frame.site, disclosure);
    json.end_array();
}

}  // namespace b2a::protocol::ucp
