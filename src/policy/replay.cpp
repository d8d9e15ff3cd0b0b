// SPDX-License-Identifier: Apache-2.0
#include "b2a/policy/replay.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"

namespace b2a::policy {
namespace {

/// A purchase that went through; nullopt for every other decision.
std::optional<Money> bought(Recorded const& recorded) {
    bool const purchase = recorded.facts.action == Action::checkout_complete && recorded.outcome == Outcome::allow;
    return purchase ? recorded.facts.total : std::nullopt;
}

void add_revenue(Revenue& revenue, Money money) {
    auto& sum = revenue[std::string(money.currency.code())];
    if (__builtin_add_overflow(sum, money.minor, &sum)) sum = std::numeric_limits<std::int64_t>::max();
}

std::vector<std::string> codes_of(Decision const& decision) {
    std::vector<std::string> out;
    for (auto const& reason : decision.reasons) out.push_back(reason.code);
    return out;
}

void compare_cases(RuleSet const& before, RuleSet const& after, std::vector<Example> examples,
                   std::set<std::string>& seen, Difference& out) {
    for (auto& example : examples) {
        if (!seen.insert(example.name).second) continue;
        example.facts.principal = &example.principal;
        auto const was = before.evaluate(example.facts).outcome;
        auto const would = after.evaluate(example.facts).outcome;
        if (was != would) out.cases.push_back({example.name, was, would});
    }
}

}  // namespace

void Replay::add(Recorded recorded) {
    recorded.facts.principal = &recorded.principal;
    auto const decision = candidate_.evaluate(recorded.facts);
    ++report_.decisions;
    if (decision.outcome == recorded.outcome) {
        ++report_.unchanged;
        return;
    }
    bool const refused = recorded.outcome == Outcome::allow;
    ++(refused ? report_.refused : report_.permitted);
    if (refused) {
        ++report_.refused_by_agent[recorded.principal.id];
        for (auto const& reason : decision.reasons) ++report_.refused_by_rule[reason.rule];
        auto const money = bought(recorded);
        if (money && counted_.insert(recorded.subject).second) add_revenue(report_.at_stake, *money);
    }
    if (report_.changes.size() >= limits::policy_changes_max) return;
    report_.changes.push_back({recorded.seq, recorded.decision_id, recorded.subject, recorded.principal.id,
                               std::string(to_text(recorded.facts.action)), recorded.outcome, decision.outcome,
                               codes_of(decision)});
}

void add(StopPreview& preview, StopScope const& scope, Recorded recorded) {
    recorded.facts.principal = &recorded.principal;
    if (recorded.outcome != Outcome::allow || !covers(scope, recorded.facts)) return;
    ++preview.requests;
    preview.agents.insert(recorded.principal.id);
    if (auto const money = bought(recorded)) {
        ++preview.orders;
        add_revenue(preview.revenue, *money);
    }
}

Difference difference(RuleSet const& before, RuleSet const& after) {
    Difference out;
    auto const was = before.statements();
    auto const is = after.statements();
    for (auto const& [id, text] : is) {
        auto const found = was.find(id);
        if (found == was.end()) out.added.push_back(id);
        else if (found->second != text) out.changed.push_back(id);
    }
    for (auto const& [id, text] : was)
        if (!is.contains(id)) out.removed.push_back(id);
    std::set<std::string> seen;
    compare_cases(before, after, after.examples(), seen, out);
    compare_cases(before, after, before.examples(), seen, out);
    return out;
}

}  // namespace b2a::policy
