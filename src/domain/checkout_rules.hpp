// SPDX-License-Identifier: Apache-2.0
// The steps that turn lines into a priced checkout. price() runs them in the one order that makes sense: items are
// discounted before shipping is priced (free shipping depends on it), and taxes come last. A cart goes the same way
// with a checkout that has no fulfilment.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

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

/// Bounds of what an agent may ask for, whatever it becomes.
Result<void> check_shape(CheckoutContent const& content);
/// Fills price, texts and the deliverable quantity of `line` from the facts, and takes its stock. False: the line
/// cannot be sold, and a finding at `path` says why.
bool fit_line(Line& line, LineFacts const& facts, Currency currency, std::string const& path, StockLedger& ledger,
              Findings& findings);
/// Replaces checkout.lines by the requested ones; lines of before that go on keep their ids.
void build_lines(Checkout& checkout, CheckoutContent const& content, PricingFacts const& facts);

std::string method_path(std::size_t index);
/// The choices an agent made, without what we computed from them.
std::vector<CheckoutContent::RequestedMethod> requests_of(Fulfillment const& fulfillment);
/// Gives every physical line to one method and resolves destinations. `before` are the lines that ids may also name
/// because they were there until now. Fails with selection_rejected for a pickup location that is none of ours; the
/// fulfilment is then well-formed all the same, without that choice.
Result<void> arrange(Checkout& checkout, std::vector<CheckoutContent::RequestedMethod> const& requested,
                     std::vector<Line> const& before, PricingFacts const& facts);
bool is_physical(Line const& line) noexcept;

/// Locations where all of `lines` can be collected, those close to what the context says first. `keep` is among them
/// however many there are, if it qualifies.
std::vector<Destination> pickup_destinations(std::vector<Line const*> const& lines, Context const& context,
                                             std::vector<Location> const* locations, std::string_view keep);
bool can_be_picked_up(std::vector<Line const*> const& lines, std::vector<Location> const* locations);
void offer_pickup(FulfillmentMethod& method, PricingFacts const& facts);
Result<void> offer_shipping(FulfillmentMethod& method, Checkout const& checkout, PricingFacts const& facts);
/// Options of all methods; a choice that is not on offer gives way to the cheapest, and a finding says so.
Result<void> offer_options(Checkout& checkout, PricingFacts const& facts);

Money const* in_currency(std::vector<Money> const& amounts, Currency currency) noexcept;
Result<Money> subtotal_of(Checkout const& checkout);
Result<void> discount_items(Checkout& checkout, PricingFacts const& facts);
/// Gives the shipping prices to the first free-shipping promotion, if there is one.
void discount_shipping(Checkout& checkout);
Result<void> add_up(Checkout& checkout, PricingFacts const& facts);

enum class Occasion : std::uint8_t { edit, completion };
/// Says of each claim whether something rests on it. Completion needs those claims attested.
void judge_claims(Checkout& checkout, PricingFacts const& facts, Occasion occasion);

Finding approval_finding();
/// Findings for what is still missing before this checkout can be completed.
void require_fields(Checkout& checkout);
void derive_status(Checkout& checkout);

/// All of the above over lines and methods; findings are appended. Fails when an amount is out of range.
Result<void> price(Checkout& checkout, PricingFacts const& facts, Occasion occasion);

}  // namespace b2a::domain::rules
