// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

TEST(Shipping, OffersWhatServesTheCountryInTheCurrency) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    auto checkout = *shop.apply(content);
    ASSERT_EQ(checkout.fulfillment.options.size(), 2U);
    EXPECT_EQ(checkout.fulfillment.options[0].earliest, at_noon() + std::chrono::days(3));
    EXPECT_EQ(checkout.fulfillment.options[0].latest, at_noon() + std::chrono::days(5));
    content.destinations[0].address.country = "de";
    checkout = *shop.apply(content);
    ASSERT_EQ(checkout.fulfillment.options.size(), 1U);
    EXPECT_EQ(checkout.fulfillment.options[0].id, "std");
}

TEST(Shipping, TakesTheCheapestUnlessToldOtherwise) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    EXPECT_EQ(shop.apply(content)->fulfillment.selected_option_id, "std");
    content.selected_option_id = "exp";
    auto checkout = *shop.apply(content);
    EXPECT_EQ(checkout.fulfillment.selected_option_id, "exp");
    EXPECT_EQ(amount_of(checkout, TotalKind::fulfillment).minor, 1500);
    content.selected_option_id = "vanished";
    EXPECT_EQ(shop.apply(content)->fulfillment.selected_option_id, "std");
}

TEST(Shipping, IsFreeAboveTheThresholdAfterDiscounts) {
    Shop shop;
    auto content = content_of({{"", "shirt", 5}});
    EXPECT_EQ(amount_of(*shop.apply(content), TotalKind::fulfillment).minor, 0);
    content.discount_codes = {"SAVE10"};
    EXPECT_EQ(amount_of(*shop.apply(content), TotalKind::fulfillment).minor, 500);
}

TEST(Shipping, SaysWhenNothingShipsThere) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    content.destinations[0].address.country = "NZ";
    auto const checkout = *shop.apply(content);
    EXPECT_TRUE(has(checkout, FindingCode::address_undeliverable, "$.fulfillment.methods[0].destinations[0]"));
    EXPECT_EQ(checkout.status, CheckoutStatus::incomplete);
}

TEST(Shipping, SelectsTheDestinationThatWasNamed) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    auto second = content.destinations[0];
    second.id.clear();
    second.address.country = "DE";
    content.destinations.push_back(second);
    auto checkout = *shop.apply(content);
    EXPECT_EQ(checkout.fulfillment.selected_destination_id, "home");
    EXPECT_EQ(checkout.fulfillment.destinations[1].id, "dest_2");
    content.selected_destination_id = "dest_2";
    checkout = *shop.apply(content);
    EXPECT_EQ(checkout.fulfillment.options.size(), 1U);
    content.selected_destination_id = "unknown";
    EXPECT_EQ(shop.apply(content)->fulfillment.selected_destination_id, "home");
}

TEST(Shipping, MethodWithoutCountriesGoesEverywhere) {
    Shop shop;
    shop.shipping[0].countries.clear();
    auto content = content_of({{"", "shirt", 1}});
    content.destinations[0].address.country = "NZ";
    EXPECT_EQ(shop.apply(content)->status, CheckoutStatus::ready_for_complete);
}

}  // namespace
}  // namespace b2a::domain::testing
