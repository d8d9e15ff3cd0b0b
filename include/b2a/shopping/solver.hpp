// SPDX-License-Identifier: Apache-2.0
// Fills slots with candidates: the greatest utility under a budget and rules, exactly, by branch and bound
// (docs/decisions/0012-compose.md). Knows nothing of catalogs or people: a candidate is a few small numbers. Pure and
// deterministic: what is equal is decided by the order of the candidates.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "b2a/base/result.hpp"

namespace b2a::shopping {

/// What rules look at; small ids that the caller hands out from 1 on. 0: none, or not known.
enum class Trait : std::uint8_t { product, brand, category, color };
inline constexpr std::size_t trait_count = 4;

struct Candidate {
    std::int64_t cost = 0;                            // of the whole place, in minor units
    std::int64_t utility = 0;                         // at least 0; the more, the better
    std::array<std::uint32_t, trait_count> traits{};  // a product is always known
    std::uint32_t item = 0;                           // what stock is counted of
    std::int64_t units = 1;                           // of it that the place takes

    [[nodiscard]] std::uint32_t trait(Trait t) const noexcept { return traits[static_cast<std::size_t>(t)]; }
    friend bool operator==(Candidate const&, Candidate const&) = default;
};

/// `repeat` places with the same candidates; which of them holds what makes no difference.
struct ProblemSlot {
    std::vector<Candidate> candidates;
    bool required = true;
    std::uint32_t repeat = 1;
};

/// About the places of the slots in `slots` (bit i: the slot with index i) that are filled. A hard rule must hold; a
/// soft one adds its bonus for each pair of places that agrees. What is not known agrees with nothing.
struct Rule {
    enum class Kind : std::uint8_t {
        same,        // all have one value
        harmonious,  // each two have values that go together, by Problem::harmony
        at_most      // no value occurs more than `count` times; always hard
    };
    Kind kind = Kind::same;
    Trait trait = Trait::product;
    std::uint64_t slots = 0;
    std::uint32_t count = 1;
    std::optional<std::int64_t> bonus;  // soft
};

/// Two different products; the order makes no difference.
struct ProductPair {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::int64_t bonus = 0;  // at least 0: for being together; several of one pair add up
};

/// What everything may cost, ends included.
struct CostSpan {
    std::int64_t min = 0;
    std::int64_t max = 0;
};

struct Problem {
    std::vector<ProblemSlot> slots;
    std::vector<Rule> rules;
    std::vector<std::uint64_t> harmony;  // by colour: bit j of row i is set if i and j go together; symmetric
    std::vector<ProductPair> pairs;      // that are better together
    std::vector<ProductPair> bans;       // that may not be together
    std::vector<std::int64_t> stock;     // by item; an item beyond the end is there without end
    std::vector<CostSpan> budget;        // ascending, apart; empty: any cost
    std::uint64_t work_max = 0;          // candidates looked at
};

struct Solution {
    std::vector<std::optional<std::size_t>> choice;  // by place, slots in their order: index of the candidate
    std::int64_t score = 0;
    std::int64_t cost = 0;
    friend bool operator==(Solution const&, Solution const&) = default;
};

struct SolverAnswer {
    std::optional<Solution> best;
    std::optional<Solution> runner_up;  // the best that has other products in at least one slot
    bool optimal = true;                // proven: `best` is the best there is, or nothing is possible
    bool runner_up_optimal = true;      // likewise
    std::int64_t bound = 0;             // no solution has a greater score
    std::uint64_t work = 0;
};

inline constexpr std::size_t solver_places_max = 64;
inline constexpr std::int64_t solver_utility_max = std::int64_t{1} << 30;
inline constexpr std::int64_t solver_bonus_max = std::int64_t{1} << 24;
inline constexpr std::uint32_t solver_color_max = 63;

/// Errors: unprocessable for more slots or places than the solver has room for.
Result<SolverAnswer> solve(Problem const& problem);

}  // namespace b2a::shopping
