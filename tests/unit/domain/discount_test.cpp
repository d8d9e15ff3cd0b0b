// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

Checkout with_codes(Shop const& shop, std::vector<std::string> codes,
                    std::vector<CheckoutContent::RequestedLine> lines = {{"", "shirt", 1}}) {
    auto content = content_of(std::move(lines));
    content.discount_codes = std::move(codes);
    return *shop.apply(content);
}

TEST(Discount, PercentageIgnoresCaseAndDuplicates) {
    Shop shop;
    auto const checkout = with_codes(shop, {"save10", "SAVE10"});
    ASSERT_EQ(checkout.discounts.size(), 1U);
    EXPECT_EQ(checkout.discounts[0].code, "save10");
    EXPECT_EQ(checkout.discounts[0].minor, 200);
    EXPECT_EQ(checkout.lines[0].discount_minor, -200);
    EXPECT_EQ(amount_of(checkout, TotalKind::items_discount).minor, -200);
    EXPECT_EQ(checkout.discount_codes.size(), 2U) << "codes are echoed as sent";
    EXPECT_TRUE(has(checkout, FindingCode::discount_code_already_applied, "$.discounts.codes[1]"));
    EXPECT_EQ(checkout.findings.size(), 1U);
}

TEST(Discount, UnknownAndExpiredCodesWarn) {
    Shop shop;
    auto const checkout = with_codes(shop, {"NOPE", "OLD", "SOON"});
    EXPECT_TRUE(has(checkout, FindingCode::discount_code_invalid, "$.discounts.codes[0]"));
    EXPECT_TRUE(has(checkout, FindingCode::discount_code_expired, "$.discounts.codes[1]"));
    EXPECT_TRUE(has(checkout, FindingCode::discount_code_expired, "$.discounts.codes[2]"));
    EXPECT_TRUE(checkout.discounts.empty());
    EXPECT_EQ(checkout.status, CheckoutStatus::ready_for_complete);
}

TEST(Discount, TheFirstOfTwoThatDoNotCombineWins) {
    Shop shop;
    auto const first = with_codes(shop, {"NOPE", "SAVE10", "FIVE"});
    ASSERT_EQ(first.discounts.size(), 1U);
    EXPECT_EQ(first.discounts[0].code, "SAVE10");
    EXPECT_TRUE(has(first, FindingCode::discount_code_combination_disallowed, "$.discounts.codes[2]"));
    auto const other = with_codes(shop, {"FIVE", "SAVE10"});
    EXPECT_EQ(other.discounts[0].code, "FIVE");
    EXPECT_TRUE(has(other, FindingCode::discount_code_combination_disallowed, "$.discounts.codes[1]"));
}

TEST(Discount, StackableCodesApplyOneAfterTheOther) {
    Shop shop;
    auto const checkout = with_codes(shop, {"FIVE", "EXTRA"});
    EXPECT_EQ(amount_of(checkout, TotalKind::items_discount).minor, -(500 + 300));
}

TEST(Discount, FixedIsCappedAtTheSubtotal) {
    Shop shop;
    shop.promotions[1].amounts = {{999'999, usd()}};
    auto const checkout = with_codes(shop, {"FIVE"});
    EXPECT_EQ(checkout.discounts[0].minor, 2000);
    EXPECT_EQ(total_of(checkout).minor, 500) << "only shipping is left";
}

TEST(Discount, FixedNeedsAnAmountInTheCurrency) {
    Shop shop;
    shop.promotions[1].amounts = {{500, eur()}};
    auto const checkout = with_codes(shop, {"FIVE", "SAVE10"});
    EXPECT_TRUE(has(checkout, FindingCode::discount_code_invalid, "$.discounts.codes[0]"));
    ASSERT_EQ(checkout.discounts.size(), 1U) << "a code without effect does not stand in the way of others";
}

TEST(Discount, AllocatesByLargestRemainder) {
    Shop shop;
    auto const checkout = with_codes(shop, {"FIVE"}, {{"", "mug", 1}, {"", "mug", 1}, {"", "mug", 1}});
    auto const& parts = checkout.discounts[0].line_allocations;
    EXPECT_EQ(parts, (std::vector<std::int64_t>{167, 167, 166}));
}

TEST(Discount, FreeShippingAlwaysCombines) {
    Shop shop;
    auto const checkout = with_codes(shop, {"SAVE10", "FREESHIP"});
    ASSERT_EQ(checkout.discounts.size(), 2U);
    EXPECT_TRUE(checkout.discounts[1].line_allocations.empty());
    EXPECT_EQ(checkout.discounts[1].minor, 500);
    EXPECT_EQ(amount_of(checkout, TotalKind::discount).minor, -500);
    EXPECT_EQ(amount_of(checkout, TotalKind::fulfillment).minor, 500);
    EXPECT_EQ(total_of(checkout).minor, 1800);
}

TEST(Discount, HostileRatesStayWithinThePrice) {
    Shop shop;
    shop.promotions[0].rate_ppm = 9'000'000;
    EXPECT_EQ(amount_of(with_codes(shop, {"SAVE10"}), TotalKind::items_discount).minor, -2000);
    shop.promotions[0].rate_ppm = -500'000;
    EXPECT_EQ(amount_of(with_codes(shop, {"SAVE10"}), TotalKind::items_discount).minor, 0);
}

}  // namespace
}  // namespace b2a::domain::testing
