// SPDX-License-Identifier: Apache-2.0
#include "app/privacy_json.hpp"

#include "b2a/json/writer.hpp"

namespace b2a::app {
namespace {

void write_texts(json::Writer& out, std::string_view name, std::map<std::string, std::string> const& texts) {
    out.key(name).begin_object();
    for (auto const& [key, value] : texts) out.member(key, value);
    out.end_object();
}

void write_buyer(json::Writer& out, domain::Buyer const& buyer) {
    out.key("buyer").begin_object().member_if("first_name", buyer.first_name).member_if("last_name", buyer.last_name);
    out.member_if("email", buyer.email).member_if("phone_number", buyer.phone_number);
    out.key("consent").begin_object();
    for (auto const& [purpose, given] : buyer.consent) out.member(purpose, given);
    out.end_object().end_object();
}

void write_address(json::Writer& out, domain::Address const& address) {
    out.begin_object().member_if("first_name", address.first_name).member_if("last_name", address.last_name);
    out.member_if("street_address", address.street_address).member_if("extended_address", address.extended_address);
    out.member_if("locality", address.locality).member_if("region", address.region);
    out.member_if("postal_code", address.postal_code).member_if("country", address.country);
    out.member_if("phone_number", address.phone_number).end_object();
}

void write_methods(json::Writer& out, std::vector<domain::FulfillmentMethod> const& methods) {
    out.key("addresses").begin_array();
    for (auto const& method : methods)
        for (auto const& destination : method.destinations) write_address(out, destination.address);
    out.end_array();
}

void write_lines(json::Writer& out, std::vector<domain::Line> const& lines) {
    out.key("lines").begin_array();
    for (auto const& line : lines)
        out.begin_object()
            .member("item", line.variant_id)
            .member("title", line.title)
            .member("quantity", line.quantity)
            .member("unit_amount", line.unit_minor)
            .end_object();
    out.end_array();
}

void write_totals(json::Writer& out, Currency currency, std::vector<domain::Total> const& totals) {
    out.member("currency", currency.code()).key("totals").begin_array();
    for (auto const& total : totals)
        out.begin_object()
            .member("type", domain::to_text(total.kind))
            .member("amount", total.minor)
            .member_if("title", total.title)
            .end_object();
    out.end_array();
}

void write_payment(json::Writer& out, domain::Payment const& payment) {
    out.key("payment_instruments").begin_array();
    for (auto const& instrument : payment.instruments)
        out.begin_object()
            .member("handler", instrument.handler_id)
            .member("type", instrument.type)
            .member_if("brand", instrument.brand)
            .member_if("last_digits", instrument.last_digits)
            .end_object();
    out.end_array();
}

void write_context(json::Writer& out, domain::Context const& context) {
    out.key("context").begin_object().member_if("country", context.country).member_if("region", context.region);
    out.member_if("postal_code", context.postal_code).member_if("language", context.language);
    out.member_if("intent", context.intent).end_object();
}

void write(json::Writer& out, domain::Order const& order) {
    out.begin_object().member("id", order.id.text()).member("number", order.label).member("agent", order.owner);
    out.member("created", to_rfc3339(order.created));
    write_buyer(out, order.buyer);
    write_methods(out, order.methods);
    write_lines(out, order.lines);
    write_totals(out, order.currency, order.totals);
    write_payment(out, order.payment);
    write_texts(out, "attribution", order.attribution);
    out.key("deliveries").begin_array();
    for (auto const& event : order.events)
        out.begin_object()
            .member("type", domain::to_text(event.type))
            .member("time", to_rfc3339(event.occurred_at))
            .member_if("carrier", event.carrier)
            .member_if("tracking_number", event.tracking_number)
            .member_if("tracking_url", event.tracking_url)
            .member_if("description", event.description)
            .end_object();
    out.end_array().key("adjustments").begin_array();
    for (auto const& adjustment : order.adjustments)
        out.begin_object()
            .member("type", adjustment.type)
            .member("time", to_rfc3339(adjustment.occurred_at))
            .member("amount", adjustment.minor)
            .member_if("description", adjustment.description)
            .end_object();
    out.end_array().end_object();
}

void write(json::Writer& out, domain::Checkout const& checkout) {
    out.begin_object().member("id", checkout.id.text()).member("status", domain::to_text(checkout.status));
    out.member("agent", checkout.owner).member("created", to_rfc3339(checkout.created));
    write_buyer(out, checkout.buyer);
    write_context(out, checkout.context);
    write_methods(out, checkout.fulfillment.methods);
    write_lines(out, checkout.lines);
    write_totals(out, checkout.currency, checkout.totals);
    write_payment(out, checkout.payment);
    write_texts(out, "attribution", checkout.attribution);
    out.end_object();
}

void write(json::Writer& out, domain::Cart const& cart) {
    out.begin_object().member("id", cart.id.text()).member("agent", cart.owner);
    out.member("created", to_rfc3339(cart.created));
    write_buyer(out, cart.buyer);
    write_context(out, cart.context);
    write_lines(out, cart.lines);
    write_totals(out, cart.currency, cart.totals);
    write_texts(out, "attribution", cart.attribution);
    out.end_object();
}

/// Renderings that went to the agent: their text as it was sent.
void write(json::Writer& out, store::Notice const& notice) {
    out.begin_object().member("to", notice.target).member("created", to_rfc3339(notice.created));
    out.member("state", store::to_text(notice.state)).member("content", notice.body).end_object();
}
void write(json::Writer& out, store::HeldReply const& reply) {
    out.begin_object().member("status", reply.reply.status).member("content", reply.reply.body).end_object();
}

template <class T>
void write_all(json::Writer& out, std::string_view name, std::vector<T> const& rows) {
    out.key(name).begin_array();
    for (auto const& row : rows) write(out, row);
    out.end_array();
}

}  // namespace

Result<Attributions> attributions_of(store::Reader& reader, store::Holdings const& holdings) {
    Attributions out;
    for (auto const& checkout : holdings.checkouts) {
        B2A_TRY(attribution, service::attribution_of(reader, checkout.id));
        if (!attribution.empty()) out.emplace_back(checkout.id, std::move(attribution));
    }
    return Result<Attributions>(std::move(out));
}

void write_attribution(json::Writer& out, CheckoutId const& id, service::Attribution const& attribution) {
    out.member("checkout_id", id.text()).key("touchpoints").begin_object();
    if (attribution.first_touchpoint) out.member_raw("first", *attribution.first_touchpoint);
    if (attribution.last_touchpoint) out.member_raw("last", *attribution.last_touchpoint);
    out.end_object();
    if (attribution.intent_trace) out.member_raw("intent_trace", *attribution.intent_trace);
}

std::string to_json(store::Holdings const& holdings, Attributions const& attributions) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    write_all(out, "orders", holdings.orders);
    write_all(out, "checkouts", holdings.checkouts);
    write_all(out, "carts", holdings.carts);
    write_all(out, "notices", holdings.notices);
    write_all(out, "kept_answers", holdings.replies);
    out.key("left_by_agents").begin_array();
    for (auto const& [id, attribution] : attributions) {
        out.begin_object();
        write_attribution(out, id, attribution);
        out.end_object();
    }
    out.end_array();
    out.end_object();
    return text;
}

std::string to_json(service::Erased const& erased) {
    std::string text;
    json::Writer out(text);
    out.begin_object().key("erased").begin_object();
    out.member("orders", std::uint64_t{erased.orders}).member("checkouts", std::uint64_t{erased.checkouts});
    out.member("carts", std::uint64_t{erased.carts}).member("notices", std::uint64_t{erased.notices});
    out.member("kept_answers", std::uint64_t{erased.replies}).end_object().key("files").begin_object();
    out.member("rebuilt", erased.files.rebuilt).member("traces", erased.files.traces);
    out.member("bytes_read", erased.files.bytes_read).end_object();
    out.member("audit_entry", erased.audit_seq).end_object();
    return text;
}

}  // namespace b2a::app
