// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/text.hpp"

#include "domain/checkout_rules.hpp"

namespace b2a::domain {

std::string_view to_text(TotalKind kind) noexcept {
    switch (kind) {
        case TotalKind::subtotal: return "subtotal";
        case TotalKind::items_discount: return "items_discount";
        case TotalKind::discount: return "discount";
        case TotalKind::fulfillment: return "fulfillment";
        case TotalKind::tax: return "tax";
        case TotalKind::fee: return "fee";
        case TotalKind::total: return "total";
    }
    return "total";
}

Money amount_of(Checkout const& checkout, TotalKind kind) {
    Money sum{0, checkout.currency};
    for (auto const& entry : checkout.totals)
        if (entry.kind == kind) sum.minor += entry.minor;
    return sum;
}

Money total_of(Checkout const& checkout) {
    return amount_of(checkout, TotalKind::total);
}

namespace rules {

Money const* in_currency(std::vector<Money> const& amounts, Currency currency) noexcept {
    auto const found = std::ranges::find(amounts, currency, &Money::currency);
    return found == amounts.end() ? nullptr : &*found;
}

Result<Money> subtotal_of(Checkout const& checkout) {
    Money sum{0, checkout.currency};
    for (auto const& line : checkout.lines) {
        B2A_TRY(price, multiply(Money{line.unit_minor, checkout.currency}, line.quantity));
        B2A_TRY(next, add(sum, price));
        sum = next;
    }
    return sum;
}

Result<void> add_up(Checkout& checkout, PricingFacts const& facts) {
    B2A_TRY(running, subtotal_of(checkout));
    checkout.totals.clear();
    checkout.totals.push_back({TotalKind::subtotal, running.minor, "Subtotal"});
    auto const enter = [&](TotalKind kind, std::int64_t minor, std::string title) -> Result<void> {
        if (minor == 0) return {};  // UCP refuses a discount of zero; the other kinds follow for uniformity
        B2A_TRY(next, add(running, Money{minor, checkout.currency}));
        running = next;
        checkout.totals.push_back({kind, minor, std::move(title)});
        return {};
    };

    std::int64_t items = 0;
    std::int64_t shipping = 0;
    for (auto const& line : checkout.lines) items += line.discount_minor;
    for (auto const& discount : checkout.discounts)
        if (discount.line_allocations.empty()) shipping -= discount.minor;
    B2A_CHECK(enter(TotalKind::items_discount, items, "Discount"));
    for (auto const& method : checkout.fulfillment.methods)
        if (auto const* option = selected_option(method))
            B2A_CHECK(enter(TotalKind::fulfillment, option->minor, option->title));
    B2A_CHECK(enter(TotalKind::discount, shipping, "Shipping discount"));

    auto const net = running;
    checkout.taxes.clear();
    auto const* destination = main_destination(checkout.fulfillment);
    if (destination != nullptr && facts.taxes != nullptr)
        for (auto const& rate : *facts.taxes) {
            if (!iequals(rate.country, destination->address.country)) continue;
            if (!rate.region.empty() && !iequals(rate.region, destination->address.region)) continue;
            B2A_TRY(tax, share_ppm(net, std::max<std::int64_t>(rate.rate_ppm, 0)));
            B2A_CHECK(enter(TotalKind::tax, tax.minor, rate.title));
            if (tax.minor != 0)
                checkout.taxes.push_back({rate.country, rate.region, rate.rate_ppm, net.minor, tax.minor, rate.title});
        }
    checkout.totals.push_back({TotalKind::total, running.minor, "Total"});
    return {};
}

Result<void> price(Checkout& checkout, PricingFacts const& facts, Occasion occasion) {
    checkout.catalog_revision = facts.catalog_revision;
    B2A_CHECK(discount_items(checkout, facts));
    B2A_CHECK(offer_options(checkout, facts));
    discount_shipping(checkout);
    B2A_CHECK(add_up(checkout, facts));
    judge_claims(checkout, facts, occasion);
    require_fields(checkout);
    derive_status(checkout);
    disclose(checkout, facts);
    return {};
}

}  // namespace rules
}  // namespace b2a::domain
