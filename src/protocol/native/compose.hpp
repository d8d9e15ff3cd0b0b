// SPDX-License-Identifier: Apache-2.0
// Composing baskets on the native surface, in both directions. Parsing takes JSON and not a request, so that another
// transport of the same operation (a tool call) can use it.
#pragma once

#include <string>

#include "b2a/json/view.hpp"
#include "b2a/protocol/render_cache.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/shopping.hpp"

namespace b2a::protocol::native {

/// Errors: invalid_request with a JSON pointer (unknown members are refused); those of reading a need; unprocessable
/// for a slot's price in another currency.
Result<shopping::ComposeQuery> parse_compose(json::View root, Site const& site);

/// False: a disclosure was missing, and the answer must not be sent.
bool render_composed(std::string& out, Site const& site, RenderCache& cache, shopping::ComposeQuery const& query,
                     service::ComposedView const& view);

}  // namespace b2a::protocol::native
