// SPDX-License-Identifier: Apache-2.0
// The order: an immutable record of what was bought, plus append-only fulfilment events.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "b2a/base/id.hpp"
#include "b2a/domain/checkout.hpp"

namespace b2a::domain {

enum class FulfillmentEventType : std::uint8_t { processing, shipped, delivered };
std::string_view to_text(FulfillmentEventType type) noexcept;

struct FulfillmentEvent {
    std::string id;
    Timestamp occurred_at{};
    FulfillmentEventType type = FulfillmentEventType::processing;
    std::string carrier;
    std::string tracking_number;
    std::string tracking_url;
    friend bool operator==(FulfillmentEvent const&, FulfillmentEvent const&) = default;
};

struct Order {
    OrderId id;
    CheckoutId checkout_id;
    std::uint64_t version = 0;
    std::string owner;
    Timestamp created{};
    Currency currency;
    std::vector<Line> lines;
    Buyer buyer;
    std::map<std::string, std::string> attribution;
    std::vector<AppliedDiscount> discounts;
    Destination destination;
    ShippingOption shipping;  // id empty for digital orders
    std::vector<Total> totals;
    Payment payment;
    std::vector<FulfillmentEvent> events;
    std::string label;  // short human number
    friend bool operator==(Order const&, Order const&) = default;
};

/// The order that a completed checkout becomes.
Order make_order(Checkout const& checkout, OrderId id, Timestamp now);
/// Units of `line` that have left: all of them once a shipped event exists, for digital lines from the start.
std::int64_t fulfilled_quantity(Order const& order, Line const& line);

}  // namespace b2a::domain
