// SPDX-License-Identifier: Apache-2.0
// Search among the brand's locations (UCP 2026-08-25, dev.ucp.common.location): predicates narrow, the text query only
// orders and narrows, nothing is broadened. Deterministic; a linear pass, since a brand has hundreds of stores, not
// millions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/catalog/snapshot.hpp"

namespace b2a::catalog {

struct LocationQuery {
    std::string text;                           // words of name, city, postal code; empty: all
    std::vector<std::string> ids;               // look-up: only these, in this order, duplicates once
    std::optional<domain::GeoPoint> center;     // ascending distance from here
    std::optional<std::int64_t> metres_max;     // inclusive, WGS 84 geodesic; needs center
    std::optional<Timestamp> open_at;           // in the location's own time zone; without hours: not open
    std::vector<std::string> amenities;         // all of them
    std::vector<std::string> items;             // variant ids, all in stock and not excluded; unknown ids: nowhere
    std::optional<std::string> serves_country;  // the location's own country
    std::size_t offset = 0;
    std::size_t limit = 10;
};

struct LocationResult {
    std::vector<std::uint32_t> found;  // indexes into CatalogData::locations
    std::vector<std::string> missing;  // of `ids`
    bool more = false;
};

/// Errors: unprocessable (metres without center, a point off the globe), with a JSON pointer.
Result<LocationResult> search_locations(Snapshot const& snapshot, LocationQuery const& query);
/// Metres between two points along the WGS 84 ellipsoid, rounded (Karney's inverse formula).
std::int64_t distance_m(domain::GeoPoint a, domain::GeoPoint b) noexcept;
/// Does the system know the zone of that IANA name? Where it does not, locations in it count as closed.
bool knows_time_zone(std::string_view name);

}  // namespace b2a::catalog
