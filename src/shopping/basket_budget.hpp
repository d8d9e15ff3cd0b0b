// SPDX-License-Identifier: Apache-2.0
// What goods may cost so that the basket stays in the budget. Delivery, tax and discounts come on top by the rules of a
// checkout: a little more in goods may cost less in all where delivery becomes free.
#pragma once

#include <cstdint>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/shopping/need.hpp"
#include "b2a/shopping/solver.hpp"

namespace b2a::shopping {

/// How the goods travel. Of mixed ones nobody knows yet how much has to be shipped: delivery counts at its full price.
enum class Travel : std::uint8_t { shipped, mixed, digital };

class BasketTotals {
  public:
    BasketTotals(catalog::Snapshot const& snapshot, Need const& need, Timestamp now, Travel travel);

    /// What everything costs when the goods cost `goods`; what costs nothing may still have to be sent. Errors:
    /// unprocessable for amounts out of range.
    [[nodiscard]] Result<std::int64_t> total(std::int64_t goods) const;
    /// Spans of the price of the goods within which the total is at most `budget`; at most `most` is looked at.
    [[nodiscard]] std::vector<CostSpan> within(std::int64_t budget, std::int64_t most) const;
    /// Prices of goods at which a delivery becomes free or a discount begins, ascending, with 0.
    [[nodiscard]] std::vector<std::int64_t> const& steps() const noexcept { return steps_; }

  private:
    catalog::Snapshot const& snapshot_;
    Need const& need_;
    Timestamp now_;
    Travel travel_;
    std::vector<std::int64_t> steps_;
};

}  // namespace b2a::shopping
