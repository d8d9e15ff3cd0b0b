// SPDX-License-Identifier: Apache-2.0
// The rules of a problem while its places are being filled: what may come next, and what it would add.
#pragma once

#include <cstdint>
#include <vector>

#include "b2a/shopping/solver.hpp"

namespace b2a::shopping {

class RuleState {
  public:
    explicit RuleState(Problem const& problem);

    /// False: every choice is allowed and adds nothing.
    [[nodiscard]] bool any() const noexcept { return any_; }
    [[nodiscard]] bool allows(Candidate const& candidate, std::size_t slot) const noexcept;
    /// Bonuses with what is chosen already.
    [[nodiscard]] std::int64_t gain(Candidate const& candidate, std::size_t slot) const noexcept;
    void add(Candidate const& candidate, std::size_t slot) noexcept { apply(candidate, slot, 1); }
    void remove(Candidate const& candidate, std::size_t slot) noexcept { apply(candidate, slot, -1); }

  private:
    /// By value of the rule's trait: how often it was chosen, or for harmony how many of the chosen go with it.
    struct Tally {
        Rule rule;
        std::vector<std::int32_t> by_value;
        std::int32_t chosen = 0;
    };
    struct Neighbour {
        std::uint32_t product = 0;
        std::int64_t bonus = 0;
    };

    void apply(Candidate const& candidate, std::size_t slot, std::int32_t sign) noexcept;
    void tally_stock(Problem const& problem);

    std::vector<Tally> tallies_;
    std::vector<std::uint64_t> const* harmony_;
    std::vector<std::vector<Neighbour>> pairs_;  // by product; empty without any
    std::vector<std::int64_t> pair_gain_;
    std::vector<std::vector<std::uint32_t>> bans_;
    std::vector<std::int32_t> banned_;
    std::vector<std::int64_t> left_;  // by item; empty where stock suffices for whatever is chosen
    bool any_ = false;
};

}  // namespace b2a::shopping
