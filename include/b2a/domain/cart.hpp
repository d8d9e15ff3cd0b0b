// SPDX-License-Identifier: Apache-2.0
// The cart: lines with estimated prices before anybody commits to buying. It has no state machine; it is there until it
// is canceled or expires, and becomes a checkout by conversion.
#pragma once

#include "b2a/domain/checkout.hpp"

namespace b2a::domain {

struct Cart {
    CartId id;
    std::uint64_t version = 0;  // optimistic lock; 0 is "not stored yet"
    std::string owner;
    bool canceled = false;
    Currency currency;
    std::vector<Line> lines;
    Buyer buyer;
    Context context;
    std::map<std::string, std::string> attribution;
    std::vector<std::string> discount_codes;
    std::vector<AppliedDiscount> discounts;
    std::vector<Total> totals;  // without shipping and tax, which are known at checkout
    Findings findings;
    Timestamp created{};
    Timestamp expires{};
    std::optional<CheckoutId> checkout_id;  // the latest made from it
    std::uint64_t catalog_revision = 0;
    Disclosures disclosures;
    friend bool operator==(Cart const&, Cart const&) = default;
};

/// The cart's content replaced: prices, discounts and totals by the rules of a checkout, without fulfilment and
/// payment, which a cart ignores. No lines are no error: a cart may be empty. Errors: unprocessable for amounts out of
/// range.
Result<Cart> apply_content(Cart base, CheckoutContent const& content, PricingFacts const& facts);

/// The disclosures that its lines need, and those that a policy obliges to.
void disclose(Cart& cart, PricingFacts const& facts, Obliged const& obliged = {});

/// What a checkout made from `cart` starts with: the cart's members win where both have them (UCP cart, conversion).
/// The lines keep the cart's ids if the checkout's base starts with the cart's lines.
CheckoutContent convert(Cart const& cart, CheckoutContent overlay);

}  // namespace b2a::domain
