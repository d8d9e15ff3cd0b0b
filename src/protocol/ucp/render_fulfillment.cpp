// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/checkout.hpp"

#include "render_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

using domain::FulfillmentKind;
using domain::FulfillmentMethod;

void write_ids(json::Writer& json, std::string_view key, std::vector<std::string> const& ids) {
    json.key(key).begin_array();
    for (auto const& id : ids) json.value(id);
    json.end_array();
}

/// 2026-08-25 types its destinations. 2026-04-08 has a oneOf that every location with a name fails, so the name goes
/// into the address' place only (docs/protocols/ucp.md, contradictions).
void write_destination(json::Writer& json, Version version, FulfillmentKind kind,
                       domain::Destination const& destination) {
    json.begin_object();
    if (version == Version::v2026_08_25)
        json.member("type", kind == FulfillmentKind::pickup ? "business_location" : "shipping_address");
    json.member("id", destination.id);
    if (kind == FulfillmentKind::shipping) {
        write_address_members(json, destination.address);
    } else if (version == Version::v2026_08_25) {
        json.member("name", destination.name).key("address").begin_object();
        write_address_members(json, destination.address);
        json.end_object();
    } else {
        write_address_members(json, destination.address);
    }
    json.end_object();
}

void write_option(json::Writer& json, Version version, domain::ShippingOption const& option) {
    json.begin_object().member("id", option.id).member("title", option.title);
    if (!option.description.empty()) {
        if (version == Version::v2026_04_08) json.member("description", option.description);
        else json.key("description").begin_object().member("plain", option.description).end_object();
    }
    json.member_if("carrier", option.carrier);
    if (option.earliest != Timestamp{}) json.member("earliest_fulfillment_time", to_rfc3339(option.earliest));
    if (option.latest != Timestamp{}) json.member("latest_fulfillment_time", to_rfc3339(option.latest));
    json.key("totals").begin_array().begin_object();
    json.member("type", "total").member("amount", option.minor).end_object().end_array().end_object();
}

/// All lines of a method travel together: one group, named after the method.
void write_method(json::Writer& json, Version version, FulfillmentMethod const& method) {
    json.begin_object().member("id", method.id).member("type", to_text(method.kind));
    write_ids(json, "line_item_ids", method.line_ids);
    json.key("destinations").begin_array();
    for (auto const& destination : method.destinations) write_destination(json, version, method.kind, destination);
    json.end_array().member_if("selected_destination_id", method.selected_destination_id);
    json.key("groups").begin_array();
    if (!method.options.empty()) {
        json.begin_object().member("id", method.id + "_group");
        write_ids(json, "line_item_ids", method.line_ids);
        json.key("options").begin_array();
        for (auto const& option : method.options) write_option(json, version, option);
        json.end_array().member_if("selected_option_id", method.selected_option_id).end_object();
    }
    json.end_array().end_object();
}

void write_available(json::Writer& json, domain::Checkout const& checkout) {
    std::vector<std::string> ids;
    for (auto const& line : checkout.lines)
        if (line.delivery == domain::Delivery::physical) ids.push_back(line.id);
    json.key("available_methods").begin_array();
    auto const entry = [&](std::string_view type, std::string_view description) {
        json.begin_object().member("type", type);
        write_ids(json, "line_item_ids", ids);
        json.member("description", description).end_object();
    };
    entry("shipping", "Delivery to an address.");
    if (checkout.fulfillment.pickup_available) entry("pickup", "Collection at one of our stores, free of charge.");
    json.end_array();
}

}  // namespace

void write_fulfillment(json::Writer& json, Version version, domain::Checkout const& checkout) {
    if (checkout.fulfillment.methods.empty()) return;
    json.key("fulfillment").begin_object().key("methods").begin_array();
    for (auto const& method : checkout.fulfillment.methods) write_method(json, version, method);
    json.end_array();
    write_available(json, checkout);
    json.end_object();
}

}  // namespace b2a::protocol::ucp
