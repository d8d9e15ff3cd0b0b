// SPDX-License-Identifier: Apache-2.0
// Comparing and rebuilding on the native surface, in both directions. Parsing takes JSON and not a request, so that
// another transport of the same operation (a tool call) can use it.
#pragma once

#include <optional>
#include <string>

#include "b2a/json/view.hpp"
#include "b2a/protocol/render_cache.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/shopping.hpp"

namespace b2a::protocol::native {

/// Errors: invalid_request with a JSON pointer (unknown members are refused); those of reading a need.
Result<shopping::CompareQuery> parse_compare(json::View root, Site const& site);

/// The order that a request to rebuild names, nullopt if it names none. Errors: unprocessable for what is no order id.
Result<std::optional<OrderId>> rebuilt_order(json::View root);
/// `order` is the one that the request names; its currency is the answer's where none is asked for. Errors: like
/// parse_compare(); unprocessable for a price in another currency.
Result<shopping::RebuildQuery> parse_rebuild(json::View root, Site const& site, domain::Order const* order);

/// Both: false: a disclosure was missing, and the answer must not be sent.
bool render_comparison(std::string& out, Site const& site, RenderCache& cache, shopping::CompareQuery const& query,
                       service::ComparisonView const& view);
bool render_rebuilt(std::string& out, Site const& site, RenderCache& cache, shopping::RebuildQuery const& query,
                    service::RebuiltView const& view);

}  // namespace b2a::protocol::native
