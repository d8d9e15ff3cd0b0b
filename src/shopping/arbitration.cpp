// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/arbitration.hpp"

#include <algorithm>

#include "b2a/base/assert.hpp"

namespace b2a::shopping {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t whole_ppm = 1'000'000;

enum class Order : std::int8_t { worse = -1, equal = 0, better = 1 };

Order compare(Better better, std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
    if (a == b) return Order::equal;
    if (!a) return Order::worse;
    if (!b) return Order::better;
    return (*a < *b) == (better == Better::lower) ? Order::better : Order::worse;
}

/// The scores by one criterion of those in `ranking`, between their worst and their best; rounded half up.
void score(std::vector<std::vector<std::int64_t>>& scores, std::size_t c, Criterion const& criterion,
           std::span<Contender const> contenders, std::vector<std::size_t> const& eligible) {
    std::optional<std::int64_t> least, most;
    for (auto const i : eligible)
        if (auto const& value = contenders[i].values[c]) {
            least = std::min(least.value_or(*value), *value);
            most = std::max(most.value_or(*value), *value);
        }
    for (auto const i : eligible) {
        auto const& value = contenders[i].values[c];
        if (!value) continue;
        auto const range = Wide{*most} - *least;
        auto const above_worst = criterion.better == Better::lower ? Wide{*most} - *value : Wide{*value} - *least;
        scores[i][c] =
            range == 0 ? whole_ppm : static_cast<std::int64_t>((2 * above_worst * whole_ppm + range) / (2 * range));
    }
}

class Turning {
  public:
    Turning(Arbitration const& decided, std::span<Criterion const> criteria, std::span<Contender const> contenders) :
        decided_(decided), criteria_(criteria), contenders_(contenders), winner_(decided.ranking.front()) {}

    [[nodiscard]] Sensitivity of(std::size_t criterion) const { return {turn(criterion, -1), turn(criterion, +1)}; }

  private:
    /// The fewest steps of one that the weight must go in `direction` until another overtakes the winner.
    [[nodiscard]] std::optional<Turn> turn(std::size_t criterion, std::int64_t direction) const {
        std::optional<std::int64_t> fewest;
        for (auto const other : decided_.ranking) {
            auto const gain = direction * (score(other, criterion) - score(winner_, criterion));
            if (gain <= 0) continue;  // the step does not favour it
            auto const gap = decided_.points[winner_] - decided_.points[other];
            bool const wins_ties = contenders_[other].id < contenders_[winner_].id;
            auto const steps = wins_ties ? (gap + gain - 1) / gain : gap / gain + 1;
            fewest = std::min(fewest.value_or(steps), steps);
        }
        if (!fewest) return std::nullopt;
        auto const weight = criteria_[criterion].weight + direction * *fewest;
        if (weight < 0) return std::nullopt;
        return Turn{weight, winner_at(criterion, direction * *fewest)};
    }

    [[nodiscard]] std::size_t winner_at(std::size_t criterion, std::int64_t change) const {
        auto const points = [&](std::size_t i) { return decided_.points[i] + change * score(i, criterion); };
        auto best = winner_;
        for (auto const i : decided_.ranking)
            if (points(i) > points(best) || (points(i) == points(best) && contenders_[i].id < contenders_[best].id))
                best = i;
        return best;
    }

    [[nodiscard]] std::int64_t score(std::size_t contender, std::size_t criterion) const {
        return decided_.scores_ppm[contender][criterion];
    }

    Arbitration const& decided_;
    std::span<Criterion const> criteria_;
    std::span<Contender const> contenders_;
    std::size_t winner_;
};

bool dominates(std::span<Criterion const> criteria, Contender const& a, Contender const& b) {
    bool better = false;
    for (std::size_t c = 0; c < criteria.size(); ++c) {
        auto const order = compare(criteria[c].better, a.values[c], b.values[c]);
        if (order == Order::worse) return false;
        better = better || order == Order::better;
    }
    return better;
}

}  // namespace

Arbitration arbitrate(std::span<Criterion const> criteria, std::span<Contender const> contenders) {
    Arbitration out;
    for (std::size_t i = 0; i < contenders.size(); ++i) {
        B2A_ASSERT(contenders[i].values.size() == criteria.size());
        if (contenders[i].may_win) out.ranking.push_back(i);
    }
    out.scores_ppm.assign(contenders.size(), std::vector<std::int64_t>(criteria.size(), 0));
    out.points.assign(contenders.size(), 0);
    for (std::size_t c = 0; c < criteria.size(); ++c) {
        score(out.scores_ppm, c, criteria[c], contenders, out.ranking);
        for (auto const i : out.ranking) out.points[i] += criteria[c].weight * out.scores_ppm[i][c];
    }
    std::ranges::sort(out.ranking, [&](std::size_t a, std::size_t b) {
        return out.points[a] != out.points[b] ? out.points[a] > out.points[b] : contenders[a].id < contenders[b].id;
    });
    out.sensitivity.resize(criteria.size());
    if (out.ranking.empty()) return out;
    Turning const turning(out, criteria, contenders);
    for (std::size_t c = 0; c < criteria.size(); ++c) out.sensitivity[c] = turning.of(c);
    return out;
}

std::vector<std::optional<std::size_t>> dominators(std::span<Criterion const> criteria,
                                                   std::span<Contender const> contenders) {
    std::vector<std::optional<std::size_t>> out(contenders.size());
    for (std::size_t i = 0; i < contenders.size(); ++i)
        for (std::size_t k = 0; k < contenders.size() && !out[i]; ++k)
            if (k != i && dominates(criteria, contenders[k], contenders[i])) out[i] = k;
    return out;
}

}  // namespace b2a::shopping
