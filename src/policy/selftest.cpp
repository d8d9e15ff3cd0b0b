// SPDX-License-Identifier: Apache-2.0
#include "policy/selftest.hpp"

#include <algorithm>

namespace b2a::policy {
namespace {

std::string joined(std::vector<std::string> const& items) {
    std::string out;
    for (auto const& item : items) {
        if (!out.empty()) out += ", ";
        out += item;
    }
    return out.empty() ? "nothing" : out;
}

/// "expected … , got …" onto `failure`.
void differ(std::string& failure, std::string_view what, std::string_view expected, std::string_view got) {
    if (!failure.empty()) failure += "; ";
    failure += what;
    failure += ": expected ";
    failure += expected;
    failure += ", got ";
    failure += got;
}

void check_list(std::string& failure, std::string_view what, std::optional<std::vector<std::string>> const& expected,
                std::vector<std::string> const& got) {
    if (expected && *expected != got) differ(failure, what, joined(*expected), joined(got));
}

void check_one(std::string& failure, std::string_view what, std::optional<std::string> const& expected,
               std::vector<Reason> const& reasons, std::string Reason::* member) {
    if (!expected) return;
    std::vector<std::string> got;
    for (auto const& reason : reasons) got.push_back(reason.*member);
    if (std::ranges::find(got, *expected) == got.end()) differ(failure, what, *expected, joined(got));
}

std::string failure_of(RuleSet const& rules, TestCase const& test) {
    auto facts = test.facts;
    facts.principal = &test.principal;
    auto const decision = rules.evaluate(facts);
    std::vector<std::string> limits;
    rules.for_each_limit(facts, [&](std::size_t, RateLimit const& limit) { limits.push_back(limit.id); });
    for (auto const& draw : rules.draws(facts, {}))
        if (std::ranges::find(limits, draw.reason.rule) == limits.end()) limits.push_back(draw.reason.rule);

    std::string failure;
    if (decision.outcome != test.expect.outcome)
        differ(failure, "decision", to_text(test.expect.outcome), to_text(decision.outcome));
    check_one(failure, "rule", test.expect.rule, decision.reasons, &Reason::rule);
    check_one(failure, "reason_code", test.expect.code, decision.reasons, &Reason::code);
    check_list(failure, "obligations", test.expect.obligations, decision.obligations);
    check_list(failure, "shadow", test.expect.shadow, decision.shadow);
    check_list(failure, "limits", test.expect.limits, limits);
    return failure;
}

}  // namespace

std::vector<SelfTest> run_tests(RuleSet const& rules, std::vector<TestCase> const& tests) {
    std::vector<SelfTest> out;
    out.reserve(tests.size());
    for (auto const& test : tests) out.push_back({test.name, failure_of(rules, test)});
    return out;
}

}  // namespace b2a::policy
