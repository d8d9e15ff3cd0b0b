// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/food.hpp"

#include <gtest/gtest.h>

namespace b2a::domain {
namespace {

TEST(Allergens, NamesGoBothWays) {
    for (std::size_t i = 0; i < allergen_count; ++i) {
        auto const allergen = static_cast<Allergen>(i);
        EXPECT_EQ(allergen_from_text(to_text(allergen)), allergen);
    }
    EXPECT_FALSE(allergen_from_text("Milk"));
    EXPECT_FALSE(allergen_from_text(""));
    EXPECT_EQ(to_text(AllergenStatus::may_contain), "may_contain");
}

TEST(Allergens, UnknownIsNeverSafe) {
    AllergenDeclaration declaration;
    EXPECT_FALSE(declaration.declared());
    EXPECT_EQ(declaration.status(Allergen::milk), AllergenStatus::unknown);
    declaration.set(Allergen::nuts, AllergenStatus::contains);
    EXPECT_TRUE(declaration.declared());
    EXPECT_EQ(declaration.status(Allergen::nuts), AllergenStatus::contains);
    EXPECT_EQ(declaration.status(Allergen::milk), AllergenStatus::unknown);
}

TEST(Allergens, ACompleteDeclarationFreesWhatItDoesNotMention) {
    AllergenDeclaration declaration;
    declaration.set(Allergen::nuts, AllergenStatus::may_contain);
    declaration.mark_complete();
    EXPECT_EQ(declaration.status(Allergen::milk), AllergenStatus::free_from);
    EXPECT_EQ(declaration.status(Allergen::nuts), AllergenStatus::may_contain);
    EXPECT_EQ(declaration.stated(Allergen::milk), AllergenStatus::unknown);
}

}  // namespace
}  // namespace b2a::domain
