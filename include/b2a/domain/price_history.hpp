// SPDX-License-Identifier: Apache-2.0
// What an offer cost before: the history that the store keeps of published prices, and the one figure that an announced
// reduction needs of it (Directive 98/6/EC, Art. 6a): the lowest price of the 30 days before the reduction began.
#pragma once

#include <cstdint>
#include <optional>

#include "b2a/base/time.hpp"
#include "b2a/domain/product.hpp"

namespace b2a::domain {

inline constexpr std::chrono::days prior_price_window{30};

/// From `since` on the offer of one variant in one currency was this.
struct PricePoint {
    Timestamp since{};
    std::uint64_t revision = 0;         // of the catalog
    std::optional<std::int64_t> price;  // absent: not offered
    std::int64_t list = 0;              // above the price: a reduction was announced
    friend bool operator==(PricePoint const&, PricePoint const&) = default;
};

/// Follows a history from its newest point back, only as far as it has to.
///
/// The reduction began with the newest run of points that have today's price and announce a reduction: a list price
/// that is put beside an old price later does not make the time before it count as "before the reduction".
class PriorPriceSearch {
  public:
    /// The next older point; true: a still older one is needed.
    bool take(PricePoint const& point);
    /// nullopt: today's offer announces no reduction, or nothing is known of the time before it.
    [[nodiscard]] std::optional<PriorPrice> result() const noexcept;

  private:
    std::optional<std::int64_t> price_;  // today's
    bool announced_ = false;
    bool before_ = false;  // past the run
    Timestamp start_{};    // of the reduction
    Timestamp newer_{};    // since when the point taken last held no more
    std::optional<std::int64_t> lowest_;
    Timestamp from_{};
};

}  // namespace b2a::domain
