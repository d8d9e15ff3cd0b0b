// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/shopping.hpp"

namespace b2a::service {

Result<ComposedView> ShoppingService::compose(RequestContext const& context, shopping::ComposeQuery const& query) {
    B2A_TRY(snapshot, permitted(context));
    B2A_TRY(result, shopping::compose(*snapshot, query, context.now));
    return ComposedView{snapshot, std::move(result)};
}

}  // namespace b2a::service
