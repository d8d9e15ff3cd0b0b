// SPDX-License-Identifier: Apache-2.0
#include "catalog/facet_index.hpp"

#include <gtest/gtest.h>

#include "unit/catalog/shop.hpp"

namespace b2a::catalog {
namespace {

using domain::Quantity;
constexpr auto int64_max = std::numeric_limits<std::int64_t>::max();
constexpr auto int64_min = std::numeric_limits<std::int64_t>::min();

TEST(ToMilli, ScalesTruncatesAndClamps) {
    EXPECT_EQ(to_milli({1250, 2, "kg"}), 12'500);
    EXPECT_EQ(to_milli({-5, 0, ""}), -5'000);
    EXPECT_EQ(to_milli({12'345'678, 6, ""}), 12'345);
    EXPECT_EQ(to_milli({3, -2, ""}), 300'000);
    EXPECT_EQ(to_milli({1, -128, ""}), int64_max);
    EXPECT_EQ(to_milli({-1, -128, ""}), int64_min);
    EXPECT_EQ(to_milli({int64_max, 0, ""}), int64_max);
    EXPECT_EQ(to_milli({int64_min, 0, ""}), int64_min);
    EXPECT_EQ(to_milli({int64_min, 127, ""}), 0);
    EXPECT_EQ(to_milli({0, -128, ""}), 0);
}

TEST(ToLabel, IsTheShortestDecimal) {
    EXPECT_EQ(to_label({1250, 2, "kg"}), "12.5 kg");
    EXPECT_EQ(to_label({42, 0, ""}), "42");
    EXPECT_EQ(to_label({4200, 2, ""}), "42");
    EXPECT_EQ(to_label({5, 3, "l"}), "0.005 l");
    EXPECT_EQ(to_label({-5, 1, ""}), "-0.5");
    EXPECT_EQ(to_label({3, -2, "g"}), "300 g");
    EXPECT_EQ(to_label({0, -100, "g"}), "0 g");
    EXPECT_EQ(to_label({int64_min, 0, ""}), "-9223372036854775808");
}

/// Every price range over a catalog that is large enough for several sets between the entries.
TEST(PriceIndex, GivesExactlyTheRange) {
    constexpr std::uint32_t variants = 1'000;
    PriceIndex index(test::usd);
    std::vector<std::int64_t> prices;
    for (std::uint32_t v = 0; v < variants; ++v) {
        prices.push_back((v * 7919) % 101);
        if (v % 10 != 3) index.add(prices[v], v);
    }
    index.finish(variants);
    for (std::int64_t min = -1; min <= 101; min += 3)
        for (std::int64_t max = min - 1; max <= 102; max += 5) {
            Words set(words_for(variants));
            index.collect({min, max}, set);
            for (std::uint32_t v = 0; v < variants; ++v)
                ASSERT_EQ(any_in(set, {v, 1}), v % 10 != 3 && prices[v] >= min && prices[v] <= max)
                    << v << " in " << min << "…" << max;
        }
    Words set(words_for(variants));
    index.collect({}, set);
    EXPECT_EQ(count_bits(set), 900U);
}

}  // namespace
}  // namespace b2a::catalog
