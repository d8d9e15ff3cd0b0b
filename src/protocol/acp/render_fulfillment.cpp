// SPDX-License-Identifier: Apache-2.0
// Methods as a flat list of options. A method that ships has one option per way of shipping, one that is collected has
// one per location, whose id is the option's.
#include <algorithm>

#include "person.hpp"
#include "render_parts.hpp"

namespace b2a::protocol::acp {
namespace {

using domain::FulfillmentKind;
using domain::FulfillmentMethod;

constexpr std::string_view digital_id = "digital";

bool is_digital(domain::Line const& line) {
    return line.delivery == domain::Delivery::digital;
}

void write_fulfillment_total(json::Writer& json, std::string_view text, std::int64_t minor) {
    json.key("totals").begin_array();
    write_total(json, "fulfillment", text, minor);
    json.end_array();
}

void write_shipping(json::Writer& json, domain::ShippingOption const& option) {
    json.begin_object().member("type", "shipping").member("id", option.id).member("title", option.title);
    json.member_if("description", option.description).member_if("carrier", option.carrier);
    if (option.earliest != Timestamp{}) json.member("earliest_delivery_time", to_rfc3339(option.earliest));
    if (option.latest != Timestamp{}) json.member("latest_delivery_time", to_rfc3339(option.latest));
    write_fulfillment_total(json, option.title, option.minor);
    json.end_object();
}

void write_pickup(json::Writer& json, FulfillmentMethod const& method, domain::Destination const& location) {
    auto const title = "Collect at " + location.name;
    json.begin_object().member("type", "pickup").member("id", location.id).member("title", title);
    json.key("location").begin_object().member("name", location.name).key("address");
    write_address(json, location.address, location.name);
    json.end_object().member("pickup_type", "in_store");
    bool const chosen = location.id == method.selected_destination_id && !method.options.empty();
    if (chosen && method.options.front().earliest != Timestamp{})
        json.member("ready_by", to_rfc3339(method.options.front().earliest));
    write_fulfillment_total(json, title, chosen ? method.options.front().minor : 0);
    json.end_object();
}

void write_digital(json::Writer& json) {
    constexpr std::string_view title = "Digital delivery";
    json.begin_object().member("type", digital_id).member("id", digital_id).member("title", title);
    write_fulfillment_total(json, title, 0);
    json.end_object();
}

void write_options(json::Writer& json, domain::Checkout const& checkout) {
    json.key("fulfillment_options").begin_array();
    for (auto const& method : checkout.fulfillment.methods) {
        if (method.kind == FulfillmentKind::pickup)
            for (auto const& location : method.destinations) write_pickup(json, method, location);
        else
            for (auto const& option : method.options) write_shipping(json, option);
    }
    if (std::ranges::any_of(checkout.lines, is_digital)) write_digital(json);
    json.end_array();
}

std::vector<std::string> items_of(domain::Checkout const& checkout, FulfillmentMethod const& method) {
    std::vector<std::string> out;
    for (auto const& line : checkout.lines)
        if (std::ranges::find(method.line_ids, line.id) != method.line_ids.end()) out.push_back(line.variant_id);
    return out;
}

void write_ids(json::Writer& json, std::vector<std::string> const& ids) {
    json.key("item_ids").begin_array();
    for (auto const& id : ids) json.value(id);
    json.end_array();
}

void write_selected(json::Writer& json, domain::Checkout const& checkout) {
    json.key("selected_fulfillment_options").begin_array();
    auto const selected = [&](std::string_view type, std::string_view option, std::vector<std::string> const& items) {
        json.begin_object().member("type", type).member("option_id", option);
        write_ids(json, items);
        json.end_object();
    };
    for (auto const& method : checkout.fulfillment.methods) {
        bool const pickup = method.kind == FulfillmentKind::pickup;
        auto const& option = pickup ? method.selected_destination_id : method.selected_option_id;
        if (!option.empty()) selected(pickup ? "pickup" : "shipping", option, items_of(checkout, method));
    }
    std::vector<std::string> digital;
    for (auto const& line : checkout.lines)
        if (is_digital(line)) digital.push_back(line.variant_id);
    if (!digital.empty()) selected(digital_id, digital_id, digital);
    json.end_array();
}

void write_details(json::Writer& json, domain::Address const& address) {
    json.key("fulfillment_details").begin_object();
    json.member_if("name", join_name(address.first_name, address.last_name));
    json.member_if("phone_number", address.phone_number).key("address");
    write_address(json, address, {});
    json.end_object();
}

void write_groups(json::Writer& json, domain::Checkout const& checkout) {
    json.key("fulfillment_groups").begin_array();
    for (auto const& method : checkout.fulfillment.methods) {
        json.begin_object().member("id", method.id);
        write_ids(json, items_of(checkout, method));
        bool const pickup = method.kind == FulfillmentKind::pickup;
        json.member("destination_type", pickup ? "pickup" : "shipping");
        if (pickup) json.member_if("location_id", method.selected_destination_id);
        json.end_object();
    }
    json.end_array();
}

}  // namespace

void write_fulfillment(json::Writer& json, domain::Checkout const& checkout) {
    bool collected = false;
    for (auto const& method : checkout.fulfillment.methods) {
        auto const* destination = selected_destination(method);
        if (method.kind == FulfillmentKind::pickup) collected = true;
        else if (destination != nullptr) write_details(json, destination->address);
    }
    write_options(json, checkout);
    write_selected(json, checkout);
    if (collected) write_groups(json, checkout);
}

}  // namespace b2a::protocol::acp
