// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/suspicions.hpp"

#include <gtest/gtest.h>

#include "b2a/catalog/snapshot.hpp"

namespace b2a::catalog {
namespace {

domain::Product product(std::string id, std::optional<std::string> ingredients) {
    domain::Product out;
    out.id = std::move(id);
    out.variants.emplace_back();
    out.variants.front().id = out.id;
    if (ingredients) out.food.emplace().ingredients = std::move(*ingredients);
    return out;
}

TEST(Suspicions, AreKeptByProduct) {
    CatalogData data;
    data.products = {product("coat", std::nullopt), product("bread", "wheat, milk"), product("water", "water"),
                     product("soup", "celery")};
    auto const shop = Snapshot::build(std::move(data), {});
    auto const& all = shop->suspicions();
    EXPECT_TRUE(all.of(*shop->find_product("coat")).empty());
    auto const bread = *shop->find_product("bread");
    ASSERT_EQ(all.of(bread).size(), 2U);
    EXPECT_EQ(all.of(bread)[0].allergen, domain::Allergen::gluten);
    EXPECT_EQ(all.of(bread)[1].allergen, domain::Allergen::milk);
    ASSERT_FALSE(all.diets_of(bread).empty());
    EXPECT_EQ(all.diets_of(bread)[0].diet, domain::Diet::vegan);
    EXPECT_TRUE(all.of(*shop->find_product("water")).empty());
    EXPECT_TRUE(all.diets_of(*shop->find_product("soup")).empty());
    EXPECT_EQ(all.of(*shop->find_product("soup")).size(), 1U);
    EXPECT_TRUE(all.of(4).empty());
    EXPECT_TRUE(all.of(0xFFFFFFFF).empty());
    EXPECT_TRUE(Suspicions().diets_of(0).empty());
}

}  // namespace
}  // namespace b2a::catalog
