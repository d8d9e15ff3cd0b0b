// SPDX-License-Identifier: Apache-2.0
// Whatever the catalog and the need: what holds has no constraint that is unknown or fails, and allergens hold only by
// a statement.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "any_shop.hpp"

namespace b2a::shopping {
namespace {

using domain::Allergen;
using domain::AllergenStatus;

bool is_stated(domain::Product const& product, Allergen allergen, bool accept_traces) {
    if (!product.food) return false;
    auto const status = product.food->allergens.status(allergen);
    return status == AllergenStatus::free_from || (accept_traces && status == AllergenStatus::may_contain);
}

RC_GTEST_PROP(AssessProperty, NothingHoldsThatIsUnknownOrFails, ()) {
    auto const shop = test::any_shop();
    auto const need = test::any_need();
    auto const assessor = Assessor::prepare(*shop, need, test::monday);
    RC_ASSERT(assessor.ok());
    for (std::uint32_t v = 0; v < shop->variant_count(); ++v) {
        auto worst = Outcome::holds;
        for (auto const& verdict : assessor->verdicts(v)) worst = std::max(worst, verdict.outcome);
        RC_ASSERT(assessor->outcome(v) == worst);
        auto together = Outcome::holds;
        for (std::size_t m = 0; m < need.members.size(); ++m) together = std::max(together, assessor->outcome(v, m));
        if (!need.members.empty()) RC_ASSERT(assessor->outcome(v) == together);
    }
}

RC_GTEST_PROP(AssessProperty, AllergensHoldByAStatementOnly, ()) {
    auto const shop = test::any_shop();
    auto const need = test::any_need();
    auto const assessor = Assessor::prepare(*shop, need, test::monday);
    RC_ASSERT(assessor.ok());
    for (std::uint32_t v = 0; v < shop->variant_count(); ++v) {
        auto const& product = *shop->variant_at(v).product;
        if (shop->is_worn(v)) RC_ASSERT(!product.food.has_value());
        if (assessor->outcome(v) != Outcome::holds || shop->is_worn(v)) continue;
        for (auto const allergen : need.avoid) RC_ASSERT(is_stated(product, allergen, need.accept_traces));
        for (auto const& member : need.members)
            for (auto const allergen : member.avoid) RC_ASSERT(is_stated(product, allergen, need.accept_traces));
    }
}

}  // namespace
}  // namespace b2a::shopping
