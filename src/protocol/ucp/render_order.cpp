// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

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
    auto const total = domain::total_quantity(order, line);
    auto const fulfilled = domain::fulfilled_quantity(order, line);
    json.begin_object();
    write_line_common(json, site, line);
    json.key("quantity").begin_object().member("original", line.quantity).member("total", total);
    json.member("fulfilled", fulfilled).end_object();
    json.member("status", line_status(total, fulfilled)).end_object();
}

void write_quantities(json::Writer& json, std::vector<domain::LineQuantity> const& lines) {
    json.key("line_items").begin_array();
    for (auto const& line : lines)
        json.begin_object().member("id", line.line_id).member("quantity", line.quantity).end_object();
    json.end_array();
}

/// Of the lines that `wanted` picks, what the order still holds.
template <class Wanted>
std::vector<domain::LineQuantity> still_held(Order const& order, Wanted const& wanted) {
    std::vector<domain::LineQuantity> out;
    for (auto const& line : order.lines)
        if (wanted(line))
            if (auto const total = domain::total_quantity(order, line); total > 0) out.push_back({line.id, total});
    return out;
}

void write_method(json::Writer& json, Order const& order, domain::FulfillmentMethod const& method) {
    auto const lines = still_held(order, [&](domain::Line const& line) {
        return std::ranges::find(method.line_ids, line.id) != method.line_ids.end();
    });
    if (lines.empty()) return;
    json.begin_object().member("id", "exp_" + method.id);
    write_quantities(json, lines);
    json.member("method_type", to_text(method.kind)).key("destination").begin_object();
    if (auto const* destination = domain::selected_destination(method))
        write_address_members(json, destination->address);
    json.end_object();
    if (auto const* option = domain::selected_option(method)) {
        json.member_if("description", option->description.empty() ? option->title : option->description);
        if (option->latest != Timestamp{}) json.member("fulfillable_on", to_rfc3339(option->latest));
    }
    json.end_object();
}

void write_expectations(json::Writer& json, Order const& order) {
    json.key("expectations").begin_array();
    for (auto const& method : order.methods) write_method(json, order, method);
    auto const digital = still_held(order, [](domain::Line const& line) { return line.delivery == Delivery::digital; });
    if (!digital.empty()) {
        json.begin_object().member("id", "exp_digital");
        write_quantities(json, digital);
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
        write_quantities(json, event.lines);
        json.member_if("tracking_number", event.tracking_number).member_if("tracking_url", event.tracking_url);
        json.member_if("carrier", event.carrier).member_if("description", event.description).end_object();
    }
    json.end_array();
}

void write_adjustments(json::Writer& json, Order const& order) {
    if (order.adjustments.empty()) return;
    json.key("adjustments").begin_array();
    for (auto const& adjustment : order.adjustments) {
        json.begin_object().member("id", adjustment.id).member("type", adjustment.type);
        json.member("occurred_at", to_rfc3339(adjustment.occurred_at)).member("status", to_text(adjustment.status));
        if (!adjustment.lines.empty()) write_quantities(json, adjustment.lines);
        if (adjustment.minor != 0) {
            json.key("totals").begin_array().begin_object().member("type", "total");
            json.member("amount", adjustment.minor).end_object().end_array();
        }
        json.member_if("description", adjustment.description).end_object();
    }
    json.end_array();
}

}  // namespace

std::string render_order(Order const& order, Frame const& frame) {
    std::string out;
    out.reserve(2048);
    json::Writer json(out);
    json.begin_object().member_raw("ucp", frame.terms.success(Capability::order)).member("id", order.id.text());
    json.member_if("label", order.label).member("checkout_id", order.checkout_id.text());
    json.member("permalink_url", hand_off_url(frame.site, order.checkout_id));
    json.key("line_items").begin_array();
    for (auto const& line : order.lines) write_line(json, frame.site, order, line);
    json.end_array().key("fulfillment").begin_object();
    write_expectations(json, order);
    write_events(json, order);
    json.end_object();
    write_adjustments(json, order);
    json.member("currency", order.currency.code());
    write_totals(json, order.totals);
    write_messages(json, frame, {{}, {}, domain::current_disclosures(order)});
    write_policies(json, frame);
    write_attribution(json, order.attribution);
    json.end_object();
    return out;
}

}  // namespace b2a::protocol::ucp
