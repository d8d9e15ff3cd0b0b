// SPDX-License-Identifier: Apache-2.0
// Promotions that apply by themselves, for a claim, or from a subtotal up.
#include <gtest/gtest.h>

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

constexpr auto student = "org.example.student";

Shop student_shop() {
    Shop shop;
    shop.promotions.push_back(Shop::automatic("student", 50'000));
    shop.promotions.back().eligibility = student;
    return shop;
}

CheckoutContent by_student() {
    auto content = content_of({{"", "shirt", 1}});
    content.context.eligibility = {"org.example.senior", student};
    return content;
}

TEST(Promotion, AutomaticOnesApplyInTheOrderOfTheirIds) {
    Shop shop;
    shop.promotions.push_back(Shop::automatic("b-half", 500'000));
    shop.promotions.push_back(Shop::automatic("a-tenth", 100'000));
    for (auto& promotion : shop.promotions) promotion.stackable = true;
    auto content = content_of({{"", "shirt", 1}});
    content.discount_codes = {"SAVE10"};
    auto const checkout = *shop.apply(content);
    ASSERT_EQ(checkout.discounts.size(), 3U);
    EXPECT_EQ(checkout.discounts[0].title, "a-tenth");
    EXPECT_TRUE(checkout.discounts[0].code.empty());
    EXPECT_EQ(checkout.discounts[0].minor, 200);
    EXPECT_EQ(checkout.discounts[1].minor, 900);
    EXPECT_EQ(checkout.discounts[2].code, "SAVE10");
    EXPECT_EQ(checkout.discounts[2].minor, 90);
}

TEST(Promotion, AutomaticOnesStandInTheWayOfOthersLikeCodes) {
    Shop shop;
    shop.promotions.push_back(Shop::automatic("a", 100'000));
    shop.promotions.push_back(Shop::automatic("b", 100'000));
    auto content = content_of({{"", "shirt", 1}});
    content.discount_codes = {"SAVE10", "FREESHIP"};
    auto const checkout = *shop.apply(content);
    EXPECT_EQ(amount_of(checkout, TotalKind::items_discount).minor, -200);
    EXPECT_EQ(amount_of(checkout, TotalKind::discount).minor, -500);
    EXPECT_TRUE(has(checkout, FindingCode::discount_code_combination_disallowed, "$.discounts.codes[0]"));
    EXPECT_EQ(checkout.findings.size(), 1U) << "nobody asked for the second automatic one";
}

TEST(Promotion, NoCodeNamesAnAutomaticOne) {
    Shop shop;
    shop.promotions.push_back(Shop::automatic("gift", 0));
    shop.promotions.back().subtotal_min = {{1'000'000, usd()}};
    auto content = content_of({{"", "shirt", 1}});
    content.discount_codes = {"", "gift"};
    auto const checkout = *shop.apply(content);
    EXPECT_TRUE(has(checkout, FindingCode::discount_code_invalid, "$.discounts.codes[0]"));
    EXPECT_TRUE(has(checkout, FindingCode::discount_code_invalid, "$.discounts.codes[1]"));
}

TEST(Promotion, AutomaticOnesWithoutEffectLeaveNoTrace) {
    Shop shop;
    shop.promotions.push_back(Shop::automatic("nothing", 0));
    shop.promotions.push_back(Shop::automatic("ship", 0));
    shop.promotions.back().kind = PromotionKind::free_shipping;
    auto content = content_of({{"", "ebook", 1}});
    content.discount_codes = {"SAVE10"};
    auto const checkout = *shop.apply(content);
    ASSERT_EQ(checkout.discounts.size(), 1U);
    EXPECT_EQ(checkout.discounts[0].code, "SAVE10") << "nothing stood in its way";
    auto const shipped = *shop.apply(content_of({{"", "shirt", 1}}));
    ASSERT_EQ(shipped.discounts.size(), 1U);
    EXPECT_EQ(shipped.discounts[0].minor, 500);
}

TEST(Promotion, ASubtotalMayBeNeeded) {
    Shop shop;
    shop.promotions[0].subtotal_min = {{4000, usd()}};
    shop.promotions.push_back(Shop::automatic("big", 100'000));
    shop.promotions.back().subtotal_min = {{4000, usd()}};
    auto content = content_of({{"", "shirt", 1}});
    content.discount_codes = {"SAVE10"};
    auto checkout = *shop.apply(content);
    EXPECT_TRUE(checkout.discounts.empty());
    ASSERT_TRUE(has(checkout, FindingCode::discount_code_minimum_not_met, "$.discounts.codes[0]"));
    EXPECT_EQ(checkout.findings.size(), 1U) << "an automatic one is not spoken of";
    EXPECT_NE(checkout.findings[0].content.find("40.00 USD"), std::string::npos);
    content.discount_codes.clear();
    content.lines[0].quantity = 2;
    EXPECT_EQ(amount_of(*shop.apply(content), TotalKind::items_discount).minor, -400)
        << "from the amount on, not above it";
    shop.promotions.back().subtotal_min = {{1, eur()}};
    EXPECT_TRUE(shop.apply(content)->discounts.empty()) << "no minimum in this currency means not in this currency";
}

TEST(Promotion, AClaimTakesEffectProvisionally) {
    auto shop = student_shop();
    auto const without = *shop.apply(content_of({{"", "shirt", 1}}));
    EXPECT_TRUE(without.discounts.empty());
    EXPECT_TRUE(without.findings.empty());
    auto const checkout = *shop.apply(by_student());
    ASSERT_EQ(checkout.discounts.size(), 1U);
    EXPECT_EQ(checkout.discounts[0].eligibility, student);
    EXPECT_TRUE(checkout.discounts[0].provisional);
    EXPECT_EQ(checkout.discounts[0].minor, 100);
    EXPECT_TRUE(has(checkout, FindingCode::eligibility_not_accepted, "$.context.eligibility[0]"));
    EXPECT_TRUE(has(checkout, FindingCode::eligibility_accepted, "$.context.eligibility[1]"));
    EXPECT_EQ(checkout.status, CheckoutStatus::ready_for_complete);
    shop.claims_attested = true;
    EXPECT_FALSE(shop.apply(by_student())->discounts.at(0).provisional);
}

TEST(Promotion, AClaimThatChangesNothingIsNotAccepted) {
    auto shop = student_shop();
    shop.promotions.back().subtotal_min = {{100'000, usd()}};
    auto const checkout = *shop.apply(by_student());
    EXPECT_TRUE(has(checkout, FindingCode::eligibility_not_accepted, "$.context.eligibility[1]"));
    EXPECT_TRUE(checkout.discounts.empty());
}

TEST(Promotion, ACodeMayBeForThoseWhoClaimSomething) {
    Shop shop;
    shop.promotions[0].eligibility = student;
    auto content = content_of({{"", "shirt", 1}});
    content.discount_codes = {"SAVE10"};
    EXPECT_TRUE(has(*shop.apply(content), FindingCode::discount_code_user_ineligible, "$.discounts.codes[0]"));
    content.context.eligibility = {student};
    auto const checkout = *shop.apply(content);
    EXPECT_TRUE(checkout.discounts.at(0).provisional);
    EXPECT_EQ(checkout.discounts.at(0).code, "SAVE10");
    content.discount_codes.clear();
    EXPECT_TRUE(shop.apply(content)->discounts.empty()) << "a code waits to be named";
}

TEST(Promotion, CompletionNeedsTheClaimAttested) {
    auto shop = student_shop();
    auto const checkout = *shop.apply(by_student());
    auto const asked = reprice(checkout, shop.facts(checkout));
    EXPECT_TRUE(has(asked, FindingCode::eligibility_invalid, "$.context.eligibility[1]"));
    EXPECT_FALSE(has(asked, FindingCode::eligibility_accepted));
    EXPECT_EQ(asked.status, CheckoutStatus::incomplete);
    auto same = asked;
    same.findings = checkout.findings;
    same.status = checkout.status;
    EXPECT_EQ(same, checkout) << "nothing else changes";
    shop.claims_attested = true;
    auto const attested = reprice(checkout, shop.facts(checkout));
    EXPECT_EQ(attested.status, CheckoutStatus::ready_for_complete);
    EXPECT_EQ(attested.totals, checkout.totals);
    EXPECT_FALSE(attested.discounts.at(0).provisional);
}

}  // namespace
}  // namespace b2a::domain::testing
