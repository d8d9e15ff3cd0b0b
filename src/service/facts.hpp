// SPDX-License-Identifier: Apache-2.0
// Prefetch: what the pure rules and the policy engine need to know, collected from one snapshot. The snapshot must
// outlive the facts; nothing suspends in between.
#pragma once

#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/cart.hpp"
#include "b2a/domain/checkout.hpp"
#include "b2a/policy/facts.hpp"
#include "b2a/service/context.hpp"

namespace b2a::service {

/// Time and the caller's word come from the context: a platform that proved who it is vouches for its buyer's claims.
domain::PricingFacts pricing_facts(catalog::Snapshot const& snapshot, domain::CheckoutContent const& content,
                                   RequestContext const& context);
domain::PricingFacts pricing_facts(catalog::Snapshot const& snapshot, domain::Checkout const& checkout,
                                   RequestContext const& context);

/// Amounts, quantities, ship-to and the products of `checkout`.
policy::Facts policy_facts(policy::Action action, domain::Checkout const& checkout,
                           domain::PricingFacts const& pricing);
/// The same of a cart, which has no ship-to yet.
policy::Facts policy_facts(policy::Action action, domain::Cart const& cart, domain::PricingFacts const& pricing);
/// What is known of a request that leads to no checkout: quantities and products, but no total.
policy::Facts policy_facts(policy::Action action, domain::CheckoutContent const& content,
                           domain::PricingFacts const& pricing);

/// Who reads, what for and when; the products are the caller's to add.
policy::Facts read_facts(RequestContext const& context, policy::Action action);
/// Adds the tags and categories of a product that is read.
void add_product(policy::Facts& facts, domain::Product const& product);

}  // namespace b2a::service
