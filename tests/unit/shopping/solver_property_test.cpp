// SPDX-License-Identifier: Apache-2.0
// The solver against trying everything, over small problems with every kind of rule.
#include <ostream>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "solver_brute.hpp"

namespace b2a::shopping {

/// What rapidcheck prints of a counterexample.
void showValue(Problem const& problem, std::ostream& out) {
    for (auto const& slot : problem.slots) {
        out << (slot.required ? "required" : "optional") << " x" << slot.repeat << '\n';
        for (auto const& c : slot.candidates)
            out << "  cost " << c.cost << " utility " << c.utility << " product " << c.traits[0] << " brand "
                << c.traits[1] << " category " << c.traits[2] << " color " << c.traits[3] << " item " << c.item << " x"
                << c.units << '\n';
    }
    for (auto const& rule : problem.rules)
        out << "rule " << static_cast<int>(rule.kind) << " of " << static_cast<int>(rule.trait) << " over "
            << rule.slots << " count " << rule.count << " bonus " << rule.bonus.value_or(-1) << '\n';
    for (auto const& pair : problem.pairs) out << "pair " << pair.a << ' ' << pair.b << ' ' << pair.bonus << '\n';
    for (auto const& ban : problem.bans) out << "ban " << ban.a << ' ' << ban.b << '\n';
    for (auto const stock : problem.stock) out << "stock " << stock << '\n';
    for (auto const& span : problem.budget) out << "budget " << span.min << ".." << span.max << '\n';
}

namespace {

template <class Int>
Int any(Int min, Int max) {
    return *rc::gen::inRange<Int>(min, static_cast<Int>(max + 1));
}

Candidate a_candidate() {
    Candidate candidate;
    candidate.cost = any<std::int64_t>(0, 20);
    candidate.utility = any<std::int64_t>(0, 30);
    candidate.traits = {any<std::uint32_t>(1, 6), any<std::uint32_t>(0, 2), any<std::uint32_t>(0, 2),
                        any<std::uint32_t>(0, 3)};
    candidate.item = any<std::uint32_t>(0, 5);
    candidate.units = any<std::int64_t>(1, 2);
    return candidate;
}

Rule a_rule(std::size_t slots) {
    Rule rule;
    rule.kind = static_cast<Rule::Kind>(any(0, 2));
    rule.trait = rule.kind == Rule::Kind::harmonious ? Trait::color : static_cast<Trait>(any(0, 3));
    rule.slots = any<std::uint64_t>(1, (std::uint64_t{1} << slots) - 1);
    rule.count = any<std::uint32_t>(1, 2);
    if (rule.kind != Rule::Kind::at_most && any(0, 1) == 1) rule.bonus = any<std::int64_t>(0, 15);
    return rule;
}

ProductPair a_pair() {
    auto const a = any<std::uint32_t>(1, 5);
    return {a, any<std::uint32_t>(a + 1, 6), any<std::int64_t>(0, 15)};
}

Problem a_problem() {
    Problem problem;
    auto const slots = any<std::size_t>(1, 3);
    std::uint32_t places = 0;
    for (std::size_t s = 0; s < slots; ++s) {
        ProblemSlot slot;
        slot.candidates =
            *rc::gen::container<std::vector<Candidate>>(any<std::size_t>(0, 5), rc::gen::exec(a_candidate));
        slot.required = any(0, 2) != 0;
        slot.repeat = any<std::uint32_t>(1, 4 - places - static_cast<std::uint32_t>(slots - s - 1));
        places += slot.repeat;
        problem.slots.push_back(slot);
    }
    for (int i = any(0, 2); i > 0; --i) problem.rules.push_back(a_rule(slots));
    problem.harmony = {0, 0b0010, 0b1100, 0b1100};
    if (any(0, 1) == 1) problem.harmony = {0, 0b0110, 0b1110, 0b1100};
    for (int i = any(0, 3); i > 0; --i) problem.pairs.push_back(a_pair());
    for (int i = any(0, 2); i > 0; --i) problem.bans.push_back(a_pair());
    if (any(0, 1) == 1)
        problem.stock = *rc::gen::container<std::vector<std::int64_t>>(4, rc::gen::inRange<std::int64_t>(0, 5));
    auto const spans = any(0, 2);
    if (spans > 0) problem.budget.push_back({0, any<std::int64_t>(0, 40)});
    if (spans > 1) {
        auto const from = problem.budget[0].max + any<std::int64_t>(2, 10);
        problem.budget.push_back({from, from + any<std::int64_t>(0, 10)});
    }
    problem.work_max = 1'000'000;
    return problem;
}

RC_GTEST_PROP(SolverProperty, findsWhatTryingEverythingFinds, ()) {
    auto const problem = *rc::gen::exec(a_problem);
    auto const answer = solve(problem).value();
    auto const expected = test::best_by_trying(problem);
    RC_ASSERT(answer.optimal);
    RC_ASSERT(answer.best.has_value() == expected.has_value());
    if (!answer.best) return;
    RC_ASSERT(answer.best->score == *expected);
    RC_ASSERT(answer.bound == answer.best->score);
    RC_ASSERT(test::worth(problem, answer.best->choice) == std::optional(answer.best->score));
    auto const second = test::runner_up_by_trying(problem, answer.best->choice);
    RC_ASSERT(answer.runner_up_optimal);
    RC_ASSERT(answer.runner_up.has_value() == second.has_value());
    if (!second) return;
    RC_ASSERT(answer.runner_up->score == *second);
    RC_ASSERT(test::worth(problem, answer.runner_up->choice) == std::optional(*second));
    RC_ASSERT(!test::same_products(problem, answer.best->choice, answer.runner_up->choice));
}

RC_GTEST_PROP(SolverProperty, aSmallWorkBudgetGivesAnHonestAnswer, ()) {
    auto problem = *rc::gen::exec(a_problem);
    auto const whole = solve(problem).value();
    problem.work_max = any<std::uint64_t>(0, 20);
    auto const part = solve(problem).value();
    if (part.optimal) {
        RC_ASSERT(part.best.has_value() == whole.best.has_value());
        if (part.best) RC_ASSERT(part.best->score == whole.best->score);
        return;
    }
    if (whole.best) RC_ASSERT(part.bound >= whole.best->score);
    if (part.best) RC_ASSERT(test::worth(problem, part.best->choice) == std::optional(part.best->score));
}

RC_GTEST_PROP(SolverProperty, theSameProblemHasTheSameAnswer, ()) {
    auto const problem = *rc::gen::exec(a_problem);
    auto const a = solve(problem).value();
    auto const b = solve(problem).value();
    RC_ASSERT(a.best == b.best);
    RC_ASSERT(a.runner_up == b.runner_up);
    RC_ASSERT(a.work == b.work);
}

}  // namespace
}  // namespace b2a::shopping
