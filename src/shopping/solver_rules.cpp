// SPDX-License-Identifier: Apache-2.0
#include "shopping/solver_rules.hpp"

#include <algorithm>
#include <limits>

namespace b2a::shopping {
namespace {

bool covers(Rule const& rule, std::size_t slot) noexcept {
    return (rule.slots >> slot & 1U) != 0;
}

std::size_t values_of(Problem const& problem, Trait trait) {
    std::uint32_t greatest = 0;
    for (auto const& slot : problem.slots)
        for (auto const& candidate : slot.candidates) greatest = std::max(greatest, candidate.trait(trait));
    return std::size_t{greatest} + 1;
}

}  // namespace

RuleState::RuleState(Problem const& problem) : harmony_(&problem.harmony) {
    for (auto const& rule : problem.rules) {
        auto const values = rule.kind == Rule::Kind::harmonious ? problem.harmony.size() : std::size_t{0};
        tallies_.push_back({rule, {}, 0});
        tallies_.back().by_value.resize(std::max(values, values_of(problem, rule.trait)));
    }
    auto const products = values_of(problem, Trait::product);
    auto const known = [&](ProductPair const& pair) { return pair.a < products && pair.b < products; };
    for (auto const& pair : problem.pairs) {
        if (!known(pair)) continue;
        pairs_.resize(products);
        pairs_[pair.a].push_back({pair.b, pair.bonus});
        pairs_[pair.b].push_back({pair.a, pair.bonus});
    }
    for (auto const& ban : problem.bans) {
        if (!known(ban)) continue;
        bans_.resize(products);
        bans_[ban.a].push_back(ban.b);
        bans_[ban.b].push_back(ban.a);
    }
    pair_gain_.resize(pairs_.size());
    banned_.resize(bans_.size());
    tally_stock(problem);
    any_ = !tallies_.empty() || !pairs_.empty() || !bans_.empty() || !left_.empty();
}

/// Stock is looked at only where several places together may take more than there is.
void RuleState::tally_stock(Problem const& problem) {
    std::vector<std::int64_t> wanted(problem.stock.size());
    for (auto const& slot : problem.slots) {
        std::vector<std::int64_t> here(problem.stock.size());
        for (auto const& candidate : slot.candidates)
            if (candidate.item < here.size()) here[candidate.item] = std::max(here[candidate.item], candidate.units);
        for (std::size_t i = 0; i < here.size(); ++i) wanted[i] += here[i] * std::int64_t{slot.repeat};
    }
    bool scarce = false;
    for (std::size_t i = 0; i < wanted.size(); ++i) scarce = scarce || wanted[i] > problem.stock[i];
    if (scarce) left_ = problem.stock;
}

bool RuleState::allows(Candidate const& candidate, std::size_t slot) const noexcept {
    if (candidate.item < left_.size() && left_[candidate.item] < candidate.units) return false;
    auto const product = candidate.trait(Trait::product);
    if (!banned_.empty() && banned_[product] > 0) return false;
    for (auto const& tally : tallies_) {
        if (tally.rule.bonus || !covers(tally.rule, slot)) continue;
        auto const value = candidate.trait(tally.rule.trait);
        bool const at_most = tally.rule.kind == Rule::Kind::at_most;
        if (value == 0) {
            if (!at_most) return false;
            continue;
        }
        auto const count = tally.by_value[value];
        if (at_most ? count >= static_cast<std::int32_t>(tally.rule.count) : count != tally.chosen) return false;
    }
    return true;
}

std::int64_t RuleState::gain(Candidate const& candidate, std::size_t slot) const noexcept {
    std::int64_t sum = pair_gain_.empty() ? 0 : pair_gain_[candidate.trait(Trait::product)];
    for (auto const& tally : tallies_) {
        auto const value = candidate.trait(tally.rule.trait);
        if (tally.rule.bonus && value != 0 && covers(tally.rule, slot))
            sum += *tally.rule.bonus * tally.by_value[value];
    }
    return sum;
}

void RuleState::apply(Candidate const& candidate, std::size_t slot, std::int32_t sign) noexcept {
    auto const product = candidate.trait(Trait::product);
    if (candidate.item < left_.size()) left_[candidate.item] -= candidate.units * sign;
    if (!pairs_.empty())
        for (auto const& [other, bonus] : pairs_[product]) pair_gain_[other] += bonus * sign;
    if (!bans_.empty())
        for (auto const other : bans_[product]) banned_[other] += sign;
    for (auto& tally : tallies_) {
        if (!covers(tally.rule, slot)) continue;
        auto const value = candidate.trait(tally.rule.trait);
        tally.chosen += sign;
        if (value == 0) continue;
        if (tally.rule.kind != Rule::Kind::harmonious) {
            tally.by_value[value] += sign;
            continue;
        }
        if (value >= harmony_->size()) continue;
        auto const row = (*harmony_)[value];
        for (std::size_t other = 1; other < tally.by_value.size(); ++other)
            if ((row >> other & 1U) != 0) tally.by_value[other] += sign;
    }
}

}  // namespace b2a::shopping
