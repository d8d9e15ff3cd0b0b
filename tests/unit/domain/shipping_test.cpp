// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

FulfillmentMethod shipping_of(Shop const& shop, CheckoutContent const& content) {
    return shop.apply(content)->fulfillment.methods.at(0);
}

TEST(Shipping, OffersWhatServesTheCountryInTheCurrency) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    auto method = shipping_of(shop, content);
    ASSERT_EQ(method.options.size(), 2U);
    EXPECT_EQ(method.options[0].earliest, at_noon() + std::chrono::days(3));
    EXPECT_EQ(method.options[0].latest, at_noon() + std::chrono::days(5));
    content.methods[0].destinations[0].address.country = "de";
    method = shipping_of(shop, content);
    ASSERT_EQ(method.options.size(), 1U);
    EXPECT_EQ(method.options[0].id, "std");
}

TEST(Shipping, TakesTheCheapestUnlessToldOtherwise) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    EXPECT_EQ(shipping_of(shop, content).selected_option_id, "std");
    content.methods[0].selected_option_id = "exp";
    auto checkout = *shop.apply(content);
    EXPECT_EQ(checkout.fulfillment.methods[0].selected_option_id, "exp");
    EXPECT_EQ(amount_of(checkout, TotalKind::fulfillment).minor, 1500);
    EXPECT_TRUE(checkout.findings.empty());
    content.methods[0].selected_option_id = "vanished";
    checkout = *shop.apply(content);
    EXPECT_EQ(checkout.fulfillment.methods[0].selected_option_id, "std");
    EXPECT_TRUE(
        has(checkout, FindingCode::selection_rejected, "$.fulfillment.methods[0].groups[0].selected_option_id"));
    EXPECT_EQ(checkout.status, CheckoutStatus::ready_for_complete) << "a warning does not block";
}

TEST(Shipping, IsFreeAboveTheThresholdAfterDiscounts) {
    Shop shop;
    auto content = content_of({{"", "shirt", 5}});
    EXPECT_EQ(amount_of(*shop.apply(content), TotalKind::fulfillment).minor, 0);
    content.discount_codes = {"SAVE10"};
    EXPECT_EQ(amount_of(*shop.apply(content), TotalKind::fulfillment).minor, 500);
}

TEST(Shipping, IsPricedOnWhatItCarries) {
    Shop shop;
    auto content = content_of({{"", "shirt", 5}, {"", "mug", 1}});
    content.methods.push_back(method_of(FulfillmentKind::pickup, {"li_1"}, "soho"));
    EXPECT_EQ(amount_of(*shop.apply(content), TotalKind::fulfillment).minor, 500)
        << "the shirts above the threshold are collected";
    content.methods[1].line_ids = {"li_2"};
    EXPECT_EQ(amount_of(*shop.apply(content), TotalKind::fulfillment).minor, 0);
}

TEST(Shipping, SaysWhenNothingShipsThere) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    content.methods[0].destinations[0].address.country = "NZ";
    content.methods[0].selected_option_id = "std";
    auto const checkout = *shop.apply(content);
    EXPECT_TRUE(has(checkout, FindingCode::address_undeliverable, "$.fulfillment.methods[0].destinations[0]"));
    EXPECT_FALSE(has(checkout, FindingCode::selection_rejected)) << "one finding says it all";
    EXPECT_EQ(checkout.status, CheckoutStatus::incomplete);
}

TEST(Shipping, SelectsTheDestinationThatWasNamed) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    auto second = content.methods[0].destinations[0];
    second.id.clear();
    second.address.country = "DE";
    content.methods[0].destinations.push_back(second);
    auto method = shipping_of(shop, content);
    EXPECT_EQ(method.selected_destination_id, "home");
    EXPECT_EQ(method.destinations[1].id, "dest_2");
    content.methods[0].selected_destination_id = "dest_2";
    method = shipping_of(shop, content);
    EXPECT_EQ(method.options.size(), 1U);
}

TEST(Shipping, NeverGoesToAnAddressThatNobodyChose) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    content.methods[0].selected_destination_id = "unknown";
    auto const checkout = *shop.apply(content);
    EXPECT_TRUE(checkout.fulfillment.methods[0].selected_destination_id.empty());
    EXPECT_TRUE(has(checkout, FindingCode::selection_rejected, "$.fulfillment.methods[0].selected_destination_id"));
    EXPECT_FALSE(has(checkout, FindingCode::field_required));
    EXPECT_EQ(checkout.status, CheckoutStatus::incomplete);
}

TEST(Shipping, MethodWithoutCountriesGoesEverywhere) {
    Shop shop;
    shop.shipping[0].countries.clear();
    auto content = content_of({{"", "shirt", 1}});
    content.methods[0].destinations[0].address.country = "NZ";
    EXPECT_EQ(shop.apply(content)->status, CheckoutStatus::ready_for_complete);
}

}  // namespace
}  // namespace b2a::domain::testing
