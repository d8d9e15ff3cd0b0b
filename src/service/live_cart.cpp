// SPDX-License-Identifier: Apache-2.0
#include "service/live_cart.hpp"

#include "service/ownership.hpp"

namespace b2a::service {

Result<domain::Cart> live_cart(store::Reader& reader, Governance& governance, RequestContext const& context, CartId id,
                               std::string pointer) {
    auto found = reader.cart(id);
    if (!found) return std::move(found).error();
    bool const live = *found && !(*found)->canceled && context.now < (*found)->expires &&
                      may_use(governance, context, (*found)->owner);
    if (!live) return Error(Code::not_found, "no such cart", std::move(pointer));
    return std::move(**found);
}

}  // namespace b2a::service
