// SPDX-License-Identifier: Apache-2.0
// The Pareto set against its definition, the sensitivity against running the decision again with the other weight.
#include "b2a/shopping/arbitration.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace b2a::shopping {
namespace {

using Values = std::vector<std::optional<std::int64_t>>;

Contender contender(std::string id, Values values, bool may_win = true) {
    return {std::move(id), std::move(values), may_win};
}

std::vector<std::string> ranked(std::vector<Criterion> const& criteria, std::vector<Contender> const& contenders) {
    std::vector<std::string> out;
    for (auto const i : arbitrate(criteria, contenders).ranking) out.push_back(contenders[i].id);
    return out;
}

std::string winner(std::vector<Criterion> const& criteria, std::vector<Contender> const& contenders) {
    auto const ranking = ranked(criteria, contenders);
    return ranking.empty() ? "" : ranking.front();
}

std::vector<Criterion> const price_and_delivery{{"price", Better::lower, 3}, {"delivery", Better::lower, 1}};

TEST(Arbitration, ScoresLieBetweenTheWorstAndTheBestOfThoseThatMayWin) {
    std::vector<Contender> const all{contender("a", {1'000, 5}), contender("b", {3'000, 2}), contender("c", {1'500, 3}),
                                     contender("d", {1, 1}, false)};
    auto const out = arbitrate(price_and_delivery, all);
    EXPECT_EQ(out.scores_ppm[0], (std::vector<std::int64_t>{1'000'000, 0}));
    EXPECT_EQ(out.scores_ppm[1], (std::vector<std::int64_t>{0, 1'000'000}));
    EXPECT_EQ(out.scores_ppm[2], (std::vector<std::int64_t>{750'000, 666'667}));
    EXPECT_EQ(out.scores_ppm[3], (std::vector<std::int64_t>{0, 0})) << "what may not win moves nothing";
    EXPECT_EQ(out.points, (std::vector<std::int64_t>{3'000'000, 1'000'000, 2'916'667, 0}));
    EXPECT_EQ(ranked(price_and_delivery, all), (std::vector<std::string>{"a", "c", "b"}));
}

TEST(Arbitration, NamesTheNearestWeightThatChangesTheWinner) {
    std::vector<Contender> const all{contender("a", {1'000, 5}), contender("b", {3'000, 2}),
                                     contender("c", {1'500, 3})};
    auto const out = arbitrate(price_and_delivery, all);
    // a: 1,000,000 p; c: 750,000 p + 666,667 d. At p = 3 c overtakes a with d = 2, at d = 1 with p = 2.
    EXPECT_EQ(out.sensitivity[1].above, (Turn{2, 2}));
    EXPECT_EQ(out.sensitivity[1].below, std::nullopt);
    EXPECT_EQ(out.sensitivity[0].below, (Turn{2, 2}));
    EXPECT_EQ(out.sensitivity[0].above, std::nullopt) << "no price weight, however high, dethrones the cheapest";
}

TEST(Arbitration, TiesGoToTheSmallerId) {
    std::vector<Contender> const all{contender("b", {1, 1}), contender("a", {1, 1})};
    EXPECT_EQ(ranked(price_and_delivery, all), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(arbitrate(price_and_delivery, all).sensitivity[0], Sensitivity());
}

TEST(Arbitration, WhatIsNotKnownIsWorstAndNobodyWinsWhereNobodyMay) {
    std::vector<Contender> const all{contender("a", {std::nullopt, 1}), contender("b", {9'000, 1})};
    EXPECT_EQ(winner(price_and_delivery, all), "b");
    std::vector<Contender> const none{contender("a", {1, 1}, false), contender("b", {2, 2}, false)};
    auto const out = arbitrate(price_and_delivery, none);
    EXPECT_TRUE(out.ranking.empty());
    EXPECT_EQ(out.sensitivity[0], Sensitivity());
}

TEST(Arbitration, ValuesMayBeFarApart) {
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    std::vector<Contender> const all{contender("a", {least, most}), contender("b", {most, least}),
                                     contender("c", {0, 0})};
    auto const out = arbitrate(price_and_delivery, all);
    EXPECT_EQ(out.scores_ppm[2], (std::vector<std::int64_t>{500'000, 500'000}));
    EXPECT_EQ(winner(price_and_delivery, all), "a");
}

TEST(Arbitration, DominatedIsWhatAnotherBeatsInOneAndEqualsInAll) {
    std::vector<Contender> const all{contender("a", {10, 3}), contender("b", {10, 4}), contender("c", {12, 1}),
                                     contender("d", {10, 3}), contender("e", {std::nullopt, 1})};
    auto const dominated = dominators(price_and_delivery, all);
    EXPECT_EQ(dominated[0], std::nullopt) << "an equal one does not dominate";
    EXPECT_EQ(dominated[1], 0U);
    EXPECT_EQ(dominated[2], std::nullopt);
    EXPECT_EQ(dominated[3], std::nullopt);
    EXPECT_EQ(dominated[4], 2U) << "no price is worse than any price";
}

struct Case {
    std::vector<Criterion> criteria;
    std::vector<Contender> contenders;
};

Case any_case() {
    Case out;
    auto const width = *rc::gen::inRange<std::size_t>(1, 5);
    for (std::size_t c = 0; c < width; ++c)
        out.criteria.push_back({"c" + std::to_string(c), *rc::gen::element(Better::lower, Better::higher),
                                *rc::gen::inRange<std::int64_t>(0, 9)});
    auto const count = *rc::gen::inRange<std::size_t>(2, 8);
    for (std::size_t i = 0; i < count; ++i) {
        Values values;
        for (std::size_t c = 0; c < width; ++c)
            values.push_back(*rc::gen::inRange(0, 6) == 0 ? std::nullopt
                                                          : std::optional(*rc::gen::inRange<std::int64_t>(-4, 30)));
        out.contenders.push_back(contender("i" + std::to_string((i * 5) % 11), values, *rc::gen::inRange(0, 5) != 0));
    }
    return out;
}

/// As the words say it: nothing is at least as good everywhere and better somewhere.
bool naively_undominated(Case const& c, std::size_t item) {
    auto const worth = [&](std::size_t i, std::size_t k) {
        auto const value = c.contenders[i].values[k];
        if (!value) return std::int64_t{-1'000'000};
        return c.criteria[k].better == Better::lower ? -*value : *value;
    };
    for (std::size_t other = 0; other < c.contenders.size(); ++other) {
        bool everywhere = true;
        bool somewhere = false;
        for (std::size_t k = 0; k < c.criteria.size(); ++k) {
            everywhere = everywhere && worth(other, k) >= worth(item, k);
            somewhere = somewhere || worth(other, k) > worth(item, k);
        }
        if (everywhere && somewhere) return false;
    }
    return true;
}

RC_GTEST_PROP(ArbitrationProperty, TheParetoSetIsWhatItsDefinitionSays, ()) {
    auto const c = any_case();
    auto const dominated = dominators(c.criteria, c.contenders);
    for (std::size_t i = 0; i < c.contenders.size(); ++i)
        RC_ASSERT(!dominated[i].has_value() == naively_undominated(c, i));
}

RC_GTEST_PROP(ArbitrationProperty, AWinnerIsNeverOneThatMayNotWin, ()) {
    auto const c = any_case();
    for (auto const i : arbitrate(c.criteria, c.contenders).ranking) RC_ASSERT(c.contenders[i].may_win);
}

/// The winner's id when one criterion has another weight.
std::string winner_with(Case c, std::size_t criterion, std::int64_t weight) {
    c.criteria[criterion].weight = weight;
    return winner(c.criteria, c.contenders);
}

RC_GTEST_PROP(ArbitrationProperty, TheSensitivityIsTheSmallestChangeOfAWeight, ()) {
    auto const c = any_case();
    auto const out = arbitrate(c.criteria, c.contenders);
    RC_PRE(!out.ranking.empty());
    auto const now = c.contenders[out.ranking.front()].id;
    for (std::size_t k = 0; k < c.criteria.size(); ++k) {
        auto const weight = c.criteria[k].weight;
        auto const& [below, above] = out.sensitivity[k];
        for (auto const& turn : {below, above}) {
            if (!turn) continue;
            auto const& next = c.contenders[turn->winner].id;
            auto const back = turn->weight < weight ? turn->weight + 1 : turn->weight - 1;
            RC_ASSERT(next != now);
            RC_ASSERT(winner_with(c, k, turn->weight) == next);
            RC_ASSERT(winner_with(c, k, back) == now);
        }
        // Where none is named, none is found.
        for (std::int64_t other = 0; other < weight && !below; ++other) RC_ASSERT(winner_with(c, k, other) == now);
        for (std::int64_t other = weight; other < weight + 60 && !above; ++other)
            RC_ASSERT(winner_with(c, k, other) == now);
        if (!above) RC_ASSERT(winner_with(c, k, 40'000'000) == now);
    }
}

}  // namespace
}  // namespace b2a::shopping
