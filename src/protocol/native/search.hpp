// SPDX-License-Identifier: Apache-2.0
// The native search, in both directions: GET parameters or a POST body to a query, a result to JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "b2a/catalog/query.hpp"
#include "b2a/protocol/render_cache.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/catalog.hpp"
#include "b2a/service/shopping.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol::native {

/// Errors: invalid_request with the parameter's name as pointer; unknown parameters are refused.
Result<catalog::SearchQuery> parse_search_parameters(web::Request const& request, Site const& site);
struct SearchRequest {
    catalog::SearchQuery query;
    std::optional<shopping::Need> need;  // whom it is for and what must hold; absent: nobody said
};
/// Errors: invalid_request with a JSON pointer; unknown members are refused. unprocessable: those of NeedReader.
Result<SearchRequest> parse_search_body(web::Request const& request, Site const& site);

/// What a list shows of a product, from the cache; empty: a disclosure was missing, and the answer must not be sent.
/// Valid until the cache is asked again.
std::string_view lawful_summary(Site const& site, RenderCache& cache, catalog::Snapshot const& snapshot,
                                std::uint32_t product, Currency currency);
/// False: a disclosure was missing, and the answer must not be sent.
bool render_search(std::string& out, Site const& site, RenderCache& cache, catalog::SearchQuery const& query,
                   service::SearchView const& view);
/// The same for somebody.
bool render_need_search(std::string& out, Site const& site, RenderCache& cache, catalog::SearchQuery const& query,
                        service::NeedSearchView const& view);

}  // namespace b2a::protocol::native
