// SPDX-License-Identifier: Apache-2.0
// Which of several things is best by several criteria: the Pareto set, a weighted decision, and what would have to be
// weighted otherwise for another one to win. Pure integers: whoever has the values can work it out again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace b2a::shopping {

enum class Better : std::uint8_t { lower, higher };

struct Criterion {
    std::string name;  // "price", "delivery", "attribute:weight"
    Better better = Better::lower;
    std::int64_t weight = 0;  // how much it counts: 0 to limits::compare_weight_max
};

struct Contender {
    std::string id;
    std::vector<std::optional<std::int64_t>> values;  // by criterion; not known is worse than whatever is known
    bool may_win = true;
};

/// The winner if a criterion had this weight and all others stayed: the nearest such weight.
struct Turn {
    std::int64_t weight = 0;
    std::size_t winner = 0;
    friend bool operator==(Turn const&, Turn const&) = default;
};
struct Sensitivity {
    std::optional<Turn> below, above;  // absent: no weight on that side, however far, makes another one win
    friend bool operator==(Sensitivity const&, Sensitivity const&) = default;
};

struct Arbitration {
    std::vector<std::vector<std::int64_t>> scores_ppm;  // by contender and criterion: 1,000,000 is the best of those
                                                        // that may win, 0 the worst or not known
    std::vector<std::int64_t> points;                   // by contender: the sum of weight × score
    std::vector<std::size_t> ranking;                   // those that may win, the best first; ties by id
    std::vector<Sensitivity> sensitivity;               // by criterion
};

/// Only those that may win are scored: what cannot be bought has no say in who is best.
Arbitration arbitrate(std::span<Criterion const> criteria, std::span<Contender const> contenders);

/// For each contender, another that is as good by every criterion and better by one; nullopt: it is in the Pareto set.
/// Weights do not matter, and neither does who may win.
std::vector<std::optional<std::size_t>> dominators(std::span<Criterion const> criteria,
                                                   std::span<Contender const> contenders);

}  // namespace b2a::shopping
