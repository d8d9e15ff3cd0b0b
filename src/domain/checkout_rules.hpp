// SPDX-License-Identifier: Apache-2.0
// The steps that turn lines into a priced checkout. price() runs them in the one order that makes sense: items are
// discounted before shipping is priced (free shipping depends on it), and taxes come last.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "b2a/domain/checkout.hpp"

namespace b2a::domain::rules {

/// Hands out live stock to the lines of one checkout, so that two lines of a variant cannot both take the last unit.
class StockLedger {
  public:
    /// What is left of a tracked variant; nullopt when it is not tracked.
    std::optional<std::int64_t> left(LineFacts const& facts);
    void take(LineFacts const& facts, std::int64_t quantity);

  private:
    std::map<std::string, std::int64_t, std::less<>> left_;
};

/// Fills price, texts and the deliverable quantity of `line` from the facts, and takes its stock. False: the line
/// cannot be sold, and a finding at `path` says why.
bool fit_line(Line& line, LineFacts const& facts, Currency currency, std::string const& path, StockLedger& ledger,
              Findings& findings);

Destination const* selected_destination(Checkout const& checkout);
ShippingOption const* selected_option(Checkout const& checkout);
bool needs_shipping(Checkout const& checkout);

Result<Money> subtotal_of(Checkout const& checkout);
Result<void> discount_items(Checkout& checkout, PricingFacts const& facts);
Result<void> offer_shipping(Checkout& checkout, PricingFacts const& facts);
/// Gives the shipping price to the first free-shipping code, if there is one.
void discount_shipping(Checkout& checkout);
Result<void> add_up(Checkout& checkout, PricingFacts const& facts);
Finding approval_finding();
/// Findings for what is still missing before this checkout can be completed.
void require_fields(Checkout& checkout);
void derive_status(Checkout& checkout);

/// All of the above over `checkout.lines`; findings are appended. Fails when an amount is out of range.
Result<void> price(Checkout& checkout, PricingFacts const& facts);

}  // namespace b2a::domain::rules
