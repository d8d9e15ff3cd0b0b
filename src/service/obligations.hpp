// SPDX-License-Identifier: Apache-2.0
// What a verdict obliges to beyond the law: disclosures that a policy asks for are kept with the resource, so that
// every later answer about it carries them too.
#pragma once

#include "b2a/domain/cart.hpp"
#include "b2a/policy/authorized.hpp"

namespace b2a::service {

/// `Priced` is a Checkout or a Cart; the facts are those that priced it.
template <class Priced>
void honour(Priced& priced, policy::Verdict const& verdict, domain::PricingFacts const& facts) {
    auto const obliged = domain::obliged_by(verdict.decision.obligations);
    if (obliged.allergens || obliged.withdrawal || obliged.guarantee) domain::disclose(priced, facts, obliged);
}

}  // namespace b2a::service
