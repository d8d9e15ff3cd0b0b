// SPDX-License-Identifier: Apache-2.0
// What a basket costs once it is at the door, and when it is there: prices, discounts that apply by themselves, the
// cheapest delivery in time, tax. The rules are the checkout's own, so the checkout will say the same.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/checkout.hpp"
#include "b2a/shopping/need.hpp"

namespace b2a::shopping {

struct LandedLine {
    std::string variant_id;
    std::int64_t quantity = 1;
};

struct LandedQuery {
    std::vector<LandedLine> lines;
    Currency currency;
    std::optional<Destination> ship_to;                    // absent: without delivery and tax
    std::optional<std::chrono::year_month_day> needed_by;  // UTC
    std::string shipping_method;  // empty: the cheapest that arrives in time, else the cheapest
    Timestamp now{};
};

struct Landed {
    std::vector<domain::Total> totals;  // as a checkout shows them
    Money total;
    std::optional<domain::ShippingOption> shipping;  // absent where nothing is shipped, or where no method goes there
    bool deliverable = true;                         // false: it has to be shipped, and no method goes there
    /// When everything is there; absent where that is not known.
    std::optional<Timestamp> earliest, latest;
};

/// Stock is not asked: the price is of the whole quantity. Errors: not_found when a line is unknown or has no price in
/// that currency, unprocessable for amounts out of range.
Result<Landed> landed_cost(catalog::Snapshot const& snapshot, LandedQuery const& query);

/// Likewise for lines that are in no catalog: `facts` has one for each of the query.
Result<Landed> landed_cost(domain::PricingFacts const& facts, LandedQuery const& query);

/// Does it arrive on that day at the latest?
bool arrives_by(Timestamp latest, std::chrono::year_month_day day) noexcept;

}  // namespace b2a::shopping
