// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"
#include "b2a/protocol/presentation.hpp"

#include "locations.hpp"
#include "render_parts.hpp"

namespace b2a::protocol::ucp {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

std::string clock_text(std::int32_t minutes) {
    // The wire has no 24:00; a day that ends at midnight ends at its last minute (spec: 00:00–23:59 is all day).
    auto const shown = std::min(minutes, 24 * 60 - 1);
    auto const two = [](std::int32_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
    return two(shown / 60) + ':' + two(shown % 60);
}

void write_hours(json::Writer& json, domain::Location const& location) {
    if (!location.hours.empty()) {
        json.key("hours").begin_array();
        for (auto const& hours : location.hours) {
            json.begin_object().member("day", weekdays.at(hours.weekday % weekdays.size()));
            json.member("opens", clock_text(hours.opens)).member("closes", clock_text(hours.closes)).end_object();
        }
        json.end_array();
    }
    if (!location.exceptions.empty()) {
        json.key("exception_hours").begin_array();
        for (auto const& exception : location.exceptions) {
            json.begin_object().member("valid_from", exception.from).member("valid_through", exception.through);
            if (!exception.closed)
                json.member("opens", clock_text(exception.opens)).member("closes", clock_text(exception.closes));
            json.member_if("title", exception.title).end_object();
        }
        json.end_array();
    }
    json.member_if("timezone", location.timezone);
}

/// The members of a location, without braces.
void write_location(json::Writer& json, domain::Location const& location) {
    json.member("id", location.id).member("name", location.name).key("address").begin_object();
    write_address_members(json, location.address);
    json.end_object();
    if (location.geo) {
        json.key("geo").begin_object();
        json.key("latitude").raw(decimal_text(location.geo->latitude_e6, 6));
        json.key("longitude").raw(decimal_text(location.geo->longitude_e6, 6)).end_object();
    }
    if (!location.amenities.empty()) {
        json.key("amenities").begin_object();
        for (auto const& amenity : location.amenities)
            json.key(amenity.id).begin_object().member("description", amenity.description).end_object();
        json.end_object();
    }
    write_hours(json, location);
}

}  // namespace

std::string render_location_search(service::LocationView const& view, catalog::LocationQuery const& query,
                                   Terms const& terms) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member_raw("ucp", terms.success(Capability::location_search)).key("locations").begin_array();
    for (auto const index : view.result.found) {
        json.begin_object();
        write_location(json, view.snapshot->data().locations.at(index));
        json.end_object();
    }
    json.end_array().key("pagination").begin_object().member("has_next_page", view.result.more);
    if (view.result.more) json.member("cursor", "loc-" + std::to_string(query.offset + view.result.found.size()));
    json.end_object().end_object();
    return out;
}

std::string render_location_lookup(service::LocationView const& view, LocationLookup const& lookup,
                                   Terms const& terms) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member_raw("ucp", terms.success(Capability::location_lookup)).key("locations").begin_array();
    for (auto const index : view.result.found) {
        auto const& location = view.snapshot->data().locations.at(index);
        json.begin_object();
        write_location(json, location);
        json.key("inputs").begin_array().begin_object().member("id", location.id).end_object().end_array();
        json.end_object();
    }
    json.end_array();
    if (lookup.limited || !view.result.missing.empty()) {
        json.key("messages").begin_array();
        if (lookup.limited)
            json.begin_object()
                .member("type", "info")
                .member("code", "batch_limit_applied")
                .member("content",
                        "Only the first " + std::to_string(limits::location_lookup_ids_max) + " ids were looked up.")
                .end_object();
        for (auto const& id : view.result.missing)
            json.begin_object().member("type", "info").member("code", "not_found").member("content", id).end_object();
        json.end_array();
    }
    json.end_object();
    return out;
}

}  // namespace b2a::protocol::ucp
