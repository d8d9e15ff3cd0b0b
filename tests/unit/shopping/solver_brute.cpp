// SPDX-License-Identifier: Apache-2.0
#include "solver_brute.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace b2a::test {
namespace {

using namespace shopping;  // NOLINT

using Chosen = std::vector<std::optional<std::size_t>>;

struct Filled {
    std::size_t slot = 0;
    Candidate const* candidate = nullptr;
};

std::vector<Filled> filled(Problem const& problem, Chosen const& choice) {
    std::vector<Filled> all;
    std::size_t place = 0;
    for (std::size_t s = 0; s < problem.slots.size(); ++s)
        for (std::uint32_t r = 0; r < problem.slots[s].repeat; ++r, ++place)
            if (choice[place]) all.push_back({s, &problem.slots[s].candidates[*choice[place]]});
    return all;
}

bool agree(Problem const& problem, Rule const& rule, std::uint32_t x, std::uint32_t y) {
    if (x == 0 || y == 0) return false;
    return rule.kind == Rule::Kind::same ? x == y : (problem.harmony.at(x) >> y & 1U) != 0;
}

/// What the rule adds; nullopt when it is broken.
std::optional<std::int64_t> judged(Problem const& problem, Rule const& rule, std::vector<Filled> const& all) {
    std::vector<std::uint32_t> values;
    for (auto const& f : all)
        if ((rule.slots >> f.slot & 1U) != 0) values.push_back(f.candidate->trait(rule.trait));
    if (rule.kind == Rule::Kind::at_most) {
        for (auto const v : values)
            if (v != 0 && std::ranges::count(values, v) > static_cast<std::ptrdiff_t>(rule.count)) return std::nullopt;
        return 0;
    }
    std::int64_t sum = 0;
    bool broken = std::ranges::find(values, 0U) != values.end();
    for (std::size_t i = 0; i < values.size(); ++i)
        for (std::size_t j = i + 1; j < values.size(); ++j) {
            bool const both = agree(problem, rule, values[i], values[j]);
            if (both) sum += rule.bonus.value_or(0);
            broken = broken || !both;
        }
    if (!rule.bonus && broken) return std::nullopt;
    return sum;
}

bool together(ProductPair const& pair, Candidate const& x, Candidate const& y) {
    auto const a = x.trait(Trait::product);
    auto const b = y.trait(Trait::product);
    return (pair.a == a && pair.b == b) || (pair.a == b && pair.b == a);
}

bool in_stock(Problem const& problem, std::vector<Filled> const& all) {
    std::map<std::uint32_t, std::int64_t> taken;
    for (auto const& f : all) taken[f.candidate->item] += f.candidate->units;
    return std::ranges::all_of(taken, [&](auto const& entry) {
        return entry.first >= problem.stock.size() || entry.second <= problem.stock[entry.first];
    });
}

}  // namespace

std::optional<std::int64_t> worth(Problem const& problem, Chosen const& choice) {
    std::size_t place = 0;
    for (auto const& slot : problem.slots)
        for (std::uint32_t r = 0; r < slot.repeat; ++r, ++place)
            if (slot.required && !choice[place]) return std::nullopt;
    auto const all = filled(problem, choice);
    std::int64_t cost = 0;
    std::int64_t score = 0;
    for (auto const& f : all) {
        cost += f.candidate->cost;
        score += f.candidate->utility;
    }
    auto const fits = [&](CostSpan span) { return span.min <= cost && cost <= span.max; };
    if (!problem.budget.empty() && std::ranges::none_of(problem.budget, fits)) return std::nullopt;
    if (!in_stock(problem, all)) return std::nullopt;
    for (auto const& rule : problem.rules) {
        auto const added = judged(problem, rule, all);
        if (!added) return std::nullopt;
        score += *added;
    }
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            for (auto const& ban : problem.bans)
                if (together(ban, *all[i].candidate, *all[j].candidate)) return std::nullopt;
            for (auto const& pair : problem.pairs)
                if (together(pair, *all[i].candidate, *all[j].candidate)) score += pair.bonus;
        }
    return score;
}

bool same_products(Problem const& problem, Chosen const& a, Chosen const& b) {
    std::size_t place = 0;
    for (auto const& slot : problem.slots) {
        std::vector<std::uint32_t> x, y;
        for (std::uint32_t r = 0; r < slot.repeat; ++r, ++place) {
            x.push_back(a[place] ? slot.candidates[*a[place]].trait(Trait::product) : 0);
            y.push_back(b[place] ? slot.candidates[*b[place]].trait(Trait::product) : 0);
        }
        std::ranges::sort(x);
        std::ranges::sort(y);
        if (x != y) return false;
    }
    return true;
}

namespace {

void try_everything(Problem const& problem, std::function<void(Chosen const&, std::int64_t)> const& visit) {
    std::vector<ProblemSlot const*> places;
    for (auto const& slot : problem.slots) places.insert(places.end(), slot.repeat, &slot);
    Chosen choice(places.size());
    std::function<void(std::size_t)> const fill = [&](std::size_t place) {
        if (place == places.size()) {
            if (auto const score = worth(problem, choice)) visit(choice, *score);
            return;
        }
        for (std::size_t c = 0; c < places[place]->candidates.size(); ++c) {
            choice[place] = c;
            fill(place + 1);
        }
        choice[place].reset();
        fill(place + 1);
    };
    fill(0);
}

}  // namespace

std::optional<std::int64_t> best_by_trying(Problem const& problem) {
    std::optional<std::int64_t> best;
    try_everything(problem, [&](Chosen const&, std::int64_t score) { best = std::max(best.value_or(score), score); });
    return best;
}

std::optional<std::int64_t> runner_up_by_trying(Problem const& problem, Chosen const& best) {
    std::optional<std::int64_t> second;
    try_everything(problem, [&](Chosen const& choice, std::int64_t score) {
        if (!same_products(problem, best, choice)) second = std::max(second.value_or(score), score);
    });
    return second;
}

}  // namespace b2a::test
