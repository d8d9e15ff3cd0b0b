// SPDX-License-Identifier: Apache-2.0
#include "service/live_cart.hpp"

namespace b2a::service {

Result<domain::Cart> live_cart(store::Reader& reader, RequestContext const& context, CartId id, std::string pointer) {
    auto found = reader.cart(id);
    if (!found) return std::move(found).error();
    bool const live =
        *found && (*found)->owner == context.principal.id && !(*found)->canceled && context.now < (*found)->expires;
    if (!live) return Error(Code::not_found, "no such cart", std::move(pointer));
    return std::move(**found);
}

}  // namespace b2a::service
