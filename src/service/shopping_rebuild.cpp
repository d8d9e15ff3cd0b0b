// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/shopping.hpp"

namespace b2a::service {

Result<RebuiltView> ShoppingService::rebuild(RequestContext const& context, shopping::RebuildQuery const& query) {
    std::vector<std::string_view> ids;
    for (auto const& line : query.lines)
        if (line.by == shopping::NamedBy::id) ids.push_back(line.name);
    B2A_TRY(snapshot, permitted(context, ids));
    B2A_TRY(basket, shopping::rebuild(*snapshot, query, context.now));
    return RebuiltView{snapshot, std::move(basket)};
}

}  // namespace b2a::service
