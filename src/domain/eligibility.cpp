// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "domain/checkout_rules.hpp"

namespace b2a::domain::rules {

void judge_claims(Checkout& checkout, PricingFacts const& facts, Occasion occasion) {
    auto const& claims = checkout.context.eligibility;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        auto const path = "$.context.eligibility[" + std::to_string(i) + "]";
        if (std::ranges::find(checkout.discounts, claims[i], &AppliedDiscount::eligibility) == checkout.discounts.end())
            checkout.findings.push_back({FindingCode::eligibility_not_accepted, Severity::warning, path,
                                         "Nothing here depends on the claim " + claims[i] + "."});
        else if (facts.claims_attested)
            checkout.findings.push_back({FindingCode::eligibility_accepted, Severity::info, path,
                                         "A discount for the claim " + claims[i] + " is in effect."});
        else if (occasion == Occasion::edit)
            checkout.findings.push_back(
                {FindingCode::eligibility_accepted, Severity::info, path,
                 "A discount for the claim " + claims[i] + " is in effect until completion, which needs it attested."});
        else
            checkout.findings.push_back({FindingCode::eligibility_invalid, Severity::recoverable, path,
                                         "The claim " + claims[i] +
                                             " is not attested. Drop it, or let a caller vouch for it whose "
                                             "identity is proven."});
    }
}

}  // namespace b2a::domain::rules
