// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/disclosures.hpp"

#include "render_commerce.hpp"
#include "render_parts.hpp"

namespace b2a::protocol::native {
namespace {

using domain::Order;

void write_line(json::Writer& json, Site const& site, Order const& order, domain::Line const& line) {
    json.begin_object();
    write_line_members(json, site, line, order.currency);
    json.key("quantity").begin_object().member("ordered", line.quantity);
    json.member("current", domain::total_quantity(order, line));
    json.member("fulfilled", domain::fulfilled_quantity(order, line)).end_object().end_object();
}

void write_quantities(json::Writer& json, std::vector<domain::LineQuantity> const& lines) {
    json.key("line_items").begin_array();
    for (auto const& line : lines)
        json.begin_object().member("id", line.line_id).member("quantity", line.quantity).end_object();
    json.end_array();
}

void write_method(json::Writer& json, Order const& order, domain::FulfillmentMethod const& method) {
    json.begin_object().member("id", method.id).member("kind", to_text(method.kind));
    write_ids(json, "line_item_ids", method.line_ids);
    if (auto const* destination = domain::selected_destination(method)) {
        json.key("destination").begin_object().member("id", destination->id).member_if("name", destination->name);
        write_address_members(json, destination->address);
        json.end_object();
    }
    if (auto const* option = domain::selected_option(method)) {
        json.key("option").begin_object().member("id", option->id).member("title", option->title);
        json.member_if("carrier", option->carrier);
        write_amount(json, "price", option->minor, order.currency);
        if (option->earliest != Timestamp{}) json.member("earliest", to_rfc3339(option->earliest));
        if (option->latest != Timestamp{}) json.member("latest", to_rfc3339(option->latest));
        json.end_object();
    }
    json.end_object();
}

void write_events(json::Writer& json, Order const& order) {
    json.key("events").begin_array();
    for (auto const& event : order.events) {
        json.begin_object().member("id", event.id).member("type", to_text(event.type));
        json.member("occurred_at", to_rfc3339(event.occurred_at));
        write_quantities(json, event.lines);
        json.member_if("carrier", event.carrier).member_if("tracking_number", event.tracking_number);
        json.member_if("tracking_url", event.tracking_url).member_if("text", event.description).end_object();
    }
    json.end_array();
}

void write_changes(json::Writer& json, Order const& order) {
    json.key("changes").begin_array();
    for (auto const& change : order.adjustments) {
        json.begin_object().member("id", change.id).member("type", change.type);
        json.member("status", to_text(change.status)).member("occurred_at", to_rfc3339(change.occurred_at));
        write_quantities(json, change.lines);
        if (change.minor != 0) write_amount(json, "amount", change.minor, order.currency);
        json.member_if("text", change.description).end_object();
    }
    json.end_array();
}

}  // namespace

std::string render_order(Order const& order, Site const& site) {
    std::string out;
    out.reserve(2048);
    json::Writer json(out);
    json.begin_object().member("id", order.id.text()).member("version", order.version);
    json.member_if("label", order.label).member("checkout_id", order.checkout_id.text());
    json.member("placed_at", to_rfc3339(order.created)).member("currency", order.currency.code());
    json.key("line_items").begin_array();
    for (auto const& line : order.lines) write_line(json, site, order, line);
    json.end_array();
    write_buyer(json, order.buyer);
    write_attribution(json, order.attribution);
    write_discounts(json, {}, order.discounts, order.lines, order.currency);
    json.key("fulfillment").begin_object().key("methods").begin_array();
    for (auto const& method : order.methods) write_method(json, order, method);
    json.end_array();
    write_events(json, order);
    json.end_object();
    write_changes(json, order);
    write_totals(json, order.totals, order.currency);
    write_disclosures(json, site, domain::current_disclosures(order));
    json.member("provenance_url", site.base_url + "/b2a/v1/orders/" + order.id.text() + "/provenance").end_object();
    return out;
}

}  // namespace b2a::protocol::native
