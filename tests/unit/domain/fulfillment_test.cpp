// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

using Ids = std::vector<std::string>;

CheckoutContent three_lines() {
    return content_of({{"", "shirt", 1}, {"", "ebook", 1}, {"", "mug", 1}});
}

TEST(Fulfillment, WithoutAMethodEverythingIsShipped) {
    Shop shop;
    auto content = three_lines();
    content.methods.clear();
    auto const checkout = *shop.apply(content);
    ASSERT_EQ(checkout.fulfillment.methods.size(), 1U);
    EXPECT_EQ(checkout.fulfillment.methods[0].id, "shipping");
    EXPECT_EQ(checkout.fulfillment.methods[0].line_ids, (Ids{"li_1", "li_3"})) << "digital goods need no method";
    EXPECT_TRUE(has(checkout, FindingCode::field_required, "$.fulfillment.methods[0].destinations"));
}

TEST(Fulfillment, LinesGoWhereTheyAreNamedAndTheRestWhereNothingIs) {
    Shop shop;
    auto content = three_lines();
    content.methods.push_back(method_of(FulfillmentKind::pickup, {"li_3"}, "soho"));
    auto const checkout = *shop.apply(content);
    ASSERT_EQ(checkout.fulfillment.methods.size(), 2U);
    EXPECT_EQ(checkout.fulfillment.methods[0].kind, FulfillmentKind::shipping);
    EXPECT_EQ(checkout.fulfillment.methods[0].line_ids, Ids{"li_1"});
    EXPECT_EQ(checkout.fulfillment.methods[1].id, "pickup");
    EXPECT_EQ(checkout.fulfillment.methods[1].line_ids, Ids{"li_3"});
    EXPECT_EQ(checkout.status, CheckoutStatus::ready_for_complete);
}

TEST(Fulfillment, TheFirstOfTwoThatNameALineHasIt) {
    Shop shop;
    auto content = three_lines();
    content.methods[0].line_ids = {"li_1", "li_3"};
    content.methods.push_back(method_of(FulfillmentKind::pickup, {"li_3", "li_1"}, "soho"));
    auto const checkout = *shop.apply(content);
    ASSERT_EQ(checkout.fulfillment.methods.size(), 1U) << "a method without lines is none";
    EXPECT_EQ(checkout.fulfillment.methods[0].line_ids, (Ids{"li_1", "li_3"}));
}

TEST(Fulfillment, WhatNobodyNamesGoesToTheFirstMethod) {
    Shop shop;
    auto content = three_lines();
    content.methods[0].line_ids = {"li_3"};
    content.methods.insert(content.methods.begin(), method_of(FulfillmentKind::pickup, {"li_2"}, "soho"));
    auto const checkout = *shop.apply(content);
    ASSERT_EQ(checkout.fulfillment.methods.size(), 2U);
    EXPECT_EQ(checkout.fulfillment.methods[0].line_ids, Ids{"li_1"});
    EXPECT_EQ(checkout.fulfillment.methods[0].kind, FulfillmentKind::pickup);
}

TEST(Fulfillment, OfEachKindTheFirstCountsAndOurIdsNameIt) {
    Shop shop;
    auto content = three_lines();
    auto again = content.methods[0];
    again.destinations.clear();
    content.methods.push_back(again);
    auto by_id = method_of(FulfillmentKind::shipping, {"li_1"}, "austin");
    by_id.id = "pickup";
    content.methods.push_back(by_id);
    auto const checkout = *shop.apply(content);
    ASSERT_EQ(checkout.fulfillment.methods.size(), 2U);
    EXPECT_EQ(checkout.fulfillment.methods[0].destinations.size(), 1U);
    EXPECT_EQ(checkout.fulfillment.methods[1].kind, FulfillmentKind::pickup);
}

TEST(Fulfillment, UnknownLinesAreSaid) {
    Shop shop;
    auto content = three_lines();
    content.methods[0].line_ids = {"li_1", "li_3", "li_99", "hostile"};
    auto const checkout = *shop.apply(content);
    EXPECT_TRUE(has(checkout, FindingCode::selection_rejected, "$.fulfillment.methods[0].line_item_ids"));
    EXPECT_EQ(checkout.status, CheckoutStatus::incomplete);
    content.methods[0].line_ids = {"li_1", "li_2", "li_3"};
    EXPECT_FALSE(has(*shop.apply(content), FindingCode::selection_rejected)) << "a digital line is known";
}

TEST(Fulfillment, LinesThatWereThereAMomentAgoAreNoMistake) {
    Shop shop;
    auto const before = *shop.apply(three_lines());
    auto content = content_of({{"li_1", "shirt", 1}});
    content.methods[0].line_ids = {"li_1", "li_3"};
    EXPECT_FALSE(has(*shop.apply(content, before), FindingCode::selection_rejected));
}

TEST(Fulfillment, AMethodOfUnknownLinesOnlyVanishesWithAWord) {
    Shop shop;
    auto content = three_lines();
    content.methods.push_back(method_of(FulfillmentKind::pickup, {"li_99"}, "nowhere"));
    auto const checkout = *shop.apply(content);
    EXPECT_EQ(checkout.fulfillment.methods.size(), 1U);
    EXPECT_TRUE(has(checkout, FindingCode::selection_rejected, "$.fulfillment"));
}

TEST(Fulfillment, MainDestinationIsTheParcels) {
    Shop shop;
    auto content = three_lines();
    content.methods.insert(content.methods.begin(), method_of(FulfillmentKind::pickup, {"li_1"}, "soho"));
    auto checkout = *shop.apply(content);
    ASSERT_NE(main_destination(checkout.fulfillment), nullptr);
    EXPECT_EQ(main_destination(checkout.fulfillment)->id, "home");
    content.methods.pop_back();
    content.methods[0].line_ids.clear();
    checkout = *shop.apply(content);
    ASSERT_NE(main_destination(checkout.fulfillment), nullptr);
    EXPECT_EQ(main_destination(checkout.fulfillment)->id, "soho");
    EXPECT_EQ(main_destination(Fulfillment()), nullptr);
}

TEST(Fulfillment, FreeShippingTakesThePriceOfAllMethods) {
    Shop shop;
    auto content = three_lines();
    content.discount_codes = {"FREESHIP"};
    content.methods.push_back(method_of(FulfillmentKind::pickup, {"li_3"}, "soho"));
    auto const checkout = *shop.apply(content);
    EXPECT_EQ(amount_of(checkout, TotalKind::discount).minor, -500);
    EXPECT_EQ(amount_of(checkout, TotalKind::fulfillment).minor, 500);
}

}  // namespace
}  // namespace b2a::domain::testing
