// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/domain/ingredients.hpp"

namespace b2a::domain {
namespace {

/// Texts of the words that matter, of separators, and of bytes that are anything.
std::string any_text() {
    auto const word = rc::gen::elementOf(std::vector<std::string>{
        "milk", "coconut milk", "Kokosmilch", "MILCH",       "œufs",  "lait de coco", "nuts",     "_wheat_", "free",
        "no",   "ohne",         "or",         "may contain", "kann",  "enthalten",    "contains", "Ä",       "**",
        "pork", "noix",         "de muscade", "0",           "E 220", "blé",          "noir",     "Erdnuss", "frei",
        "sans", "gluten",       "-",          "traces",      "fisk",  "молоко",       "牛乳",     "\xC3",    "\xFF"});
    auto const separator =
        rc::gen::elementOf(std::vector<std::string>{" ", ", ", ". ", "-", "'", "", "\n", "(", ")", "_", "*"});
    std::string out;
    for (auto const& [a, b] :
         *rc::gen::container<std::vector<std::pair<std::string, std::string>>>(rc::gen::pair(word, separator)))
        out += a + b;
    return out;
}

bool has(std::vector<Suspicion> const& all, Allergen allergen) {
    return std::ranges::any_of(all, [&](Suspicion const& one) { return one.allergen == allergen; });
}

bool has(std::vector<DietSuspicion> const& all, Diet diet) {
    return std::ranges::any_of(all, [&](DietSuspicion const& one) { return one.diet == diet; });
}

template <class T>
void check_bounds(std::vector<T> const& all) {
    for (auto const& one : all) {
        RC_ASSERT(one.score_ppm > 0U);
        RC_ASSERT(one.score_ppm < 1'000'000U);
        RC_ASSERT(!one.term.empty());
        RC_ASSERT(one.term.size() <= 64U);
    }
}

RC_GTEST_PROP(IngredientsProperty, AnyBytesAreAnAnswerAndAlwaysTheSame, (std::string const& bytes)) {
    auto const reading = read_ingredients(bytes);
    RC_ASSERT(reading == read_ingredients(bytes));
    check_bounds(reading.allergens);
    check_bounds(reading.diets);
    RC_ASSERT(reading.allergens == suspect(bytes));
    RC_ASSERT(reading.diets == suspect_diets(bytes));
}

RC_GTEST_PROP(IngredientsProperty, EachIsThereAtMostOnceAndInOrder, ()) {
    auto const reading = read_ingredients(any_text());
    for (std::size_t i = 1; i < reading.allergens.size(); ++i)
        RC_ASSERT(reading.allergens[i - 1].allergen < reading.allergens[i].allergen);
    for (std::size_t i = 1; i < reading.diets.size(); ++i) RC_ASSERT(reading.diets[i - 1].diet < reading.diets[i].diet);
    check_bounds(reading.allergens);
}

RC_GTEST_PROP(IngredientsProperty, AnotherSentenceTakesNothingAway, ()) {
    auto const text = any_text();
    auto const more = any_text();
    for (auto const& longer : {text + ". " + more, more + ". " + text}) {
        auto const before = read_ingredients(text);
        auto const after = read_ingredients(longer);
        for (auto const& one : before.allergens) RC_ASSERT(has(after.allergens, one.allergen));
        for (auto const& one : before.diets) RC_ASSERT(has(after.diets, one.diet));
    }
}

RC_GTEST_PROP(IngredientsProperty, WhatIsContainedStaysContained, ()) {
    auto const text = any_text();
    auto const after = suspect("milk. " + text + ". pork");
    RC_ASSERT(has(after, Allergen::milk));
    for (auto const& one : after)
        if (one.allergen == Allergen::milk) RC_ASSERT(!one.trace);
}

TEST(IngredientsProperty, LongTextsAreRead) {
    for (auto const* part :
         {"no or ", "kokosmilch", "coconut milk ", "a", "_", "no milk or ", "may contain ", "kann "}) {
        std::string text;
        while (text.size() < 1'000'000) text += part;
        EXPECT_FALSE(has(suspect(text), Allergen::lupin)) << part;
    }
}

}  // namespace
}  // namespace b2a::domain
