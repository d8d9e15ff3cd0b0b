// SPDX-License-Identifier: Apache-2.0
// The obligation mask_buyer: an answer without what names the buyer. What a shop has to know about where goods go,
// country and region, stays.
#pragma once

#include "b2a/domain/cart.hpp"
#include "b2a/domain/checkout.hpp"
#include "b2a/domain/order.hpp"
#include "b2a/policy/ruleset.hpp"

namespace b2a::service {

void apply_mask(policy::ReadTerms const& terms, domain::Checkout& checkout);
void apply_mask(policy::ReadTerms const& terms, domain::Order& order);
void apply_mask(policy::ReadTerms const& terms, domain::Cart& cart);

}  // namespace b2a::service
