// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/product.hpp"

#include <gtest/gtest.h>

namespace b2a::domain {
namespace {

TEST(Product, EdgeNamesGoBothWays) {
    for (int i = 0; i <= static_cast<int>(EdgeType::part_of_look); ++i)
        EXPECT_EQ(edge_type_from_text(to_text(static_cast<EdgeType>(i))), static_cast<EdgeType>(i));
    EXPECT_FALSE(edge_type_from_text("friend_of"));
}

TEST(Product, FindsTheOfferOfACurrency) {
    auto const usd = *Currency::parse("USD");
    auto const eur = *Currency::parse("EUR");
    Variant variant;
    EXPECT_EQ(find_offer(variant, usd), nullptr);
    variant.offers = {{{100, usd}, {120, usd}}, {{90, eur}, {90, eur}}};
    EXPECT_EQ(find_offer(variant, eur)->price.minor, 90);
    EXPECT_EQ(find_offer(variant, *Currency::parse("JPY")), nullptr);
}

}  // namespace
}  // namespace b2a::domain
