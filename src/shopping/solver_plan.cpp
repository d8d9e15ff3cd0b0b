// SPDX-License-Identifier: Apache-2.0
#include "shopping/solver_plan.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace b2a::shopping {
namespace {

constexpr auto none = std::numeric_limits<std::int64_t>::min();

std::int64_t scaled(std::int64_t utility) noexcept {
    return utility * (std::int64_t{1} << plan_shift);
}

/// Drops what is too dear beside the cheapest of everything else, as long as something goes.
void drop_unaffordable(Plan& plan) {
    for (bool dropped = true; dropped && plan.possible;) {
        dropped = false;
        std::int64_t least = 0;
        std::vector<std::int64_t> cheapest;
        for (auto& slot : plan.slots) {
            std::int64_t cost = slot.required ? std::numeric_limits<std::int64_t>::max() : 0;
            for (auto const& choice : slot.choices) cost = std::min(cost, choice.candidate->cost);
            plan.possible = plan.possible && !(slot.required && slot.choices.empty());
            if (!plan.possible) return;
            cheapest.push_back(cost);
            least += cost * slot.repeat;
        }
        plan.possible = least <= plan.budget;
        for (std::size_t i = 0; i < plan.slots.size() && plan.possible; ++i) {
            auto const room = plan.budget - (least - cheapest[i]);
            dropped =
                std::erase_if(plan.slots[i].choices, [&](Choice const& c) { return c.candidate->cost > room; }) > 0 ||
                dropped;
        }
    }
}

/// Scaled: the most that a choice adds while the slots from `open` on are not filled.
std::int64_t value_of(Choice const& choice, std::size_t open) {
    auto const filled = choice.gain_max.empty() ? 0 : choice.gain_max[open];
    return scaled(choice.candidate->utility + choice.own_max + filled) + PlannedSlot::open_gain(choice, open);
}

/// The most that one place brings at a multiplier, and what that costs.
std::pair<std::int64_t, std::int64_t> most_of(PlannedSlot const& slot, std::int64_t multiplier, std::size_t open) {
    std::int64_t most = slot.required ? none : 0;
    std::int64_t cost = 0;
    for (auto const& choice : slot.choices) {
        auto const value = value_of(choice, open) - multiplier * choice.candidate->cost;
        if (value < most || (value == most && choice.candidate->cost >= cost)) continue;
        most = value;
        cost = choice.candidate->cost;
    }
    return {most, cost};
}

/// The least multiplier at which the best of every place can be paid: there the bound is the lowest.
std::int64_t best_multiplier(Plan const& plan, std::int64_t greatest) {
    std::int64_t low = 0;
    std::int64_t high = greatest;
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        std::int64_t cost = 0;
        for (auto const& slot : plan.slots) cost += most_of(slot, middle, 0).second * slot.repeat;
        if (cost <= plan.budget) high = middle;
        else low = middle + 1;
    }
    return low;
}

/// Times any sum of prices it stays far from what an integer holds.
std::int64_t greatest_multiplier(Plan const& plan) {
    return (std::int64_t{1} << 60) / std::max<std::int64_t>(plan.budget, 1);
}

/// Around the best one, for parts of the problem that have more or less money than the whole.
void choose_multipliers(Plan& plan) {
    auto const greatest = greatest_multiplier(plan);
    auto const best = best_multiplier(plan, greatest);
    auto around = best;
    if (around == 0) {
        std::int64_t utility = 0;
        for (auto const& slot : plan.slots)
            utility += std::max<std::int64_t>(most_of(slot, 0, 0).first, 0) * slot.repeat;
        around = utility / std::max<std::int64_t>(plan.budget, 1);
    }
    std::vector<std::int64_t> all{0, best};
    for (std::int64_t const eighths : {1, 2, 4, 6, 7, 9, 10, 12, 16, 32})
        if (around <= greatest / 8) all.push_back(std::min(around / 8 * eighths, greatest));
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    plan.main = static_cast<std::size_t>(std::ranges::find(all, best) - all.begin());
    plan.multipliers = std::move(all);
}

void order_choices(Plan& plan) {
    auto const multiplier = plan.multipliers[plan.main];
    for (std::size_t p = 0; p < plan.slots.size(); ++p) {
        auto& slot = plan.slots[p];
        for (auto& choice : slot.choices) {
            auto const open = PlannedSlot::open_gain(choice, p);
            choice.reduced = value_of(choice, p) - open - multiplier * choice.candidate->cost;
            slot.later_max = std::max(slot.later_max, open);
        }
        std::ranges::sort(slot.choices, [](Choice const& a, Choice const& b) {
            return std::tuple(-a.reduced, a.index) < std::tuple(-b.reduced, b.index);
        });
    }
}

void sum_tails(Plan& plan) {
    for (std::size_t p = 0; p < plan.slots.size(); ++p) plan.places.insert(plan.places.end(), plan.slots[p].repeat, p);
    plan.tail_cost.assign(plan.places.size() + 1, 0);
    for (std::size_t place = plan.places.size(); place-- > 0;) {
        auto const& slot = plan.slots[plan.places[place]];
        std::int64_t cost = slot.required ? std::numeric_limits<std::int64_t>::max() : 0;
        for (auto const& choice : slot.choices) cost = std::min(cost, choice.candidate->cost);
        plan.tail_cost[place] = plan.tail_cost[place + 1] + cost;
    }
    plan.tail.assign(plan.multipliers.size(), std::vector<std::int64_t>(plan.places.size() + 1));
    for (std::size_t m = 0; m < plan.multipliers.size(); ++m)
        for (std::size_t place = 0; place < plan.places.size(); ++place) {
            auto const position = plan.places[place];
            bool const begun = place > 0 && plan.places[place - 1] == position;
            auto const left =
                static_cast<std::int64_t>(std::upper_bound(plan.places.begin(), plan.places.end(), position) -
                                          plan.places.begin()) -
                static_cast<std::int64_t>(place);
            // A slot that has begun counts as filled: bonuses with it count whole.
            auto const open = position + (begun ? 1 : 0);
            auto& sum = plan.tail[m][place];
            sum = most_of(plan.slots[position], plan.multipliers[m], open).first * left;
            for (auto later = position + 1; later < plan.slots.size(); ++later)
                sum += most_of(plan.slots[later], plan.multipliers[m], open).first * plan.slots[later].repeat;
        }
}

}  // namespace

std::int64_t Plan::bound(std::size_t depth, std::int64_t score, std::int64_t cost) const noexcept {
    auto least = std::numeric_limits<std::int64_t>::max();
    for (std::size_t m = 0; m < multipliers.size(); ++m)
        least = std::min(least, tail[m][depth] + multipliers[m] * (budget - cost));
    return score + (least >> plan_shift);
}

Plan make_plan(Problem const& problem) {
    Plan plan;
    std::int64_t most = 0;
    for (std::size_t s = 0; s < problem.slots.size(); ++s) {
        auto const& slot = problem.slots[s];
        PlannedSlot planned{s, slot.required, slot.repeat, {}, 0};
        std::int64_t dearest = 0;
        for (auto const index : undominated(problem, s)) {
            planned.choices.push_back({&slot.candidates[index], index, 0, 0, {}, {}});
            dearest = std::max(dearest, slot.candidates[index].cost);
        }
        most += dearest * slot.repeat;
        plan.slots.push_back(std::move(planned));
    }
    plan.budget = problem.budget.empty() ? most : std::min(most, problem.budget.back().max);
    plan.possible = plan.budget >= 0;
    drop_unaffordable(plan);
    if (!plan.possible) return plan;
    std::ranges::stable_sort(plan.slots, {}, [](PlannedSlot const& slot) { return slot.choices.size(); });
    bound_gains(problem, plan, best_multiplier(plan, greatest_multiplier(plan)));
    choose_multipliers(plan);
    order_choices(plan);
    sum_tails(plan);
    return plan;
}

}  // namespace b2a::shopping
