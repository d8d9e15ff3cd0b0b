// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

TEST(Totals, TaxIsOnEverythingThatIsPaid) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    content.methods[0].destinations[0].address.region = "ca";
    content.discount_codes = {"SAVE10", "FREESHIP"};
    content.methods[0].selected_option_id = "exp";
    auto const checkout = *shop.apply(content);
    EXPECT_EQ(amount_of(checkout, TotalKind::tax).minor, 131) << "7.25 % of 20.00 - 2.00 + 15.00 - 15.00, rounded";
    EXPECT_EQ(total_of(checkout).minor, 1931);
}

TEST(Totals, EveryMatchingRateIsItsOwnEntry) {
    Shop shop;
    shop.taxes = {{"US", "", 50'000, "Federal"}, {"US", "TX", 10'000, "State"}, {"US", "CA", 90'000, "Other"}};
    auto const checkout = *shop.apply(content_of({{"", "mug", 1}}));
    auto const taxes = std::ranges::count(checkout.totals, TotalKind::tax, &Total::kind);
    EXPECT_EQ(taxes, 2);
    EXPECT_EQ(amount_of(checkout, TotalKind::tax).minor, 75 + 15) << "5 % and 1 % of 14.99";
}

TEST(Totals, NamesAreStable) {
    EXPECT_EQ(to_text(TotalKind::items_discount), "items_discount");
    EXPECT_EQ(to_text(TotalKind::total), "total");
    EXPECT_EQ(to_text(FindingCode::discount_code_combination_disallowed), "discount_code_combination_disallowed");
    EXPECT_EQ(to_text(FindingCode::price_changed), "price_changed");
}

TEST(Totals, TaxFollowsThePickupLocation) {
    Shop shop;
    shop.taxes = {{"US", "NY", 100'000, "Sales tax"}};
    auto content = content_of({{"", "shirt", 1}, {"", "mug", 1}});
    content.methods = {method_of(FulfillmentKind::pickup, {}, "soho")};
    EXPECT_EQ(amount_of(*shop.apply(content), TotalKind::tax).minor, 300);
    // With a parcel in it, the purchase goes where the parcel goes.
    auto both = content_of({{"", "shirt", 1}, {"", "mug", 1}});
    both.methods.insert(both.methods.begin(), method_of(FulfillmentKind::pickup, {"li_1"}, "soho"));
    EXPECT_EQ(amount_of(*shop.apply(both), TotalKind::tax).minor, 0);
}

TEST(Totals, EveryMethodWithAPriceIsItsOwnEntry) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}, {"", "mug", 1}});
    content.methods.push_back(method_of(FulfillmentKind::pickup, {"li_2"}, "soho"));
    auto const checkout = *shop.apply(content);
    EXPECT_EQ(std::ranges::count(checkout.totals, TotalKind::fulfillment, &Total::kind), 1) << "pickup is free";
    EXPECT_EQ(total_of(checkout).minor, 2000 + 999 + 500);
}

}  // namespace
}  // namespace b2a::domain::testing
