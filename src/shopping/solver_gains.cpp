// SPDX-License-Identifier: Apache-2.0
// What bonuses can bring while it is open who stands beside whom. A bonus between two open places is divided between
// them. Rules give half to each. A pair of products takes its bonus where it costs nothing: from a candidate that is
// worth less than the best of its slot by that much, since a bound looks at the best only.
#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

#include "shopping/solver_plan.hpp"

namespace b2a::shopping {
namespace {

using Partners = std::vector<std::pair<std::uint32_t, std::int64_t>>;  // product and bonus

constexpr std::int64_t one = std::int64_t{1} << plan_shift;

bool covers(Rule const& rule, std::size_t slot) noexcept {
    return (rule.slots >> slot & 1U) != 0;
}

/// The bonuses of a problem, and which values the slots have to offer.
class Gains {
  public:
    Gains(Problem const& problem, Plan const& plan) : problem_(problem), offered_(plan.slots.size()) {
        for (std::size_t p = 0; p < plan.slots.size(); ++p)
            for (auto const& choice : plan.slots[p].choices)
                for (std::size_t t = 0; t < trait_count; ++t) {
                    auto& values = offered_[p][t];
                    auto const value = choice.candidate->traits[t];
                    if (values.size() <= value) values.resize(std::size_t{value} + 1);
                    values[value] = true;
                }
        for (auto const& pair : problem.pairs) {
            auto const size = std::size_t{std::max(pair.a, pair.b)} + 1;
            if (pairs_.size() < size) pairs_.resize(size);
            add_pair(pair.a, pair.b, pair.bonus);
            add_pair(pair.b, pair.a, pair.bonus);
        }
    }

    [[nodiscard]] bool any() const {
        return !pairs_.empty() ||
               std::ranges::any_of(problem_.rules, [](Rule const& rule) { return rule.bonus.has_value(); });
    }

    /// The most that rules give a choice of `slot` for being beside one of `other`, the planned slot at `position`.
    [[nodiscard]] std::int64_t by_rules(Candidate const& candidate, std::size_t slot, PlannedSlot const& other,
                                        std::size_t position) const {
        std::int64_t sum = 0;
        for (auto const& rule : problem_.rules)
            if (rule.bonus && covers(rule, slot) && covers(rule, other.slot) && may_agree(rule, candidate, position))
                sum += *rule.bonus;
        return sum;
    }
    /// Likewise for pairs of products.
    [[nodiscard]] std::int64_t by_pairs(Candidate const& candidate, std::size_t position) const {
        std::int64_t most = 0;
        for (auto const& [beside, bonus] : partners(candidate))
            if (offers(position, Trait::product, beside)) most = std::max(most, bonus);
        return most;
    }
    [[nodiscard]] Partners const& partners(Candidate const& candidate) const {
        static Partners const nobody;
        auto const product = candidate.trait(Trait::product);
        return product < pairs_.size() ? pairs_[product] : nobody;
    }

  private:
    void add_pair(std::uint32_t product, std::uint32_t beside, std::int64_t bonus) {
        auto& known = pairs_[product];
        auto const found = std::ranges::find(known, beside, &Partners::value_type::first);
        if (found == known.end()) known.emplace_back(beside, bonus);
        else found->second += bonus;
    }
    [[nodiscard]] bool offers(std::size_t position, Trait trait, std::size_t value) const {
        auto const& values = offered_[position][static_cast<std::size_t>(trait)];
        return value != 0 && value < values.size() && values[value];
    }
    [[nodiscard]] bool may_agree(Rule const& rule, Candidate const& candidate, std::size_t position) const {
        auto const value = candidate.trait(rule.trait);
        if (rule.kind != Rule::Kind::harmonious) return offers(position, rule.trait, value);
        if (value == 0 || value >= problem_.harmony.size()) return false;
        for (std::size_t other = 1; other <= solver_color_max; ++other)
            if ((problem_.harmony[value] >> other & 1U) != 0 && offers(position, rule.trait, other)) return true;
        return false;
    }

    Problem const& problem_;
    std::vector<std::array<std::vector<bool>, trait_count>> offered_;  // by planned slot, trait and value
    std::vector<Partners> pairs_;                                      // by product
};

/// The shares of the pairs' bonuses.
class Division {
  public:
    Division(Gains const& gains, Plan const& plan, std::int64_t multiplier) : plan_(plan) {
        for (std::size_t p = 0; p < plan.slots.size(); ++p) start_slot(p, multiplier);
        for (std::size_t p = 0; p < plan.slots.size(); ++p)
            for (std::size_t c = 0; c < plan.slots[p].choices.size(); ++c) note_pairs(gains, p, c);
        std::ranges::sort(edges_, [](Edge const& x, Edge const& y) {
            return std::tuple(-x.bonus, x.p, x.c, x.q, x.d) < std::tuple(-y.bonus, y.p, y.c, y.q, y.d);
        });
        for (auto const& edge : edges_) divide(edge);
    }

    /// Scaled: of bonuses between the choice and one place of the planned slot q.
    [[nodiscard]] std::int64_t share(std::size_t p, std::size_t c, std::size_t q) const { return shares_[p][c][q]; }

  private:
    struct Edge {
        std::size_t p, c, q, d;  // choice c of slot p, choice d of slot q
        std::int64_t bonus;
    };

    void start_slot(std::size_t p, std::int64_t multiplier) {
        auto const& slot = plan_.slots[p];
        auto& spare = spare_.emplace_back();
        auto best = slot.required ? std::numeric_limits<std::int64_t>::min() : std::int64_t{0};
        for (std::size_t c = 0; c < slot.choices.size(); ++c) {
            auto const& choice = slot.choices[c];
            spare.push_back(choice.candidate->utility * one - multiplier * choice.candidate->cost +
                            PlannedSlot::open_gain(choice, 0));
            best = std::max(best, spare.back());
            auto const product = choice.candidate->trait(Trait::product);
            if (holders_.size() <= product) holders_.resize(std::size_t{product} + 1);
            holders_[product].emplace_back(p, c);
        }
        for (auto& value : spare) value = best - value;
        shares_.emplace_back(slot.choices.size(), std::vector<std::int64_t>(plan_.slots.size()));
    }

    void note_pairs(Gains const& gains, std::size_t p, std::size_t c) {
        for (auto const& [product, bonus] : gains.partners(*plan_.slots[p].choices[c].candidate)) {
            if (product >= holders_.size()) continue;
            for (auto const& [q, d] : holders_[product])
                if (q > p) edges_.push_back({p, c, q, d, bonus * one});
        }
    }

    void divide(Edge const& edge) {
        auto needed = edge.bonus - shares_[edge.p][edge.c][edge.q] - shares_[edge.q][edge.d][edge.p];
        if (needed <= 0) return;
        needed -= give(edge.p, edge.c, edge.q, std::min(needed, free_of(edge.p, edge.c, edge.q)));
        needed -= give(edge.q, edge.d, edge.p, std::min(needed, free_of(edge.q, edge.d, edge.p)));
        give(edge.p, edge.c, edge.q, needed / 2);
        give(edge.q, edge.d, edge.p, needed - needed / 2);
    }
    [[nodiscard]] std::int64_t free_of(std::size_t p, std::size_t c, std::size_t q) const {
        return std::max<std::int64_t>(spare_[p][c], 0) / plan_.slots[q].repeat;
    }
    std::int64_t give(std::size_t p, std::size_t c, std::size_t q, std::int64_t amount) {
        shares_[p][c][q] += amount;
        spare_[p][c] -= amount * plan_.slots[q].repeat;
        return amount;
    }

    Plan const& plan_;
    std::vector<std::vector<std::pair<std::size_t, std::size_t>>> holders_;  // by product: slot and choice
    std::vector<std::vector<std::vector<std::int64_t>>> shares_;             // by slot, choice and other slot
    std::vector<std::vector<std::int64_t>> spare_;  // scaled, by slot and choice: what the best of the slot has more
    std::vector<Edge> edges_;
};

}  // namespace

void bound_gains(Problem const& problem, Plan& plan, std::int64_t multiplier) {
    Gains const gains(problem, plan);
    if (!gains.any()) return;
    auto const slots = plan.slots.size();
    for (std::size_t p = 0; p < slots; ++p)
        for (auto& choice : plan.slots[p].choices) {
            choice.gain_max.assign(slots + 1, 0);
            choice.share.assign(slots + 1, 0);
            for (std::size_t q = 0; q < slots; ++q) {
                auto const& other = plan.slots[q];
                auto const rules = gains.by_rules(*choice.candidate, plan.slots[p].slot, other, q);
                auto const all = rules + gains.by_pairs(*choice.candidate, q);
                if (q == p) choice.own_max = all * (std::int64_t{other.repeat} - 1);
                auto const times = q == p ? 0 : std::int64_t{other.repeat};
                choice.gain_max[q + 1] = choice.gain_max[q] + all * times;
                choice.share[q + 1] = choice.share[q] + rules * times * (one / 2);
            }
        }
    Division const division(gains, plan, multiplier);
    for (std::size_t p = 0; p < slots; ++p)
        for (std::size_t c = 0; c < plan.slots[p].choices.size(); ++c) {
            std::int64_t sum = 0;
            auto& share = plan.slots[p].choices[c].share;
            for (std::size_t q = 0; q < slots; ++q) {
                sum += division.share(p, c, q) * plan.slots[q].repeat;
                share[q + 1] += sum;
            }
        }
}

}  // namespace b2a::shopping
