// SPDX-License-Identifier: Apache-2.0
// A change of some parts of a cart, for protocols that do not replace the whole of it.
#pragma once

#include "b2a/domain/cart.hpp"
#include "b2a/domain/checkout_patch.hpp"

namespace b2a::domain {

/// The content that leads to the cart again, with the change. What a patch says about fulfilment is dropped: a cart has
/// none.
CheckoutContent patched(Cart const& cart, ContentPatch const& patch);

}  // namespace b2a::domain
