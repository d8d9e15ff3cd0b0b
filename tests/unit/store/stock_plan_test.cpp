// SPDX-License-Identifier: Apache-2.0
#include "store/stock_plan.hpp"

#include <limits>
#include <map>

#include <gtest/gtest.h>

namespace b2a::store {
namespace {

Result<std::vector<StockLevel>> plan(std::map<std::string, std::int64_t> const& levels,
                                     std::vector<StockDelta> const& deltas, std::vector<StockSet> const& sets = {}) {
    return plan_stock(deltas, sets, [&](std::string const& id) -> Result<std::optional<std::int64_t>> {
        auto const found = levels.find(id);
        return found == levels.end() ? std::nullopt : std::optional(found->second);
    });
}

TEST(StockPlan, DeltasOfOneVariantAddUp) {
    auto const levels = plan({{"a", 5}}, {{"a", -2}, {"a", -3}}).value();
    ASSERT_EQ(levels.size(), 1U);
    EXPECT_EQ(levels[0].quantity, 0);
    EXPECT_EQ(plan({{"a", 5}}, {{"a", -2}, {"a", -4}}).error().code, Code::out_of_stock);
}

TEST(StockPlan, NoLevelPassesThroughANegativeOne) {
    EXPECT_EQ(plan({{"a", 1}}, {{"a", -2}, {"a", 5}}).error().pointer, "a");
}

TEST(StockPlan, UntrackedVariantsAreLeftAloneUnlessSet) {
    EXPECT_TRUE(plan({}, {{"a", -2}}).value().empty());
    EXPECT_EQ(plan({}, {{"a", -2}}, {{"a", 3}}).value()[0].quantity, 3);
}

TEST(StockPlan, SetsComeAfterDeltas) {
    EXPECT_EQ(plan({{"a", 5}}, {{"a", -2}}, {{"a", 9}}).value()[0].quantity, 9);
    EXPECT_EQ(plan({{"a", 5}}, {{"a", -6}}, {{"a", 9}}).error().code, Code::out_of_stock);
}

TEST(StockPlan, RefusesLevelsOutOfRange) {
    EXPECT_EQ(plan({{"a", 1}}, {{"a", std::numeric_limits<std::int64_t>::max()}}).error().code, Code::unprocessable);
    EXPECT_EQ(plan({}, {}, {{"a", -1}}).error().code, Code::unprocessable);
}

TEST(StockPlan, AFailedLookUpIsPassedOn) {
    auto const broken = [](std::string const&) -> Result<std::optional<std::int64_t>> {
        return Error(Code::store_unavailable);
    };
    EXPECT_EQ(plan_stock({{"a", -1}}, {}, broken).error().code, Code::store_unavailable);
}

}  // namespace
}  // namespace b2a::store
