// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/dietary.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace b2a::domain {
namespace {

FoodInfo declared(std::vector<std::pair<Allergen, AllergenStatus>> const& stated, bool complete) {
    FoodInfo food;
    for (auto const& [allergen, status] : stated) food.allergens.set(allergen, status);
    if (complete) food.allergens.mark_complete();
    return food;
}

std::vector<Suspicion> suspected(Allergen allergen, bool trace = false) {
    return {{allergen, trace, 900'000, "haselnüsse", "de"}};
}

TEST(Dietary, ATextIsEvidenceAgainstAndNeverFor) {
    auto const silent = declared({}, false);
    EXPECT_EQ(find_allergen(&silent, suspected(Allergen::nuts), Allergen::nuts).free, Known::no);
    EXPECT_EQ(find_allergen(&silent, suspected(Allergen::nuts), Allergen::milk).free, Known::unknown);
    EXPECT_EQ(find_allergen(nullptr, {}, Allergen::milk).free, Known::unknown);
    auto const trace = find_allergen(&silent, suspected(Allergen::nuts, true), Allergen::nuts);
    EXPECT_EQ(trace.free, Known::no);
    EXPECT_EQ(trace.at_most_traces, Known::unknown) << "who speaks of traces has not declared them";
}

TEST(Dietary, CompletenessDoesNotStandAgainstTheText) {
    auto const complete = declared({}, true);
    auto const finding = find_allergen(&complete, suspected(Allergen::nuts), Allergen::nuts);
    EXPECT_EQ(finding.free, Known::unknown);
    EXPECT_EQ(finding.at_most_traces, Known::unknown);
    EXPECT_EQ(finding.basis, FoodBasis::disagreement);
    EXPECT_EQ(find_allergen(&complete, suspected(Allergen::nuts, true), Allergen::nuts).at_most_traces, Known::yes);
    auto const stated = declared({{Allergen::nuts, AllergenStatus::free_from}}, true);
    EXPECT_EQ(find_allergen(&stated, suspected(Allergen::nuts), Allergen::nuts).free, Known::yes);
}

DietFinding of(Diet diet, Product const& product, std::vector<DietSuspicion> const& diets = {}) {
    return find_diets(product, product.variants.front(), {{}, diets})[static_cast<std::size_t>(diet)];
}

std::vector<DietSuspicion> against(Diet diet, bool trace = false) {
    return {{diet, trace, 900'000, "milchpulver", "de"}};
}

Product labelled(std::vector<std::pair<std::string, bool>> const& labels, FoodInfo food = {}) {
    Product product;
    product.variants.emplace_back();
    product.food = std::move(food);
    for (auto const& [name, value] : labels) product.attributes.push_back({name, value});
    return product;
}

TEST(Dietary, ATextSpeaksAgainstADietWhereNothingElseDoes) {
    EXPECT_EQ(of(Diet::vegan, labelled({}), against(Diet::vegan)).suits, Known::no);
    EXPECT_EQ(of(Diet::vegan, labelled({{"vegan", true}}), against(Diet::vegan)).suits, Known::yes);
    EXPECT_EQ(of(Diet::vegan, labelled({}), against(Diet::vegan, true)).suits, Known::unknown);
    EXPECT_EQ(of(Diet::kosher, labelled({}), against(Diet::kosher)).suits, Known::no);
}

TEST(Dietary, ANoOutweighsEveryYes) {
    EXPECT_EQ(of(Diet::vegan, labelled({{"vegan", true}, {"vegetarian", false}})).suits, Known::no);
    EXPECT_EQ(of(Diet::vegetarian, labelled({{"vegan", true}, {"vegetarian", false}})).suits, Known::no);
    auto const milk = declared({{Allergen::milk, AllergenStatus::contains}}, true);
    EXPECT_EQ(of(Diet::vegan, labelled({{"vegan", true}}, milk)).suits, Known::no);
    EXPECT_EQ(of(Diet::vegetarian, labelled({{"vegan", true}}, milk)).suits, Known::unknown)
        << "nothing follows from a label that is wrong";
    auto const traces = declared({{Allergen::gluten, AllergenStatus::may_contain}}, true);
    EXPECT_EQ(of(Diet::gluten_free, labelled({{"gluten_free", true}}, traces)).suits, Known::unknown);
}

RC_GTEST_PROP(DietaryProperty, SuspicionsNeverHelp, ()) {
    auto food = declared({}, *rc::gen::arbitrary<bool>());
    for (std::size_t a = 0; a < allergen_count; ++a)
        food.allergens.set(static_cast<Allergen>(a), static_cast<AllergenStatus>(*rc::gen::inRange(0, 4)));
    auto const product = labelled({{"vegan", *rc::gen::arbitrary<bool>()}}, food);
    auto const suspicions = suspected(static_cast<Allergen>(*rc::gen::inRange(0, 14)), *rc::gen::arbitrary<bool>());
    for (std::size_t a = 0; a < allergen_count; ++a) {
        auto const allergen = static_cast<Allergen>(a);
        RC_ASSERT(find_allergen(&food, suspicions, allergen).free >= find_allergen(&food, {}, allergen).free);
        if (find_allergen(&food, suspicions, allergen).free == Known::yes)
            RC_ASSERT(food.allergens.status(allergen) == AllergenStatus::free_from);
    }
    auto const diets = against(static_cast<Diet>(*rc::gen::inRange(0, 12)), *rc::gen::arbitrary<bool>());
    auto const with = find_diets(product, product.variants.front(), {suspicions, diets});
    auto const without = find_diets(product, product.variants.front(), {});
    for (std::size_t d = 0; d < diet_count; ++d) RC_ASSERT(with[d].suits >= without[d].suits);
}

}  // namespace
}  // namespace b2a::domain
