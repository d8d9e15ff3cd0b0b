// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/disclosures.hpp"

#include "render_commerce.hpp"
#include "render_parts.hpp"

namespace b2a::protocol::native {
namespace {

using domain::Checkout;
using domain::PaymentState;

std::string_view text_of(PaymentState state) noexcept {
    switch (state) {
        case PaymentState::none: return "none";
        case PaymentState::authorized: return "authorized";
        case PaymentState::declined: return "declined";
        case PaymentState::requires_action: return "requires_action";
        case PaymentState::unknown: return "unknown";
    }
    return "unknown";
}

void write_option(json::Writer& json, domain::ShippingOption const& option, Currency currency) {
    json.begin_object().member("id", option.id).member("title", option.title);
    json.member_if("description", option.description).member_if("carrier", option.carrier);
    write_amount(json, "price", option.minor, currency);
    if (option.earliest != Timestamp{}) json.member("earliest", to_rfc3339(option.earliest));
    if (option.latest != Timestamp{}) json.member("latest", to_rfc3339(option.latest));
    json.end_object();
}

void write_method(json::Writer& json, domain::FulfillmentMethod const& method, Currency currency) {
    json.begin_object().member("id", method.id).member("kind", to_text(method.kind));
    write_ids(json, "line_item_ids", method.line_ids);
    json.key("destinations").begin_array();
    for (auto const& destination : method.destinations) {
        json.begin_object().member("id", destination.id).member_if("name", destination.name);
        write_address_members(json, destination.address);
        json.end_object();
    }
    json.end_array().member_if("selected_destination_id", method.selected_destination_id);
    json.key("options").begin_array();
    for (auto const& option : method.options) write_option(json, option, currency);
    json.end_array().member_if("selected_option_id", method.selected_option_id).end_object();
}

void write_fulfillment(json::Writer& json, Checkout const& checkout) {
    json.key("fulfillment").begin_object().key("methods").begin_array();
    for (auto const& method : checkout.fulfillment.methods) write_method(json, method, checkout.currency);
    json.end_array().member("pickup_available", checkout.fulfillment.pickup_available).end_object();
}

/// With what it can be paid, as long as it can; with what it was tried.
void write_payment(json::Writer& json, Checkout const& checkout, std::vector<service::HandlerInfo> const& handlers) {
    json.key("payment").begin_object().member("state", text_of(checkout.payment.state));
    json.key("handlers").begin_array();
    if (!is_terminal(checkout.status)) {
        for (auto const& handler : handlers) {
            json.begin_object().member("id", handler.id).member("name", handler.name).member("title", handler.title);
            write_ids(json, "credential_types", handler.credential_types);
            json.end_object();
        }
    }
    json.end_array().key("instruments").begin_array();
    for (auto const& instrument : checkout.payment.instruments) {
        json.begin_object().member("id", instrument.id).member("handler_id", instrument.handler_id);
        json.member("type", instrument.type).member_if("brand", instrument.brand);
        json.member_if("last_digits", instrument.last_digits).end_object();
    }
    json.end_array().end_object();
}

void write_order_of(json::Writer& json, service::CheckoutOutcome const& outcome, Site const& site) {
    auto const& id = outcome.checkout.order_id;
    if (!id || outcome.checkout.status != domain::CheckoutStatus::completed) return;
    json.key("order").begin_object().member("id", id->text());
    if (outcome.order) json.member_if("label", outcome.order->label);
    json.member("url", site.base_url + "/b2a/v1/orders/" + id->text()).end_object();
}

}  // namespace

std::string render_cart(service::CartOutcome const& outcome, Site const& site) {
    auto const& cart = outcome.cart;
    std::string out;
    out.reserve(1024);
    json::Writer json(out);
    json.begin_object().member("id", cart.id.text()).member("version", cart.version);
    json.member("status", cart.canceled ? "canceled" : "open").member("currency", cart.currency.code());
    write_lines(json, site, cart.lines, cart.currency);
    write_buyer(json, cart.buyer);
    write_context(json, cart.context);
    write_attribution(json, cart.attribution);
    write_discounts(json, cart.discount_codes, cart.discounts, cart.lines, cart.currency);
    write_totals(json, cart.totals, cart.currency);
    write_messages(json, outcome.notes, cart.findings);
    write_disclosures(json, site, cart.disclosures);
    if (cart.checkout_id) json.member("checkout_id", cart.checkout_id->text());
    if (!cart.canceled) json.member("expires_at", to_rfc3339(cart.expires));
    json.member("catalog_revision", cart.catalog_revision).end_object();
    return out;
}

std::string render_checkout(service::CheckoutOutcome const& outcome, Frame const& frame) {
    auto const& checkout = outcome.checkout;
    auto const& [site, handlers] = frame;
    std::string out;
    out.reserve(2048);
    json::Writer json(out);
    json.begin_object().member("id", checkout.id.text()).member("version", checkout.version);
    json.member("status", to_text(checkout.status)).member("currency", checkout.currency.code());
    if (checkout.cart_id) json.member("cart_id", checkout.cart_id->text());
    write_lines(json, site, checkout.lines, checkout.currency);
    write_buyer(json, checkout.buyer);
    write_context(json, checkout.context);
    write_attribution(json, checkout.attribution);
    write_discounts(json, checkout.discount_codes, checkout.discounts, checkout.lines, checkout.currency);
    write_fulfillment(json, checkout);
    write_totals(json, checkout.totals, checkout.currency);
    write_payment(json, checkout, handlers);
    write_messages(json, outcome.notes, checkout.findings);
    write_disclosures(json, site, checkout.disclosures);
    write_order_of(json, outcome, site);
    if (!is_terminal(checkout.status)) {
        json.member("expires_at", to_rfc3339(checkout.expires));
        json.member("continue_url", site.base_url + "/checkout/" + checkout.id.text());
    }
    json.member("provenance_url", site.base_url + "/b2a/v1/checkouts/" + checkout.id.text() + "/provenance");
    json.member("catalog_revision", checkout.catalog_revision).end_object();
    return out;
}

}  // namespace b2a::protocol::native
