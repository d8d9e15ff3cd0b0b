// SPDX-License-Identifier: Apache-2.0
// What a provider's word makes of a checkout. Pure: order id and salt are drawn by the caller.
#pragma once

#include <string_view>
#include <vector>

#include "b2a/domain/order.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/service/payment_port.hpp"
#include "b2a/store/change_set.hpp"

namespace b2a::service {

/// The next state of a checkout with everything that has to be written with it.
struct Draft {
    CheckoutOutcome outcome;  // checkout.version is the version it was read at
    std::vector<store::StockDelta> stock;
    std::vector<store::AllowanceDraw> allowances;
    Bytes commitment_salt;  // with an order
    std::vector<audit::Event> events;
    std::optional<domain::Cart> cart;  // with a conversion: the cart as it was read, naming its checkout
};

/// Takes (−1) or gives back (+1) the units of every line.
std::vector<store::StockDelta> stock_of(domain::Checkout const& checkout, std::int64_t sign);

/// Completes the checkout and makes its order.
void place_order(CheckoutOutcome& outcome, OrderId id, Timestamp now);
/// declined, requires_action and unknown: findings, payment state and status.
void note_payment(domain::Checkout& checkout, PaymentOutcome outcome, std::string_view message);

/// SHA-256(salt ‖ buyer and selected destinations as RFC 8785 JSON): proves later what was agreed without saying it
/// now. Auditors rely on its form: docs/operations.md, "Personal data in evidence".
std::string commitment_of(domain::Order const& order, ByteView salt);

std::string_view to_text(PaymentOutcome outcome) noexcept;

}  // namespace b2a::service
