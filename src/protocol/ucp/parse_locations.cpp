// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/base/time.hpp"
#include "b2a/json/reader.hpp"

#include "locations.hpp"

namespace b2a::protocol::ucp {
namespace {

using catalog::LocationQuery;
using json::Kind;
using json::Presence;
using json::Reader;

constexpr std::string_view cursor_prefix = "loc-";
constexpr std::size_t ids_read_max = 10'000;     // more than are answered
constexpr std::int64_t metres_max = 20'100'000;  // half way round the globe

/// The exponent of a JSON number, which is cut off `text`; nullopt when it is far out of any range.
std::optional<std::int64_t> take_exponent(std::string_view& text) {
    auto const e = text.find_first_of("eE");
    if (e == std::string_view::npos) return 0;
    auto power = text.substr(e + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    auto const exponent = parse_int(power);
    if (!exponent || *exponent < -400 || *exponent > 20) return std::nullopt;
    text = text.substr(0, e);
    return exponent;
}

/// A JSON number in millionths, rounded half away from zero; nullopt when it is none or far out of any range.
std::optional<std::int64_t> millionths(std::optional<json::View> view) {
    auto const text = view ? view->as_decimal_text() : std::nullopt;
    if (!text) return std::nullopt;
    std::string_view rest = *text;
    bool const negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    auto const exponent = take_exponent(rest);
    if (!exponent) return std::nullopt;
    auto const point = std::min(rest.find('.'), rest.size());
    // How many digits stand before the point once it has moved behind the millionths; fewer than none is zero.
    auto const whole = static_cast<std::int64_t>(point) + *exponent + 6;
    std::int64_t value = 0;
    std::int64_t taken = 0;
    for (char const c : rest) {
        if (c == '.') continue;
        if (c < '0' || c > '9') return std::nullopt;
        if (taken >= whole) {
            if (taken == whole && c >= '5') ++value;
            break;
        }
        value = value * 10 + (c - '0');
        ++taken;
        if (value > 100'000'000'000'000'000) return std::nullopt;
    }
    for (; value != 0 && taken < whole; ++taken) {
        value *= 10;
        if (value > 100'000'000'000'000'000) return std::nullopt;
    }
    return negative ? -value : value;
}

void read_distance(Reader& reader, LocationQuery& query) {
    reader.object("distance", [&](Reader& r) {
        r.object(
            "center",
            [&](Reader& center) {
                auto const latitude = millionths(center.raw("latitude"));
                auto const longitude = millionths(center.raw("longitude"));
                if (!latitude || *latitude < -90'000'000 || *latitude > 90'000'000)
                    center.problem("latitude", "must be a number from -90 to 90");
                if (!longitude || *longitude < -180'000'000 || *longitude > 180'000'000)
                    center.problem("longitude", "must be a number from -180 to 180");
                if (latitude && longitude) query.center = domain::GeoPoint{*latitude, *longitude};
            },
            Presence::required);
        auto const max = millionths(r.raw("max"));
        if (!max || *max < 0) return r.problem("max", "must be a number of metres, 0 or more");
        query.metres_max = std::min(*max / 1'000'000, metres_max);
    });
}

/// What a store can be said to serve is the country that it is in: finer targets are refused, not widened.
void read_serves(Reader& reader, LocationQuery& query) {
    reader.object("serves", [&](Reader& r) {
        auto const address = r.raw("address");
        if (!address || r.view().size() != 1)
            return r.problem("", "only the target \"address\" is supported here, by itself");
        r.object("address", [&](Reader& a) {
            auto const country = a.string("address_country", limits::buyer_field_bytes_max, Presence::required);
            if (a.has("address_region") || a.has("postal_code"))
                a.problem("", "only address_country is supported as a target here");
            if (country) query.serves_country = *country;
        });
    });
}

void read_filters(Reader& reader, LocationQuery& query) {
    reader.object("filters", [&](Reader& r) {
        r.view().each_member([&](std::string_view key, json::View) {
            if (key != "hours" && key != "amenities" && key != "items" && key != "ucp")
                r.problem(key, "is no filter that is supported here");
        });
        r.object("hours", [&](Reader& hours) {
            auto const text = hours.string("open_at", 64, Presence::required);
            auto const at = text ? from_rfc3339(*text) : std::nullopt;
            if (text && !at) hours.problem("open_at", "must be an RFC 3339 time with an offset");
            if (at) query.open_at = *at;
        });
        if (auto names = r.strings("amenities", limits::search_filters_max, limits::id_bytes_max))
            query.amenities = *std::move(names);
        if (auto ids = r.strings("items", limits::lookup_ids_max, limits::id_bytes_max)) {
            if (ids->empty()) r.problem("items", "must have at least one entry");
            query.items = *std::move(ids);
        }
    });
}

void read_pagination(Reader& reader, LocationQuery& query) {
    query.limit = limits::page_size_default;
    reader.object("pagination", [&](Reader& r) {
        if (auto const limit = r.integer("limit", 1, 1'000'000))
            query.limit = std::min(static_cast<std::size_t>(*limit), limits::page_size_max);
        auto const cursor = r.string("cursor", 64);
        if (!cursor) return;
        std::string_view const text = *cursor;
        auto const offset =
            text.starts_with(cursor_prefix) ? parse_int(text.substr(cursor_prefix.size())) : std::nullopt;
        if (!offset || *offset < 0 || *offset > static_cast<std::int64_t>(limits::locations_max))
            return r.problem("cursor", "is none of ours");
        query.offset = static_cast<std::size_t>(*offset);
    });
}

}  // namespace

Result<LocationQuery> parse_location_search(json::View body) {
    LocationQuery query;
    Reader reader(body);
    query.text = reader.string("query", limits::text_query_bytes_max).value_or("");
    read_distance(reader, query);
    read_serves(reader, query);
    read_filters(reader, query);
    read_pagination(reader, query);
    B2A_CHECK(reader.finish());
    return query;
}

Result<LocationLookup> parse_location_lookup(json::View body) {
    LocationLookup lookup;
    auto& query = lookup.query;
    Reader reader(body);
    auto ids = reader.strings("ids", ids_read_max, limits::id_bytes_max, Presence::required);
    if (ids && ids->empty()) reader.problem("ids", "must have at least one entry");
    read_distance(reader, query);
    read_serves(reader, query);
    read_filters(reader, query);
    B2A_CHECK(reader.finish());
    for (auto& id : *ids) {
        if (std::ranges::find(query.ids, id) != query.ids.end()) continue;
        if (query.ids.size() == limits::location_lookup_ids_max) {
            lookup.limited = true;
            break;
        }
        query.ids.push_back(std::move(id));
    }
    query.limit = limits::location_lookup_ids_max;
    return lookup;
}

}  // namespace b2a::protocol::ucp
