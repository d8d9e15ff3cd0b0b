// SPDX-License-Identifier: Apache-2.0
#include "shopper/verdicts.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "shopper/answer.hpp"

namespace b2a::shopper {
namespace {

Verdict const milk{"allergen", "milk", "ruth", "holds", "allergen_declaration", "free_from, declared complete"};
Demand const no_milk{"allergen", "milk", "ruth"};

TEST(ShopperVerdicts, OnlyWhatHoldsWithEvidenceIsKept) {
    EXPECT_EQ(objection({milk}, {no_milk}), std::nullopt);
    EXPECT_EQ(objection({}, {no_milk}), "nothing is said of allergen milk for ruth");
    for (auto const* outcome : {"unknown", "fails", "HOLDS", "", "probably"}) {
        auto verdict = milk;
        verdict.outcome = outcome;
        EXPECT_TRUE(objection({verdict}, {no_milk}).has_value()) << outcome;
        EXPECT_TRUE(objection({milk, verdict}, {no_milk}).has_value()) << "a second opinion: " << outcome;
    }
    for (auto const* source : {"", "none"}) {
        auto verdict = milk;
        verdict.source = source;
        EXPECT_TRUE(objection({verdict}, {no_milk}).has_value()) << "no evidence";
    }
    EXPECT_TRUE(objection({milk}, {no_milk, {"allergen", "nuts", "ruth"}}).has_value());
    EXPECT_TRUE(objection({milk}, {{"allergen", "milk", "mila"}}).has_value()) << "somebody else's";
    EXPECT_TRUE(objection({milk}, {{"diet", "milk", "ruth"}}).has_value());
}

TEST(ShopperVerdicts, AreReadStrictly) {
    json::Document document;
    auto const item =
        document.parse(R"({"constraints":[{"constraint":"allergen","subject":"milk","member":"ruth","outcome":"holds",)"
                       R"("evidence":{"source":"allergen_declaration","path":"/food","text":"free_from"}}]})");
    auto const verdicts = read_verdicts(*item).value();
    ASSERT_EQ(verdicts.size(), 1U);
    EXPECT_EQ(to_text(verdicts[0]), "allergen milk for ruth: holds (allergen_declaration: free_from)");
    for (auto const* bad : {"{}", R"({"constraints":{}})", R"({"constraints":[1]})", R"({"constraints":[{}]})",
                            R"({"constraints":[{"constraint":"allergen","outcome":true}]})"})
        EXPECT_FALSE(read_verdicts(*document.parse(bad)).ok()) << bad;
}

TEST(ShopperVerdicts, DemandsAreOfThoseWhoEat) {
    Person mila;
    mila.id = "mila";
    mila.avoid = {"nuts"};
    Person jonas;
    jonas.id = "jonas";
    jonas.diets = {"vegetarian"};
    auto const both = food_demands({&mila, &jonas});
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].subject + both[0].member + both[1].constraint, "nutsmiladiet");
    EXPECT_TRUE(food_demands({}).empty());
}

RC_GTEST_PROP(ShopperVerdicts, NothingButAHoldingVerdictSatisfiesADemand, (std::string outcome, std::string source)) {
    auto verdict = milk;
    verdict.outcome = outcome;
    verdict.source = source;
    RC_ASSERT(objection({verdict}, {no_milk}).has_value() ==
              (outcome != "holds" || source.empty() || source == "none"));
}

}  // namespace
}  // namespace b2a::shopper
