// SPDX-License-Identifier: Apache-2.0
#include "catalog/text_index.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "unit/catalog/shop.hpp"

namespace b2a::catalog {
namespace {

using test::a_product;

TEST(Logarithm, IsRightToAThousandth) {
    for (std::uint64_t b : {1U, 2U, 3U, 7U, 1'000U, 199'999U})
        for (std::uint64_t factor : {1U, 2U, 5U, 17U, 4'096U}) {
            auto const a = b * factor + (factor > 1 ? 1 : 0);
            auto const exact = 1'000 * std::log(static_cast<double>(a) / static_cast<double>(b));
            EXPECT_NEAR(ln_milli(a, b), exact, 1.1) << a << "/" << b;
        }
    EXPECT_EQ(ln_milli(0xFFFFFFFF, 1), 22'180U);
}

TEST(TextIndex, FindsTermsAndPrefixes) {
    TextIndex const index({a_product("1", "red redder rose"), a_product("2", "red zebra")});
    ASSERT_TRUE(index.find("red"));
    EXPECT_EQ(index.postings(*index.find("red")).size(), 2U);
    EXPECT_FALSE(index.find("re"));
    EXPECT_FALSE(index.find("zzz"));
    EXPECT_FALSE(index.find(""));
    EXPECT_EQ(index.postings(index.with_prefix("re")).size(), 3U);
    EXPECT_EQ(index.postings(index.with_prefix("redd")).size(), 1U);
    EXPECT_TRUE(index.with_prefix("reddest").empty());
    EXPECT_TRUE(index.with_prefix("zzz").empty());
    EXPECT_EQ(index.postings(index.with_prefix("zz")).size(), 0U);
    EXPECT_EQ(index.with_prefix("").end, index.term_count());
}

TEST(TextIndex, AnEmptyCatalogHasNoTerms) {
    TextIndex const index{std::vector<domain::Product>{}};
    EXPECT_FALSE(index.find("a"));
    EXPECT_TRUE(index.with_prefix("a").empty());
}

TEST(TextIndex, TitleWeighsMoreThanLabelsAndThoseMoreThanDescription) {
    auto in_title = a_product("1", "linen x");
    in_title.description = "y";
    auto in_attribute = a_product("2", "x");
    in_attribute.attributes.push_back({"material", std::string("linen")});
    in_attribute.description = "y";
    auto in_description = a_product("3", "x y");
    in_description.description = "linen";
    TextIndex const index({in_title, in_attribute, in_description});
    auto const impacts = index.postings(index.find("linen").value()).impacts;
    EXPECT_GT(impacts[0], impacts[1]);
    EXPECT_GT(impacts[1], impacts[2]);
}

TEST(TextIndex, AWordOfManyVariantsCountsOnce) {
    auto one = a_product("1", "cap", {test::a_variant("a", {{"color", "Black"}})});
    auto many = a_product("2", "cap", {});
    many.variants.clear();
    for (int i = 0; i < 20; ++i)
        many.variants.push_back(test::a_variant("b" + std::to_string(i), {{"color", "Black"}}));
    TextIndex const index({one, many});
    auto const impacts = index.postings(index.find("black").value()).impacts;
    EXPECT_EQ(impacts[0], impacts[1]);
}

TEST(TextIndex, RarerTermsCountMoreAndEveryTermCounts) {
    TextIndex const index({a_product("1", "a b"), a_product("2", "a"), a_product("3", "a")});
    EXPECT_GT(index.rarity(1), index.rarity(2));
    EXPECT_GE(index.rarity(3), 1U);
}

}  // namespace
}  // namespace b2a::catalog
