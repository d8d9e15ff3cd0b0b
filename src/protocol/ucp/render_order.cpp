// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/render_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

using domain::Delivery;
using domain::Order;

std::string_view line_status(std::int64_t total, std::int64_t fulfilled) noexcept {
    if (total == 0) return "removed";
    if (fulfilled == total) return "fulfilled";
    return fulfilled > 0 ? "partial" : "processing";
}

void write_line(json::Writer& json, Site const& site, Order const& order, domain::Line const& line) {
    auto const fulfilled = domain::fulfilled_quantity(order, line);
    json.begin_object();
    write_line_common(json, site, line);
    json.key("quantity").begin_object().member("original", line.quantity).member("total", line.quantity);
    json.member("fulfilled", fulfilled).end_object();
    json.member("status", line_status(line.quantity, fulfilled)).end_object();
}

void write_quantities(json::Writer& json, Order const& order, Delivery delivery) {
    json.key("line_items").begin_array();
    for (auto const& line : order.lines)
        if (line.delivery == delivery)
            json.begin_object().member("id", line.id).member("quantity", line.quantity).end_object();
    json.end_array();
}

bool has_lines(Order const& order, Delivery delivery) noexcept {
    for (auto const& line : order.lines)
        if (line.delivery == delivery) return true;
    return false;
}

void write_expectations(json::Writer& json, Order const& order) {
    json.key("expectations").begin_array();
    if (has_lines(order, Delivery::physical)) {
        json.begin_object().member("id", "exp_shipping");
        write_quantities(json, order, Delivery::physical);
        json.member("method_type", "shipping").key("destination").begin_object();
        write_address_members(json, order.destination.address);
        json.end_object();
        auto const& shipping = order.shipping;
        json.member_if("description", shipping.description.empty() ? shipping.title : shipping.description);
        if (shipping.latest != Timestamp{}) json.member("fulfillable_on", to_rfc3339(shipping.latest));
        json.end_object();
    }
    if (has_lines(order, Delivery::digital)) {
        json.begin_object().member("id", "exp_digital");
        write_quantities(json, order, Delivery::digital);
        json.member("method_type", "digital").key("destination").begin_object().end_object();
        json.member("fulfillable_on", "now").end_object();
    }
    json.end_array();
}

void write_events(json::Writer& json, Order const& order) {
    json.key("events").begin_array();
    for (auto const& event : order.events) {
        json.begin_object().member("id", event.id).member("occurred_at", to_rfc3339(event.occurred_at));
        json.member("type", to_text(event.type));
        write_quantities(json, order, Delivery::physical);
        json.member_if("tracking_number", event.tracking_number).member_if("tracking_url", event.tracking_url);
        json.member_if("carrier", event.carrier).end_object();
    }
    json.end_array();
}

}  // namespace

std::string render_order(Order const& order, Site const& site, Envelopes const& envelopes) {
    std::string out;
    out.reserve(2048);
    json::Writer json(out);
    json.begin_object().member_raw("ucp", envelopes.success(Root::order)).member("id", order.id.text());
    json.member_if("label", order.label).member("checkout_id", order.checkout_id.text());
    json.member("permalink_url", hand_off_url(site, order.checkout_id));
    json.key("line_items").begin_array();
    for (auto const& line : order.lines) write_line(json, site, order, line);
    json.end_array().key("fulfillment").begin_object();
    write_expectations(json, order);
    write_events(json, order);
    json.end_object().member("currency", order.currency.code());
    write_totals(json, order.totals);
    write_attribution(json, order.attribution);
    json.end_object();
    return out;
}

}  // namespace b2a::protocol::ucp
