// SPDX-License-Identifier: Apache-2.0
// Who may see which cart, said once for the cart use-cases and for conversion.
#pragma once

#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

/// The caller's cart, or one that it may share. To everybody else, and once it is canceled or expired, it does not
/// exist: not_found with `pointer`.
Result<domain::Cart> live_cart(store::Reader& reader, Governance& governance, RequestContext const& context, CartId id,
                               std::string pointer);

}  // namespace b2a::service
