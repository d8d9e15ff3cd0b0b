// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/order.hpp"

#include <algorithm>

namespace b2a::domain {

std::string_view to_text(FulfillmentEventType type) noexcept {
    switch (type) {
        case FulfillmentEventType::processing: return "processing";
        case FulfillmentEventType::shipped: return "shipped";
        case FulfillmentEventType::delivered: return "delivered";
    }
    return "processing";
}

std::string_view to_text(AdjustmentStatus status) noexcept {
    switch (status) {
        case AdjustmentStatus::pending: return "pending";
        case AdjustmentStatus::completed: return "completed";
        case AdjustmentStatus::failed: return "failed";
    }
    return "completed";
}

namespace {

/// What was chosen, without what else was on offer.
FulfillmentMethod settled(FulfillmentMethod const& method) {
    auto out = method;
    out.destinations.clear();
    out.options.clear();
    if (auto const* destination = selected_destination(method)) out.destinations.push_back(*destination);
    if (auto const* option = selected_option(method)) out.options.push_back(*option);
    return out;
}

}  // namespace

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
    for (auto const& method : checkout.fulfillment.methods) order.methods.push_back(settled(method));
    order.totals = checkout.totals;
    order.payment = checkout.payment;
    order.subscription = checkout.subscription;
    order.catalog_revision = checkout.catalog_revision;
    order.taxes = checkout.taxes;
    order.disclosures = checkout.disclosures;
    // The tail of the id is its random part: short enough to say on the phone, and still rarely met twice.
    auto const text = id.text();
    order.label = text.substr(text.size() - 8);
    std::ranges::transform(order.label, order.label.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return order;
}

}  // namespace b2a::domain
