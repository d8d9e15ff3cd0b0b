// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/order.hpp"

#include <algorithm>

#include "domain/checkout_rules.hpp"

namespace b2a::domain {

std::string_view to_text(FulfillmentEventType type) noexcept {
    switch (type) {
        case FulfillmentEventType::processing: return "processing";
        case FulfillmentEventType::shipped: return "shipped";
        case FulfillmentEventType::delivered: return "delivered";
    }
    return "processing";
}

Order make_order(Checkout const& checkout, OrderId id, Timestamp now) {
    Order order;
    order.id = id;
    order.checkout_id = checkout.id;
    order.owner = checkout.owner;
    order.created = now;
    order.currency = checkout.currency;
    order.lines = checkout.lines;
    order.buyer = checkout.buyer;
    order.attribution = checkout.attribution;
    order.discounts = checkout.discounts;
    if (auto const* destination = rules::selected_destination(checkout)) order.destination = *destination;
    if (auto const* option = rules::selected_option(checkout)) order.shipping = *option;
    order.totals = checkout.totals;
    order.payment = checkout.payment;
    // The tail of the id is its random part: short enough to say on the phone, and still rarely met twice.
    auto const text = id.text();
    order.label = text.substr(text.size() - 8);
    std::ranges::transform(order.label, order.label.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return order;
}

std::int64_t fulfilled_quantity(Order const& order, Line const& line) {
    if (line.delivery == Delivery::digital) return line.quantity;
    bool const left = std::ranges::any_of(
        order.events, [](auto const& event) { return event.type != FulfillmentEventType::processing; });
    return left ? line.quantity : 0;
}

}  // namespace b2a::domain
