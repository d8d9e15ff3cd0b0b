// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>
#include <tuple>

#include "shopping/solver_plan.hpp"

namespace b2a::shopping {
namespace {

bool covers(Rule const& rule, std::size_t slot) noexcept {
    return (rule.slots >> slot & 1U) != 0;
}

/// What one slot has to know of the problem to compare its candidates.
class Comparison {
  public:
    Comparison(Problem const& problem, std::size_t slot) :
        problem_(problem),
        equal_cost_(problem.budget.size() > 1 || (!problem.budget.empty() && problem.budget[0].min > 0)) {
        for (auto const& rule : problem.rules) {
            if (!covers(rule, slot)) continue;
            bool const per_product = rule.trait == Trait::product && rule.kind == Rule::Kind::at_most;
            if (per_product) needed_ += (places_of(rule) - 1) / std::max<std::size_t>(rule.count, 1);
            else key_[static_cast<std::size_t>(rule.trait)] = true;
        }
        for (auto const& pair : problem.pairs) {
            note(pair.a);
            note(pair.b);
            bonus_[pair.a] += pair.bonus;
            bonus_[pair.b] += pair.bonus;
        }
        for (auto const& ban : problem.bans) {
            note(ban.a);
            note(ban.b);
            banned_[ban.a] = banned_[ban.b] = true;
        }
        note_scarce();
        for (auto const& s : problem.slots) places_ += s.repeat;
    }

    /// Other products that must be better before a candidate may go: the runner-up has to keep a choice, and a rule
    /// about products may have used up some.
    [[nodiscard]] std::size_t needed() const noexcept { return needed_; }

    [[nodiscard]] bool replaces(Candidate const& better, Candidate const& worse) const {
        if (better.item < scarce_.size() && scarce_[better.item]) return false;
        if (equal_cost_ ? better.cost != worse.cost : better.cost > worse.cost) return false;
        for (std::size_t t = 0; t < trait_count; ++t)
            if (key_[t] && better.traits[t] != worse.traits[t]) return false;
        auto const a = better.trait(Trait::product);
        auto const b = worse.trait(Trait::product);
        if (a == b) return better.utility >= worse.utility;
        if (a < banned_.size() && banned_[a]) return false;
        return better.utility >= worse.utility + bonus_max(b);
    }

  private:
    void note(std::uint32_t product) {
        if (product < bonus_.size()) return;
        bonus_.resize(std::size_t{product} + 1);
        banned_.resize(bonus_.size());
    }
    /// Each pair may come true once per place.
    [[nodiscard]] std::int64_t bonus_max(std::uint32_t product) const {
        return product < bonus_.size() ? bonus_[product] * static_cast<std::int64_t>(places_) : 0;
    }
    [[nodiscard]] std::size_t places_of(Rule const& rule) const {
        std::size_t places = 0;
        for (std::size_t i = 0; i < problem_.slots.size(); ++i)
            if (covers(rule, i)) places += problem_.slots[i].repeat;
        return places;
    }
    void note_scarce() {
        scarce_.resize(problem_.stock.size());
        std::vector<std::int64_t> wanted(problem_.stock.size());
        for (auto const& slot : problem_.slots)
            for (auto const& candidate : slot.candidates)
                if (candidate.item < wanted.size()) wanted[candidate.item] += candidate.units * slot.repeat;
        for (std::size_t i = 0; i < wanted.size(); ++i) scarce_[i] = wanted[i] > problem_.stock[i];
    }

    Problem const& problem_;
    bool equal_cost_;  // a cheaper basket may fall between two spans of the budget
    std::array<bool, trait_count> key_{};
    std::size_t needed_ = 2;
    std::size_t places_ = 0;
    std::vector<std::int64_t> bonus_;
    std::vector<bool> banned_;
    std::vector<bool> scarce_;
};

}  // namespace

std::vector<std::size_t> undominated(Problem const& problem, std::size_t slot) {
    auto const& candidates = problem.slots[slot].candidates;
    Comparison const comparison(problem, slot);
    std::vector<std::size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return std::tuple(-candidates[a].utility, candidates[a].cost, a) <
               std::tuple(-candidates[b].utility, candidates[b].cost, b);
    });
    std::vector<std::size_t> kept;
    std::vector<std::uint32_t> products;
    for (auto const i : order) {
        products.clear();
        bool gone = false;
        for (auto const better : kept) {
            if (!comparison.replaces(candidates[better], candidates[i])) continue;
            auto const product = candidates[better].trait(Trait::product);
            gone = product == candidates[i].trait(Trait::product);
            if (!gone && std::ranges::find(products, product) == products.end()) products.push_back(product);
            gone = gone || products.size() >= comparison.needed();
            if (gone) break;
        }
        if (!gone) kept.push_back(i);
    }
    std::ranges::sort(kept);
    return kept;
}

}  // namespace b2a::shopping
