// SPDX-License-Identifier: Apache-2.0
// What real ingredient texts make one suspect, against what their labels declare; docs/shopping.md has the counts.
#include <algorithm>

#include "b2a/domain/ingredients.hpp"

#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

using domain::Allergen;
using domain::AllergenStatus;

#define SKIP_WITHOUT(name) \
    if (!std::filesystem::exists(shared_data(name))) GTEST_SKIP() << "no " << shared_data(name)

using RealFood = ImportCase;

TEST_F(RealFood, DeclaredAllergensAreSuspectedFromTheIngredients) {
    SKIP_WITHOUT("openfoodfacts/products.tsv");
    must_run({shared_data("openfoodfacts/products.tsv")});
    std::size_t declared = 0, suspected = 0, more = 0, claims = 0, against = 0;
    for (auto const& [id, product] : store.catalog.products) {
        auto const& food = *product.food;
        for (auto const& claim : food.diets) ++(claim.status == domain::DietStatus::suits ? claims : against);
        auto const found = domain::suspect(food.ingredients);
        auto const suspects = [&](Allergen allergen) {
            return std::ranges::any_of(found, [&](auto const& one) { return one.allergen == allergen; });
        };
        bool any = false;
        for (std::size_t i = 0; i < domain::allergen_count; ++i) {
            auto const allergen = static_cast<Allergen>(i);
            if (food.allergens.stated(allergen) != AllergenStatus::contains || food.ingredients.empty()) continue;
            any = true;
            ++declared;
            suspected += suspects(allergen) ? 1 : 0;
        }
        for (auto const& one : found)
            if (any && !one.trace && food.allergens.stated(one.allergen) != AllergenStatus::contains) ++more;
    }
    EXPECT_EQ(declared, 337U);
    EXPECT_EQ(suspected, 312U) << "the others are not in the text";
    EXPECT_EQ(more, 199U) << "in the text and not declared";
    EXPECT_EQ(claims, 113U);
    EXPECT_EQ(against, 542U);
}

TEST_F(RealFood, TenThousandTextsNameTheirAllergens) {
    SKIP_WITHOUT("openfoodfacts/food-10k.csv");
    must_run({shared_data("openfoodfacts/food-10k.csv")});
    std::array<std::size_t, domain::allergen_count> contained{}, traces{};
    std::size_t any = 0, not_vegan = 0;
    for (auto const& [id, product] : store.catalog.products) {
        auto const reading = domain::read_ingredients(product.food->ingredients);
        any += reading.allergens.empty() ? 0 : 1;
        for (auto const& one : reading.allergens)
            ++(one.trace ? traces : contained)[static_cast<std::size_t>(one.allergen)];
        not_vegan += std::ranges::any_of(reading.diets, [](auto const& d) { return d.diet == domain::Diet::vegan; });
        EXPECT_FALSE(product.food->allergens.declared()) << "a suspicion declares nothing";
    }
    EXPECT_EQ(contained, (std::array<std::size_t, domain::allergen_count>{3048, 116, 1145, 375, 262, 1994, 3530, 655,
                                                                          275, 314, 224, 359, 9, 80}));
    EXPECT_EQ(traces, (std::array<std::size_t, domain::allergen_count>{157, 66, 179, 65, 97, 257, 199, 277, 111, 99,
                                                                       146, 45, 17, 52}));
    EXPECT_EQ(any, 6594U);
    EXPECT_EQ(not_vegan, 5176U);
}

TEST_F(RealFood, TenThousandFoodsThroughAMapping) {
    SKIP_WITHOUT("openfoodfacts/food-10k.csv");
    options.mapping = file("map.toml", R"([product]
title = "product_name"
brand = { constant = "Lifyzer" }
[variant]
id = "barcode"
barcode = "barcode"
[food]
ingredients = "ingredients_text"
[nutrients]
fat = "fat_100g"
salt = "salt_100g"
)");
    auto const report = must_run({shared_data("openfoodfacts/food-10k.csv")});
    EXPECT_EQ(report.files.at(0).format, Format::mapped);
    EXPECT_EQ(report.rows, 10'000U);
    EXPECT_EQ(report.products, 10'000U) << reasons(report).substr(0, 2'000);
    EXPECT_EQ(report.rejected, 0U);
}

}  // namespace
}  // namespace b2a::importer::test
