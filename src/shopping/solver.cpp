// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/solver.hpp"

#include <algorithm>
#include <limits>

#include "shopping/solver_plan.hpp"
#include "shopping/solver_rules.hpp"

namespace b2a::shopping {
namespace {

constexpr auto nothing = std::numeric_limits<std::int64_t>::min();

enum class Goal : std::uint8_t { best, runner_up };

/// Depth first through the places. A part of the tree is left out when nothing in it can beat what is known.
class Search {
  public:
    Search(Problem const& problem, Plan const& plan) :
        problem_(problem), plan_(plan), rules_(problem), ranks_(plan.places.size()) {}

    SolverAnswer run() {
        SolverAnswer answer;
        answer.optimal = seek(Goal::best);
        answer.bound = best_.score;
        if (!answer.optimal) answer.bound = std::max(best_.score, std::min(open_bound_, plan_.bound(0, 0, 0)));
        answer.runner_up_optimal = answer.optimal && (!found(best_) || seek(Goal::runner_up));
        if (found(best_)) answer.best = solution_of(best_);
        if (found(runner_up_)) answer.runner_up = solution_of(runner_up_);
        answer.work = work_;
        return answer;
    }

  private:
    struct Found {
        std::vector<std::size_t> ranks;
        std::vector<std::uint32_t> products;  // by planned slot, sorted in each
        std::int64_t score = nothing;
        std::int64_t cost = 0;
    };
    static bool found(Found const& what) noexcept { return what.score != nothing; }

    /// False: the work was used up first.
    bool seek(Goal goal) {
        goal_ = goal;
        fill(0, 0, 0);
        return !stopped_;
    }

    [[nodiscard]] std::int64_t threshold() const noexcept {
        return goal_ == Goal::best ? best_.score : runner_up_.score;
    }
    [[nodiscard]] bool hopeless(std::int64_t bound) const noexcept { return bound <= threshold(); }

    [[nodiscard]] PlannedSlot const& slot_at(std::size_t place) const { return plan_.slots[plan_.places[place]]; }
    /// Places of one slot are filled in the order of its choices: their permutations are one solution.
    [[nodiscard]] std::size_t first_rank(std::size_t place) const {
        return place > 0 && plan_.places[place - 1] == plan_.places[place] ? ranks_[place - 1] : 0;
    }

    void fill(std::size_t place, std::int64_t score, std::int64_t cost) {
        if (place == plan_.places.size()) return keep(score, cost);
        auto const& slot = slot_at(place);
        auto const rest = plan_.tail[plan_.main][place + 1] + plan_.multipliers[plan_.main] * (plan_.budget - cost);
        for (auto rank = first_rank(place); rank < slot.choices.size(); ++rank) {
            auto const bound = score + ((slot.choices[rank].reduced + rest) >> plan_shift);
            if (hopeless(bound)) break;  // so are those after it
            if (afford()) choose(place, rank, score, cost);
            if (stopped_) {
                leave_open(bound);
                break;
            }
        }
        if (!slot.required) leave_empty(place, score, cost);
    }

    void leave_empty(std::size_t place, std::int64_t score, std::int64_t cost) {
        auto const bound = plan_.bound(place + 1, score, cost);
        if (hopeless(bound)) return;
        ranks_[place] = slot_at(place).choices.size();
        if (afford()) fill(place + 1, score, cost);
        if (stopped_) leave_open(bound);
    }

    void choose(std::size_t place, std::size_t rank, std::int64_t score, std::int64_t cost) {
        auto const& slot = slot_at(place);
        auto const& candidate = *slot.choices[rank].candidate;
        cost += candidate.cost;
        if (cost + plan_.tail_cost[place + 1] > plan_.budget) return;
        if (rules_.any()) {
            if (!rules_.allows(candidate, slot.slot)) return;
            score += rules_.gain(candidate, slot.slot);
        }
        score += candidate.utility;
        if (hopeless(plan_.bound(place + 1, score, cost))) return;
        ranks_[place] = rank;
        if (!rules_.any()) return fill(place + 1, score, cost);
        rules_.add(candidate, slot.slot);
        if (promising(place + 1, score, cost)) fill(place + 1, score, cost);
        rules_.remove(candidate, slot.slot);
    }

    /// The bound once more, with what the rules still allow beside the choices so far.
    bool promising(std::size_t place, std::int64_t score, std::int64_t cost) {
        auto const multiplier = plan_.multipliers[plan_.main];
        auto total = multiplier * (plan_.budget - cost);
        for (auto const first = place; place < plan_.places.size();) {
            auto const position = plan_.places[place];
            std::size_t places = 1;
            while (place + places < plan_.places.size() && plan_.places[place + places] == position) ++places;
            auto const most = most_of(position, plan_.places[first], cost);
            if (most == nothing) return false;
            total += most * static_cast<std::int64_t>(places);
            place += places;
        }
        return !hopeless(score + (total >> plan_shift));
    }

    /// `open`: the first planned slot that is not full yet.
    std::int64_t most_of(std::size_t position, std::size_t open, std::int64_t cost) {
        auto const& slot = plan_.slots[position];
        auto most = slot.required ? nothing : std::int64_t{0};
        auto const multiplier = plan_.multipliers[plan_.main];
        for (auto const& choice : slot.choices) {
            if (most != nothing && choice.reduced + slot.later_max <= most) break;  // so are those after it
            ++work_;
            auto const& candidate = *choice.candidate;
            if (cost + candidate.cost > plan_.budget || !rules_.allows(candidate, slot.slot)) continue;
            auto const sure = candidate.utility + rules_.gain(candidate, slot.slot) + choice.own_max;
            most = std::max(most, sure * (std::int64_t{1} << plan_shift) + PlannedSlot::open_gain(choice, open) -
                                      multiplier * candidate.cost);
        }
        return most;
    }

    bool afford() {
        stopped_ = stopped_ || ++work_ > problem_.work_max;
        return !stopped_;
    }
    void leave_open(std::int64_t bound) { open_bound_ = std::max(open_bound_, bound); }

    [[nodiscard]] bool affordable(std::int64_t cost) const {
        auto const& spans = problem_.budget;
        return spans.empty() || std::ranges::any_of(spans, [&](CostSpan s) { return s.min <= cost && cost <= s.max; });
    }

    void keep(std::int64_t score, std::int64_t cost) {
        if (hopeless(score) || !affordable(cost)) return;
        Found now{ranks_, products(), score, cost};
        bool const same = found(best_) && now.products == best_.products;
        if (goal_ == Goal::runner_up) {
            if (!same) runner_up_ = std::move(now);
            return;
        }
        if (!same && found(best_)) runner_up_ = std::move(best_);
        best_ = std::move(now);
    }

    [[nodiscard]] std::vector<std::uint32_t> products() const {
        std::vector<std::uint32_t> all;
        std::size_t begin = 0;
        for (std::size_t place = 0; place < ranks_.size(); ++place) {
            auto const& slot = slot_at(place);
            if (place > 0 && plan_.places[place] != plan_.places[place - 1]) begin = place;
            bool const filled = ranks_[place] < slot.choices.size();
            all.push_back(filled ? slot.choices[ranks_[place]].candidate->trait(Trait::product) : 0);
            std::sort(all.begin() + static_cast<std::ptrdiff_t>(begin), all.end());
        }
        return all;
    }

    /// In the problem's own order of slots.
    [[nodiscard]] Solution solution_of(Found const& what) const {
        Solution solution{{}, what.score, what.cost};
        for (std::size_t s = 0; s < problem_.slots.size(); ++s)
            for (std::size_t place = 0; place < what.ranks.size(); ++place) {
                auto const& slot = slot_at(place);
                if (slot.slot != s) continue;
                auto const rank = what.ranks[place];
                solution.choice.push_back(rank < slot.choices.size() ? std::optional(slot.choices[rank].index)
                                                                     : std::nullopt);
            }
        return solution;
    }

    Problem const& problem_;
    Plan const& plan_;
    RuleState rules_;
    std::vector<std::size_t> ranks_;  // by place; the number of choices: left empty
    Found best_, runner_up_;
    Goal goal_ = Goal::best;
    std::uint64_t work_ = 0;
    std::int64_t open_bound_ = nothing;
    bool stopped_ = false;
};

}  // namespace

Result<SolverAnswer> solve(Problem const& problem) {
    std::size_t places = 0;
    for (auto const& slot : problem.slots) places += slot.repeat;
    if (problem.slots.size() > solver_places_max || places > solver_places_max)
        return Error(Code::unprocessable, "at most " + std::to_string(solver_places_max) + " places can be filled");
    for (auto const& slot : problem.slots)
        for (auto const& candidate : slot.candidates) {
            B2A_ASSERT(candidate.cost >= 0 && candidate.utility >= 0 && candidate.utility <= solver_utility_max);
            B2A_ASSERT(candidate.trait(Trait::color) <= solver_color_max);
        }
    auto const plan = make_plan(problem);
    if (!plan.possible) return SolverAnswer{};
    return Search(problem, plan).run();
}

}  // namespace b2a::shopping
