// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/text.hpp"

#include "domain/checkout_rules.hpp"

namespace b2a::domain {

bool serves(ShippingMethod const& method, std::string_view country) noexcept {
    return method.countries.empty() ||
           std::ranges::any_of(method.countries, [&](auto const& c) { return iequals(c, country); });
}

DeliveryWindow delivery_window(ShippingMethod const& method, Timestamp now) noexcept {
    return {now + std::chrono::days(method.days_min),
            now + std::chrono::days(std::max(method.days_min, method.days_max))};
}

namespace rules {
namespace {

std::optional<ShippingOption> offer(ShippingMethod const& method, Money net, Timestamp now) {
    auto const* price = in_currency(method.prices, net.currency);
    if (price == nullptr || price->minor < 0) return std::nullopt;
    ShippingOption option{method.id, method.title, method.description, method.carrier, price->minor, {}, {}};
    auto const* threshold = in_currency(method.free_above, net.currency);
    if (threshold != nullptr && net.minor >= threshold->minor) option.minor = 0;
    auto const window = delivery_window(method, now);
    option.earliest = window.earliest;
    option.latest = window.latest;
    return option;
}

/// What the lines of the method cost after discounts.
Result<Money> net_of(FulfillmentMethod const& method, Checkout const& checkout) {
    Money net{0, checkout.currency};
    for (auto const& line : checkout.lines) {
        if (std::ranges::find(method.line_ids, line.id) == method.line_ids.end()) continue;
        B2A_TRY(price, multiply(Money{line.unit_minor, checkout.currency}, line.quantity));
        B2A_TRY(sum, add(net, Money{price.minor + line.discount_minor, checkout.currency}));
        net = sum;
    }
    return net;
}

}  // namespace

Result<void> offer_shipping(FulfillmentMethod& method, Checkout const& checkout, PricingFacts const& facts) {
    method.options.clear();
    auto const* destination = domain::selected_destination(method);
    if (destination == nullptr || destination->address.country.empty() || facts.shipping == nullptr) return {};
    B2A_TRY(net, net_of(method, checkout));
    for (auto const& candidate : *facts.shipping)
        if (serves(candidate, destination->address.country))
            if (auto option = offer(candidate, net, facts.now)) method.options.push_back(std::move(*option));
    return {};
}

}  // namespace rules
}  // namespace b2a::domain
