// SPDX-License-Identifier: Apache-2.0
#include "catalog/bits.hpp"

#include <gtest/gtest.h>

#include "support/synthetic_catalog.hpp"

namespace b2a::catalog {
namespace {

TEST(Bits, MaskCoversExactlyItsRange) {
    EXPECT_EQ(mask_between(0, 64), ~std::uint64_t{0});
    EXPECT_EQ(mask_between(3, 5), 0b11000U);
    EXPECT_EQ(mask_between(63, 64), std::uint64_t{1} << 63U);
    EXPECT_EQ(mask_between(7, 7), 0U);
}

TEST(Bits, RunsCrossWords) {
    Words words(3);
    set_run(words, {60, 70});
    std::vector<std::uint32_t> seen;
    for_each_in(words, {0, 192}, [&](std::uint32_t bit) { seen.push_back(bit); });
    ASSERT_EQ(seen.size(), 70U);
    EXPECT_EQ(seen.front(), 60U);
    EXPECT_EQ(seen.back(), 129U);
    EXPECT_TRUE(any_in(words, {129, 1}));
    EXPECT_FALSE(any_in(words, {130, 62}));
    EXPECT_FALSE(any_in(words, {0, 60}));
    EXPECT_FALSE(any_in(words, {64, 0}));
}

TEST(Bits, FoldingFindsTheProductsOfASetOfVariants) {
    test::SeededRandom random(11);
    for (int round = 0; round < 300; ++round) {
        std::vector<catalog::Run> products;
        std::uint32_t variants = 0;
        for (std::size_t p = 0, count = 1 + random.below(60); p < count; ++p) {
            auto const size = static_cast<std::uint32_t>(random.one_in(10) ? 1 + random.below(200) : 1 + random.below(4));
            products.push_back({variants, size});
            variants += size;
        }
        Words set(words_for(variants));
        Words last(set.size());
        Words folded(set.size());
        auto const sparse = 1 + random.below(8);
        for (std::uint32_t v = 0; v < variants; ++v)
            if (random.one_in(sparse)) set_bit(set, v);
        for (auto const run : products) set_bit(last, run.first + run.count - 1);
        fold_to_last(set, last, folded);
        std::uint64_t expected = 0;
        for (auto const run : products) {
            EXPECT_EQ(any_in(folded, {run.first + run.count - 1, 1}), any_in(set, run));
            expected += any_in(set, run) ? 1 : 0;
        }
        EXPECT_EQ(count_bits(folded), expected);
    }
}

}  // namespace
}  // namespace b2a::catalog
