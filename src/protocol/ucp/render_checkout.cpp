// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/render_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

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

std::string render_cart(service::CartOutcome const& outcome, Frame const& frame) {
    auto const& cart = outcome.cart;
    std::string out;
    out.reserve(1024);
    json::Writer json(out);
    json.begin_object().member_raw("ucp", frame.terms.success(Capability::cart)).member("id", cart.id.text());
    write_lines(json, frame.site, cart.lines);
    write_buyer(json, frame, cart.buyer, Capability::cart);
    write_context(json, cart.context);
    write_attribution(json, cart.attribution);
    json.member("currency", cart.currency.code());
    write_totals(json, cart.totals);
    write_messages(json, frame, {outcome.notes, cart.findings, cart.disclosures});
    write_links(json, frame.site);
    write_policies(json, frame);
    if (!cart.canceled) json.member("expires_at", to_rfc3339(cart.expires));
    if (frame.terms.has(Capability::discount)) write_discounts(json, cart.discount_codes, cart.discounts);
    json.end_object();
    return out;
}

std::string render_checkout(service::CheckoutOutcome const& outcome, Frame const& frame) {
    auto const& checkout = outcome.checkout;
    std::string out;
    out.reserve(2048);
    json::Writer json(out);
    json.begin_object().member_raw("ucp", frame.terms.success(Capability::checkout)).member("id", checkout.id.text());
    write_lines(json, frame.site, checkout.lines);
    write_buyer(json, frame, checkout.buyer, Capability::checkout);
    write_context(json, checkout.context);
    write_attribution(json, checkout.attribution);
    json.member("status", to_text(checkout.status)).member("currency", checkout.currency.code());
    write_totals(json, checkout.totals);
    write_messages(json, frame, {outcome.notes, checkout.findings, checkout.disclosures});
    write_links(json, frame.site);
    write_policies(json, frame);
    if (!is_terminal(checkout.status)) {
        json.member("expires_at", to_rfc3339(checkout.expires));
        json.member("continue_url", hand_off_url(frame.site, checkout.id));
    }
    write_payment(json, checkout.payment);
    if (frame.terms.has(Capability::discount)) write_discounts(json, checkout.discount_codes, checkout.discounts);
    if (frame.terms.has(Capability::fulfillment)) write_fulfillment(json, frame.terms.version(), checkout);
    write_order_confirmation(json, outcome, frame.site);
    json.end_object();
    if (frame.seal != nullptr && frame.terms.has(Capability::ap2_mandate)) add_ap2(out, outcome, *frame.seal);
    return out;
}

}  // namespace b2a::protocol::ucp
