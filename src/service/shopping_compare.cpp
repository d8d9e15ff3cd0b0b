// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/shopping.hpp"

namespace b2a::service {

Result<ComparisonView> ShoppingService::compare(RequestContext const& context, shopping::CompareQuery const& query) {
    std::vector<std::string_view> const ids(query.items.begin(), query.items.end());
    B2A_TRY(snapshot, permitted(context, ids));
    B2A_TRY(comparison, shopping::compare(*snapshot, query, context.now));
    return ComparisonView{snapshot, std::move(comparison)};
}

}  // namespace b2a::service
