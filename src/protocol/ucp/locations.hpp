// SPDX-License-Identifier: Apache-2.0
// Location search and look-up (UCP 2026-08-25, dev.ucp.common.location). What the caller says about where it is stays
// in the request: it is neither stored nor logged.
#pragma once

#include <string>

#include "b2a/catalog/locations.hpp"
#include "b2a/json/view.hpp"
#include "b2a/service/catalog.hpp"

#include "terms.hpp"

namespace b2a::protocol::ucp {

/// Errors: invalid_request with a JSON pointer; also for predicates that we do not know, since a search is never made
/// broader than it was meant.
Result<catalog::LocationQuery> parse_location_search(json::View body);
struct LocationLookup {
    catalog::LocationQuery query;
    bool limited = false;  // more ids than limits::location_lookup_ids_max: the first ones were taken
};
Result<LocationLookup> parse_location_lookup(json::View body);

std::string render_location_search(service::LocationView const& view, catalog::LocationQuery const& query,
                                   Terms const& terms);
std::string render_location_lookup(service::LocationView const& view, LocationLookup const& lookup, Terms const& terms);

}  // namespace b2a::protocol::ucp
