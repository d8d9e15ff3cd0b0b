// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/price_history.hpp"

#include <algorithm>

namespace b2a::domain {

bool PriorPriceSearch::take(PricePoint const& point) {
    bool const first = newer_ == Timestamp{} && !price_;
    bool const announces = point.price && point.list > *point.price;
    if (first) {
        price_ = point.price;
        announced_ = announces;
        if (!announces) return false;
    }
    if (!before_ && announces && point.price == price_) {
        start_ = newer_ = point.since;
        return true;
    }
    before_ = true;
    auto const window = start_ - prior_price_window;
    auto const until = newer_;
    newer_ = point.since;
    if (until <= window) return false;
    from_ = std::max(point.since, window);
    // Two points of one instant: the older one never held.
    if (point.price && until > point.since) lowest_ = std::min(lowest_.value_or(*point.price), *point.price);
    return point.since > window;
}

std::optional<PriorPrice> PriorPriceSearch::result() const noexcept {
    if (!announced_ || !before_ || !lowest_) return std::nullopt;
    return PriorPrice{*lowest_, from_, start_};
}

}  // namespace b2a::domain
