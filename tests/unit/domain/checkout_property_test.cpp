// SPDX-License-Identifier: Apache-2.0
// What holds for any cart, with whatever methods, codes and claims.
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/domain/any_case.hpp"

namespace b2a::domain::testing {
namespace {

template <class Priced>
void check_amounts(Priced const& priced) {
    std::int64_t sum = 0;
    std::int64_t total = 0;
    std::int64_t items = 0;
    std::int64_t allocated = 0;
    for (auto const& entry : priced.totals) {
        if (entry.kind == TotalKind::items_discount) items += entry.minor;
        if (entry.kind == TotalKind::total) total += entry.minor;
        if (entry.kind == TotalKind::total) continue;
        sum += entry.minor;
        bool const discount = entry.kind == TotalKind::items_discount || entry.kind == TotalKind::discount;
        RC_ASSERT((discount ? entry.minor < 0 : entry.minor >= 0));
        RC_ASSERT((entry.kind == TotalKind::subtotal || entry.minor != 0));
    }
    RC_ASSERT((std::ranges::count(priced.totals, TotalKind::subtotal, &Total::kind) == 1));
    RC_ASSERT((std::ranges::count(priced.totals, TotalKind::total, &Total::kind) == 1));
    RC_ASSERT(sum == total);
    RC_ASSERT(sum >= 0);
    for (auto const& line : priced.lines) {
        RC_ASSERT(line.discount_minor <= 0);
        RC_ASSERT((line.unit_minor * line.quantity + line.discount_minor >= 0));
        allocated += line.discount_minor;
    }
    RC_ASSERT(allocated == items);
    for (auto const& discount : priced.discounts) {
        std::int64_t parts = 0;
        for (auto const part : discount.line_allocations) parts += part;
        RC_ASSERT((discount.line_allocations.empty() || parts == discount.minor));
        RC_ASSERT((discount.minor > 0 || !discount.code.empty()));
        RC_ASSERT((!discount.provisional || !discount.eligibility.empty()));
    }
}

void check_methods(Checkout const& checkout) {
    std::multiset<std::string> carried;
    std::set<FulfillmentKind> kinds;
    for (auto const& method : checkout.fulfillment.methods) {
        RC_ASSERT(!method.line_ids.empty());
        RC_ASSERT(kinds.insert(method.kind).second);
        RC_ASSERT(method.id == to_text(method.kind));
        RC_ASSERT(method.selected_destination_id.empty() == (selected_destination(method) == nullptr));
        RC_ASSERT(method.selected_option_id.empty() == (selected_option(method) == nullptr));
        RC_ASSERT(method.options.empty() == method.selected_option_id.empty());
        carried.insert(method.line_ids.begin(), method.line_ids.end());
    }
    for (auto const& line : checkout.lines)
        RC_ASSERT(carried.count(line.id) == (line.delivery == Delivery::physical ? 1U : 0U));
    RC_ASSERT(carried.size() <= checkout.lines.size());
}

RC_GTEST_PROP(AnyCheckout, AddsUpAndCarriesEveryLineOnce, ()) {
    auto const any = any_case();
    auto const checkout = any.shop.apply(any.content);
    if (!checkout) {
        RC_ASSERT((checkout.error().code == Code::out_of_stock || checkout.error().code == Code::selection_rejected));
        return;
    }
    check_amounts(*checkout);
    check_methods(*checkout);
    RC_ASSERT(*any.shop.apply(any.content) == *checkout);

    auto const again = reprice(*checkout, any.shop.facts(*checkout));
    check_amounts(again);
    check_methods(again);
    if (checkout->status != CheckoutStatus::ready_for_complete) return;
    RC_ASSERT(total_of(again) == total_of(*checkout));
    RC_ASSERT(again.fulfillment == checkout->fulfillment);
    bool const provisional = std::ranges::any_of(checkout->discounts, &AppliedDiscount::provisional);
    RC_ASSERT((again.status == CheckoutStatus::ready_for_complete) == !provisional);
}

RC_GTEST_PROP(AnyCart, AddsUpAndCostsWhatTheItemsOfItsCheckoutCost, ()) {
    auto any = any_case();
    auto const cart = any.shop.fill(any.content);
    RC_ASSERT(cart.ok());
    check_amounts(*cart);
    any.content.methods.clear();
    auto const checkout = any.shop.apply(any.content);
    if (!checkout) return;
    RC_ASSERT(checkout->lines == cart->lines);
    RC_ASSERT(total_of(*checkout).minor == cart->totals.back().minor);
}

}  // namespace
}  // namespace b2a::domain::testing
