// SPDX-License-Identifier: Apache-2.0
#include "support/synthetic_catalog.hpp"

#include <algorithm>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "b2a/base/encoding.hpp"

namespace b2a::test {
namespace {

TEST(SyntheticCatalog, TheSameSeedGivesTheSameProducts) {
    EXPECT_EQ(synthetic_catalog({50, 3, 9}).products, synthetic_catalog({50, 3, 9}).products);
    EXPECT_NE(synthetic_catalog({50, 3, 9}).products, synthetic_catalog({50, 3, 10}).products);
}

TEST(SyntheticCatalog, HasUniqueIdsInOrderAndAThirdOfFood) {
    auto const catalog = synthetic_catalog({1'000, 8, 1});
    ASSERT_EQ(catalog.products.size(), 1'000U);
    EXPECT_TRUE(std::ranges::is_sorted(catalog.products, {}, &domain::Product::id));
    std::set<std::string> variants;
    std::size_t food = 0;
    for (auto const& product : catalog.products) {
        if (product.food) ++food;
        for (auto const& variant : product.variants) variants.insert(variant.id);
    }
    EXPECT_EQ(variants.size(), 8'000U);
    EXPECT_GT(food, 200U);
    EXPECT_LT(food, 400U);
    EXPECT_GT(declared_stock(catalog).size(), 6'000U);
}

TEST(SyntheticCatalog, WritesOneJsonObjectPerLine) {
    std::ostringstream out;
    write_native_jsonl(synthetic_catalog({20, 2, 1}), out);
    auto const text = out.str();
    EXPECT_EQ(std::ranges::count(text, '\n'), 20);
    EXPECT_TRUE(text.starts_with(R"({"type":"product","id":"p-0000001")"));
    EXPECT_TRUE(is_utf8(text));
    EXPECT_EQ(std::ranges::count(text, '{'), std::ranges::count(text, '}'));
}

}  // namespace
}  // namespace b2a::test
