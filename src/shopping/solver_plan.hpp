// SPDX-License-Identifier: Apache-2.0
// A problem made ready for the search: candidates that cannot matter are gone, slots and candidates are in the order in
// which they are tried, and bounds of what the rest can bring are at hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "b2a/shopping/solver.hpp"

namespace b2a::shopping {

/// Utilities are compared with prices times a multiplier: both have this many binary digits more than a utility.
inline constexpr unsigned plan_shift = 16;

/// A candidate in the order of its slot.
struct Choice {
    Candidate const* candidate = nullptr;
    std::size_t index = 0;     // in the slot of the problem
    std::int64_t own_max = 0;  // bonuses with the other places of its own slot, at most
    std::int64_t reduced = 0;  // scaled: the most that it adds when the slots before it are filled, less its price
    // By planned slot, and the end; both up to that slot, with the other slots only:
    std::vector<std::int64_t> gain_max;  // bonuses, at most
    std::vector<std::int64_t> share;     // scaled: this one's share of them while both are open
};

struct PlannedSlot {
    std::size_t slot = 0;  // of the problem
    bool required = true;
    std::uint32_t repeat = 1;
    std::vector<Choice> choices;  // by descending `reduced`, then index
    std::int64_t later_max = 0;   // scaled: what a choice may add to its `reduced` while later slots are open

    /// Scaled: bonuses of a choice with the slots from `open` on, which are not filled yet.
    [[nodiscard]] static std::int64_t open_gain(Choice const& choice, std::size_t open) noexcept {
        return choice.share.empty() ? 0 : choice.share.back() - choice.share[open];
    }
};

struct Plan {
    bool possible = false;    // no place is without a candidate, and the cheapest of all are not too dear
    std::int64_t budget = 0;  // the most that everything may cost
    std::vector<PlannedSlot> slots;
    std::vector<std::size_t> places;      // planned slot by place
    std::vector<std::int64_t> tail_cost;  // by place, and 0 at the end: what the places from there on cost at least
    std::vector<std::int64_t> multipliers;
    std::size_t main = 0;                         // index of the multiplier that bounds the whole problem best
    std::vector<std::vector<std::int64_t>> tail;  // by multiplier and place: scaled, the most from there on

    /// No way to fill the places from `depth` on, beside a score and a cost so far, has a greater score.
    [[nodiscard]] std::int64_t bound(std::size_t depth, std::int64_t score, std::int64_t cost) const noexcept;
};

Plan make_plan(Problem const& problem);

/// Fills in own_max, gain_max and share of all choices (solver_gains.cpp). `multiplier` is what money is worth there.
void bound_gains(Problem const& problem, Plan& plan, std::int64_t multiplier);

/// Indexes of the candidates that may be part of the best or the second best solution, in ascending order: a candidate
/// goes when enough others are at least as good in everything that the problem looks at.
std::vector<std::size_t> undominated(Problem const& problem, std::size_t slot);

}  // namespace b2a::shopping
