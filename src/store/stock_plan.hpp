// SPDX-License-Identifier: Apache-2.0
// The stock rules of a change set, the same for every store: deltas in order, then absolute levels.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/store/change_set.hpp"

namespace b2a::store {

struct StockLevel {
    std::string variant_id;
    std::int64_t quantity = 0;
};

/// The levels that `deltas` and `sets` lead to. `level_of(variant_id)` gives Result<optional<int64>>, without a value
/// for a variant that is not tracked.
template <class LevelOf>
Result<std::vector<StockLevel>> plan_stock(std::vector<StockDelta> const& deltas, std::vector<StockSet> const& sets,
                                           LevelOf level_of) {
    std::vector<StockLevel> levels;
    auto const planned = [&levels](std::string const& id) {
        return std::ranges::find(levels, id, &StockLevel::variant_id);
    };
    for (auto const& [id, delta] : deltas) {
        auto found = planned(id);
        if (found == levels.end()) {
            B2A_TRY(level, level_of(id));
            if (!level) continue;
            levels.push_back({id, *level});
            found = levels.end() - 1;
        }
        std::int64_t next = 0;
        if (__builtin_add_overflow(found->quantity, delta, &next))
            return Error(Code::unprocessable, "the stock level is out of range", id);
        if (next < 0) return Error(Code::out_of_stock, "not enough in stock", id);
        found->quantity = next;
    }
    for (auto const& [id, quantity] : sets) {
        if (quantity < 0) return Error(Code::unprocessable, "a stock level is not negative", id);
        if (auto found = planned(id); found != levels.end()) {
            found->quantity = quantity;
        } else {
            levels.push_back({id, quantity});
        }
    }
    return levels;
}

}  // namespace b2a::store
