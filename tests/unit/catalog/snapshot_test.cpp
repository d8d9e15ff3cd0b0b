// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/snapshot.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "unit/catalog/shop.hpp"

namespace b2a::catalog {
namespace {

using test::a_product;
using test::a_shop;
using test::a_variant;

TEST(Snapshot, FindsProductsAndVariantsById) {
    auto const shop = a_shop(
        {a_product("p2", "b", {a_variant("v3")}), a_product("p1", "a", {a_variant("v1"), a_variant("v2")})}, {}, 9);
    EXPECT_EQ(shop->revision(), 9U);
    EXPECT_EQ(shop->variant_count(), 3U);
    EXPECT_EQ(shop->find_product("p1"), 0U) << "products are kept in order of id";
    EXPECT_EQ(shop->find_product("p2"), 1U);
    EXPECT_EQ(shop->product_at(1).title, "b");
    EXPECT_EQ(shop->first_variant(1), 2U);
    EXPECT_EQ(shop->find_product("v1"), std::nullopt);
    EXPECT_EQ(shop->find_product(""), std::nullopt);
    auto const found = shop->find_variant("v3");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->variant->id, "v3");
    EXPECT_EQ(found->product->id, "p2");
    EXPECT_EQ(found->product_index, 1U);
    EXPECT_EQ(found->variant_index, 2U);
    EXPECT_FALSE(shop->find_variant("p1"));
}

TEST(Snapshot, FindsEveryIdOfALargeCatalog) {
    std::vector<domain::Product> products;
    for (int i = 0; i < 5'000; ++i) products.push_back(a_product("p" + std::to_string(i), "x"));
    auto const shop = a_shop(std::move(products));
    for (int i = 0; i < 5'000; ++i) {
        auto const id = "p" + std::to_string(i);
        ASSERT_EQ(shop->product_at(shop->find_product(id).value()).id, id);
        ASSERT_EQ(shop->find_variant(id + "-v")->variant->id, id + "-v");
    }
    EXPECT_FALSE(shop->find_product("p5000"));
}

TEST(Snapshot, StockIsLiveAndUntrackedIsAvailable) {
    auto const shop =
        a_shop({a_product("p", "x", {a_variant("tracked"), a_variant("free")})}, {{"tracked", 2}, {"nobody", 1}});
    EXPECT_EQ(shop->stock(0), 2);
    EXPECT_EQ(shop->stock(1), std::nullopt);
    EXPECT_TRUE(shop->in_stock(1));
    shop->set_stock("tracked", 0);
    EXPECT_EQ(shop->stock(0), 0);
    EXPECT_FALSE(shop->in_stock(0));
    shop->set_stock("tracked", std::numeric_limits<std::int64_t>::min());
    EXPECT_TRUE(shop->stock(0).has_value()) << "no level means untracked";
    EXPECT_FALSE(shop->in_stock(0));
    shop->set_stock("free", 0);
    EXPECT_FALSE(shop->in_stock(1)) << "tracked from now on";
    shop->set_stock("unknown", 5);
}

TEST(Snapshot, TheEpochMovesWhenAvailabilityFlips) {
    auto const shop = a_shop({a_product("p", "x", {a_variant("v"), a_variant("w")}), a_product("q", "x")}, {{"v", 2}});
    auto const epoch = shop->availability_epoch(0);
    shop->set_stock("v", 1);
    EXPECT_EQ(shop->availability_epoch(0), epoch) << "still available";
    shop->set_stock("v", 0);
    EXPECT_EQ(shop->availability_epoch(0), epoch + 1);
    shop->set_stock("v", -1);
    EXPECT_EQ(shop->availability_epoch(0), epoch + 1);
    shop->set_stock("v", 5);
    shop->set_stock("w", 0);
    EXPECT_EQ(shop->availability_epoch(0), epoch + 3);
    EXPECT_EQ(shop->availability_epoch(1), 0U);
}

}  // namespace
}  // namespace b2a::catalog
