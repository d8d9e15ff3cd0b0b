// SPDX-License-Identifier: Apache-2.0
// The order: an immutable record of what was bought, plus append-only fulfilment events.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "b2a/base/id.hpp"
#include "b2a/base/result.hpp"
#include "b2a/domain/checkout.hpp"

namespace b2a::domain {

enum class FulfillmentEventType : std::uint8_t { processing, shipped, delivered };
std::string_view to_text(FulfillmentEventType type) noexcept;

struct LineQuantity {
    std::string line_id;
    std::int64_t quantity = 0;
    friend bool operator==(LineQuantity const&, LineQuantity const&) = default;
};

struct FulfillmentEvent {
    std::string id;
    Timestamp occurred_at{};
    FulfillmentEventType type = FulfillmentEventType::processing;
    std::string carrier;
    std::string tracking_number;
    std::string tracking_url;
    std::string description;
    std::vector<LineQuantity> lines;  // never empty in a stored order
    friend bool operator==(FulfillmentEvent const&, FulfillmentEvent const&) = default;
};

enum class AdjustmentStatus : std::uint8_t { pending, completed, failed };
std::string_view to_text(AdjustmentStatus status) noexcept;

/// What changed about an order after it was placed: a refund, a return, a cancellation of lines. Append-only.
struct Adjustment {
    std::string id;
    std::string type;  // "refund", "return", "cancellation", … (open)
    Timestamp occurred_at{};
    AdjustmentStatus status = AdjustmentStatus::completed;
    std::vector<LineQuantity> lines;  // signed: negative quantities leave the order
    std::int64_t minor = 0;           // signed change of what the buyer pays in the order's currency; 0: none
    std::string description;
    friend bool operator==(Adjustment const&, Adjustment const&) = default;
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
    std::vector<FulfillmentMethod> methods;  // with the selected destination and option only; empty for digital orders
    std::vector<Total> totals;
    Payment payment;
    std::vector<FulfillmentEvent> events;
    std::vector<Adjustment> adjustments;
    Subscription subscription;
    std::string label;  // short human number
    std::uint64_t catalog_revision = 0;
    std::vector<AppliedTax> taxes;
    Disclosures disclosures;  // as they were when it was placed
    friend bool operator==(Order const&, Order const&) = default;
};

/// The order that a completed checkout becomes.
Order make_order(Checkout const& checkout, OrderId id, Timestamp now);
/// Units of `line` that the order still holds: what was bought less what completed adjustments took away.
std::int64_t total_quantity(Order const& order, Line const& line);
/// Units of `line` that have reached the carrier or the buyer; digital lines from the start. Never above the total.
std::int64_t fulfilled_quantity(Order const& order, Line const& line);

/// The last moment to withdraw: the end of the day that is `days` after everything physical was delivered, or after the
/// order was placed when nothing is. nullopt while something is on its way.
std::optional<Timestamp> withdrawal_deadline(Order const& order, std::int64_t days);
/// What an answer about the order has to say now: its disclosures, with the deadline once there is one.
Disclosures current_disclosures(Order const& order);

/// The order with one more event. An event without lines concerns every unit that has not got that far. Errors:
/// unprocessable with a JSON pointer (unknown line, more units than are left, delivered before shipped, nothing left).
Result<Order> record(Order order, FulfillmentEvent event);
/// The order with one more adjustment. Errors: unprocessable (unknown line, more units than the order holds, a refund
/// of more than was paid).
Result<Order> adjust(Order order, Adjustment adjustment);

}  // namespace b2a::domain
