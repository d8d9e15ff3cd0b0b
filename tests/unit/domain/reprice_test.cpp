// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

TEST(Reprice, ChangesNothingWhenNothingChanged) {
    Shop shop;
    auto const checkout = *shop.apply(content_of({{"", "shirt", 1}, {"", "mug", 2}}));
    EXPECT_EQ(reprice(checkout, shop.facts(checkout)), checkout);
}

TEST(Reprice, SaysThatAPriceMoved) {
    Shop shop;
    auto const checkout = *shop.apply(content_of({{"", "mug", 1}, {"", "shirt", 1}}));
    shop.variant("shirt").offers[0].price.minor = 2500;
    auto const after = reprice(checkout, shop.facts(checkout));
    EXPECT_TRUE(has(after, FindingCode::price_changed, "$.line_items[1]"));
    EXPECT_EQ(total_of(after).minor, total_of(checkout).minor + 500);
    EXPECT_EQ(after.status, CheckoutStatus::ready_for_complete);
}

TEST(Reprice, SaysThatTheTotalMovedForAnotherReason) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    content.discount_codes = {"SAVE10"};
    auto const checkout = *shop.apply(content);
    shop.promotions[0].valid_until = at_noon();
    auto const after = reprice(checkout, shop.facts(checkout));
    EXPECT_TRUE(has(after, FindingCode::discount_code_expired));
    EXPECT_TRUE(has(after, FindingCode::price_changed, "$.totals"));
}

TEST(Reprice, DropsWhatIsGoneAndReducesWhatIsShort) {
    Shop shop;
    auto const checkout = *shop.apply(content_of({{"", "shirt", 1}, {"", "mug", 4}}));
    shop.variant("mug").declared_stock = 3;
    auto after = reprice(checkout, shop.facts(checkout));
    EXPECT_EQ(after.lines[1].quantity, 3);
    EXPECT_EQ(after.lines[1].id, "li_2");
    EXPECT_TRUE(has(after, FindingCode::quantity_adjusted, "$.line_items[1]"));
    shop.variant("mug").declared_stock = 0;
    after = reprice(checkout, shop.facts(checkout));
    EXPECT_EQ(after.lines.size(), 1U);
    EXPECT_TRUE(has(after, FindingCode::out_of_stock, "$.line_items[1]"));
    EXPECT_EQ(after.status, CheckoutStatus::incomplete);
}

TEST(Reprice, LeavesAnEmptyCheckoutIncomplete) {
    Shop shop;
    auto const checkout = *shop.apply(content_of({{"", "mug", 1}}));
    shop.variant("mug").offers.clear();
    auto const after = reprice(checkout, shop.facts(checkout));
    EXPECT_TRUE(after.lines.empty());
    EXPECT_TRUE(has(after, FindingCode::item_unavailable));
    EXPECT_EQ(after.status, CheckoutStatus::incomplete);
    EXPECT_EQ(total_of(after).minor, 0);
}

TEST(Reprice, CannotBeChargedWhenTheAmountIsOutOfRange) {
    Shop shop;
    auto const checkout = *shop.apply(content_of({{"", "shirt", 2}}));
    shop.variant("shirt").offers[0].price.minor = money_minor_max;
    auto const after = reprice(checkout, shop.facts(checkout));
    EXPECT_EQ(after.status, CheckoutStatus::incomplete);
    EXPECT_EQ(total_of(after), total_of(checkout));
    EXPECT_TRUE(has(after, FindingCode::item_unavailable, "$.line_items"));
}

TEST(Reprice, APickupLocationThatIsGoneIsNotReplaced) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    content.methods = {method_of(FulfillmentKind::pickup, {}, "soho")};
    auto const checkout = *shop.apply(content);
    EXPECT_EQ(reprice(checkout, shop.facts(checkout)), checkout);
    shop.locations = {shop.locations[1]};
    auto const after = reprice(checkout, shop.facts(checkout));
    EXPECT_TRUE(after.fulfillment.methods.at(0).selected_destination_id.empty());
    EXPECT_TRUE(has(after, FindingCode::selection_rejected, "$.fulfillment.methods[0].selected_destination_id"));
    EXPECT_EQ(after.status, CheckoutStatus::incomplete);
}

TEST(Reprice, AShippingOptionThatIsGoneGivesWayWithAWord) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    content.methods[0].selected_option_id = "exp";
    auto const checkout = *shop.apply(content);
    shop.shipping.pop_back();
    auto const after = reprice(checkout, shop.facts(checkout));
    EXPECT_EQ(after.fulfillment.methods.at(0).selected_option_id, "std");
    EXPECT_TRUE(has(after, FindingCode::selection_rejected));
    EXPECT_TRUE(has(after, FindingCode::price_changed, "$.totals"));
}

TEST(Reprice, AMethodLosesTheLinesThatAreGone) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}, {"", "mug", 1}});
    content.methods.push_back(method_of(FulfillmentKind::pickup, {"li_2"}, "soho"));
    auto const checkout = *shop.apply(content);
    shop.variant("mug").declared_stock = 0;
    auto const after = reprice(checkout, shop.facts(checkout));
    ASSERT_EQ(after.fulfillment.methods.size(), 1U);
    EXPECT_EQ(after.fulfillment.methods[0].id, "shipping");
    EXPECT_EQ(std::ranges::count(after.findings, FindingCode::selection_rejected, &Finding::code), 0);
}

}  // namespace
}  // namespace b2a::domain::testing
