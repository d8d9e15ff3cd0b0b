// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/text.hpp"

#include "domain/checkout_rules.hpp"

namespace b2a::domain::rules {
namespace {

Money const* in_currency(std::vector<Money> const& amounts, Currency currency) {
    auto const found = std::ranges::find(amounts, currency, &Money::currency);
    return found == amounts.end() ? nullptr : &*found;
}

bool serves(ShippingMethod const& method, std::string_view country) {
    return method.countries.empty() ||
           std::ranges::any_of(method.countries, [&](auto const& c) { return iequals(c, country); });
}

std::optional<ShippingOption> offer(ShippingMethod const& method, Money net, Timestamp now) {
    auto const* price = in_currency(method.prices, net.currency);
    if (price == nullptr || price->minor < 0) return std::nullopt;
    ShippingOption option{method.id, method.title, method.description, method.carrier, price->minor, {}, {}};
    auto const* threshold = in_currency(method.free_above, net.currency);
    if (threshold != nullptr && net.minor >= threshold->minor) option.minor = 0;
    option.earliest = now + std::chrono::days(method.days_min);
    option.latest = now + std::chrono::days(std::max(method.days_min, method.days_max));
    return option;
}

}  // namespace

Destination const* selected_destination(Checkout const& checkout) {
    auto const& destinations = checkout.fulfillment.destinations;
    auto const found = std::ranges::find(destinations, checkout.fulfillment.selected_destination_id, &Destination::id);
    return found == destinations.end() ? nullptr : &*found;
}

ShippingOption const* selected_option(Checkout const& checkout) {
    auto const& options = checkout.fulfillment.options;
    auto const found = std::ranges::find(options, checkout.fulfillment.selected_option_id, &ShippingOption::id);
    return found == options.end() ? nullptr : &*found;
}

bool needs_shipping(Checkout const& checkout) {
    return std::ranges::any_of(checkout.lines, [](auto const& l) { return l.delivery == Delivery::physical; });
}

Result<void> offer_shipping(Checkout& checkout, PricingFacts const& facts) {
    auto& fulfillment = checkout.fulfillment;
    fulfillment.options.clear();
    auto const* destination = selected_destination(checkout);
    if (!needs_shipping(checkout) || destination == nullptr || destination->address.country.empty()) {
        fulfillment.selected_option_id.clear();
        return {};
    }
    B2A_TRY(net, subtotal_of(checkout));
    for (auto const& line : checkout.lines) net.minor += line.discount_minor;
    if (facts.shipping != nullptr)
        for (auto const& method : *facts.shipping)
            if (serves(method, destination->address.country))
                if (auto option = offer(method, net, facts.now)) fulfillment.options.push_back(std::move(*option));
    if (selected_option(checkout) != nullptr) return {};
    auto const cheapest = std::ranges::min_element(fulfillment.options, {}, &ShippingOption::minor);
    fulfillment.selected_option_id = cheapest == fulfillment.options.end() ? std::string() : cheapest->id;
    return {};
}

}  // namespace b2a::domain::rules
