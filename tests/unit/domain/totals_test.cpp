// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

TEST(Totals, TaxIsOnEverythingThatIsPaid) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    content.destinations[0].address.region = "ca";
    content.discount_codes = {"SAVE10", "FREESHIP"};
    content.selected_option_id = "exp";
    auto const checkout = *shop.apply(content);
    EXPECT_EQ(amount_of(checkout, TotalKind::tax).minor, 131) << "7.25 % of 20.00 - 2.00 + 15.00 - 15.00, rounded";
    EXPECT_EQ(total_of(checkout).minor, 1931);
}

TEST(Totals, EveryMatchingRateIsItsOwnEntry) {
    Shop shop;
    shop.taxes = {{"US", "", 50'000, "Federal"}, {"US", "TX", 10'000, "State"}, {"US", "CA", 90'000, "Other"}};
    auto const checkout = *shop.apply(content_of({{"", "ebook", 1}}));
    auto const taxes = std::ranges::count(checkout.totals, TotalKind::tax, &Total::kind);
    EXPECT_EQ(taxes, 2);
    EXPECT_EQ(amount_of(checkout, TotalKind::tax).minor, 35 + 7);
}

TEST(Totals, NamesAreStable) {
    EXPECT_EQ(to_text(TotalKind::items_discount), "items_discount");
    EXPECT_EQ(to_text(TotalKind::total), "total");
    EXPECT_EQ(to_text(FindingCode::discount_code_combination_disallowed), "discount_code_combination_disallowed");
    EXPECT_EQ(to_text(FindingCode::price_changed), "price_changed");
}

void check_invariants(Checkout const& checkout) {
    std::int64_t sum = 0;
    std::int64_t allocated = 0;
    for (auto const& entry : checkout.totals) {
        if (entry.kind == TotalKind::total) continue;
        sum += entry.minor;
        bool const discount = entry.kind == TotalKind::items_discount || entry.kind == TotalKind::discount;
        RC_ASSERT((discount ? entry.minor < 0 : entry.minor >= 0));
        RC_ASSERT((entry.kind == TotalKind::subtotal || entry.minor != 0));
    }
    RC_ASSERT((std::ranges::count(checkout.totals, TotalKind::subtotal, &Total::kind) == 1));
    RC_ASSERT((std::ranges::count(checkout.totals, TotalKind::total, &Total::kind) == 1));
    RC_ASSERT(sum == total_of(checkout).minor);
    RC_ASSERT(sum >= 0);
    for (auto const& line : checkout.lines) {
        RC_ASSERT(line.discount_minor <= 0);
        RC_ASSERT((line.unit_minor * line.quantity + line.discount_minor >= 0));
        allocated += line.discount_minor;
    }
    RC_ASSERT(allocated == amount_of(checkout, TotalKind::items_discount).minor);
    for (auto const& discount : checkout.discounts) {
        std::int64_t parts = 0;
        for (auto const part : discount.line_allocations) parts += part;
        RC_ASSERT((discount.line_allocations.empty() || parts == discount.minor));
    }
}

RC_GTEST_PROP(Totals, AddUpForAnyCart, ()) {
    Shop shop;
    auto const count = *rc::gen::inRange(1, 12);
    auto content = content_of({});
    for (int i = 0; i < count; ++i) {
        auto const id = "r" + std::to_string(i);
        shop.sell(id, *rc::gen::inRange<std::int64_t>(0, 1'000'000), *rc::gen::inRange<std::int64_t>(0, 50),
                  *rc::gen::element(Delivery::physical, Delivery::digital));
        content.lines.push_back({"", id, *rc::gen::inRange<std::int64_t>(1, 40)});
    }
    shop.promotions[0].rate_ppm = *rc::gen::inRange<std::int64_t>(0, 1'100'000);
    shop.promotions[1].amounts = {{*rc::gen::inRange<std::int64_t>(0, 5'000'000), usd()}};
    shop.promotions[2].rate_ppm = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
    content.discount_codes =
        *rc::gen::resize(6, rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                                "SAVE10", "FIVE", "five", "EXTRA", "OLD", "FREESHIP", "NOPE")));
    content.destinations[0].address.country = *rc::gen::element<std::string>("US", "DE", "NZ", "");
    content.destinations[0].address.region = *rc::gen::element<std::string>("CA", "TX");
    content.selected_option_id = *rc::gen::element<std::string>("", "std", "exp", "nope");

    auto const checkout = shop.apply(content);
    if (!checkout) {
        RC_ASSERT(checkout.error().code == Code::out_of_stock);
        return;
    }
    check_invariants(*checkout);
    auto const again = reprice(*checkout, shop.facts(*checkout));
    check_invariants(again);
    RC_ASSERT(total_of(again) == total_of(*checkout));
}

}  // namespace
}  // namespace b2a::domain::testing
