// SPDX-License-Identifier: Apache-2.0
// What must hold for every rule set and every request.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "policy/eval.hpp"
#include "support.hpp"

namespace b2a::policy {
namespace {

using test::rule;

std::string pick(std::vector<std::string> const& choices) {
    return *rc::gen::elementOf(choices);
}

std::string any_condition() {
    return pick({"agent.trust_level.gte = 2",
                 "agent.trust_level.lt = 2",
                 "agent.trust_level.in = [1, 4]",
                 "agent.registered.eq = true",
                 "agent.class.eq = \"shopping\"",
                 "agent.class.not_in = [\"crawler\"]",
                 "agent.id.prefix = \"https://a\"",
                 "protocol.in = [\"ucp\", \"mcp\"]",
                 "action.ne = \"checkout.complete\"",
                 "checkout.total.gt = [{amount=500,currency=\"USD\"},{amount=400,currency=\"EUR\"}]",
                 "checkout.total.lte = {amount=500,currency=\"USD\"}",
                 "checkout.item_count.gt = 2",
                 "checkout.quantity_max.lte = 2",
                 "ship_to.country.eq = \"DE\"",
                 "ship_to.country.not_in = [\"US\"]",
                 "cart.tags.any = [\"x\"]",
                 "cart.tags.none = [\"x\"]",
                 "cart.categories.any = [\"y\"]",
                 "time.after = 2026-06-01T00:00:00Z",
                 "time.before = 2026-06-01T00:00:00Z"});
}

std::string any_rule(std::string const& id, std::string const& effect) {
    std::string body;
    if (*rc::gen::inRange(0, 4) > 0) body += "when." + any_condition() + "\n";
    if (*rc::gen::inRange(0, 3) == 0) body += "unless." + any_condition() + "\n";
    if (effect == "require") body += "require." + any_condition() + "\n";
    if (*rc::gen::inRange(0, 6) == 0) body += "valid_from = 2026-06-01T00:00:00Z\n";
    if (*rc::gen::inRange(0, 6) == 0) body += "mode = \"shadow\"\n";
    auto const actions =
        pick({R"(["*"])", R"(["checkout.*"])", R"(["checkout.complete"])", R"(["catalog.*", "operator.read"])"});
    return rule(id, effect, body, actions);
}

std::vector<std::string> any_rules() {
    std::vector<std::string> out;
    auto const count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < count; ++i)
        out.push_back(any_rule("r" + std::to_string(i), pick({"permit", "permit", "forbid", "require", "approve"})));
    return out;
}

std::string join(std::vector<std::string> const& rules) {
    std::string out;
    for (auto const& one : rules) out += one;
    return out;
}

std::shared_ptr<RuleSet const> loaded(std::string const& source) {
    auto rules = RuleSet::load(source, "p.toml");
    RC_ASSERT(rules.ok());
    return *rules;
}

template <class T>
std::optional<T> maybe(std::vector<T> const& choices) {
    if (*rc::gen::inRange(0, 3) == 0) return std::nullopt;
    return *rc::gen::elementOf(choices);
}

void fill(test::Case& request) {
    using Set = std::vector<std::string>;
    request.principal.id = pick({"", "https://a.example/", "token"});
    request.principal.trust = static_cast<TrustLevel>(*rc::gen::inRange(0, 6));
    request.principal.protocol = static_cast<Protocol>(*rc::gen::inRange(0, 7));
    request.principal.agent_class = pick({"", "shopping", "crawler"});
    request.principal.registered = *rc::gen::arbitrary<bool>();
    request.facts.action = static_cast<Action>(*rc::gen::inRange(0, static_cast<int>(action_count)));
    request.facts.now = *from_rfc3339(pick({"2026-05-31T23:59:59Z", "2026-06-01T00:00:00Z"}));
    request.facts.total = maybe<Money>(
        {test::usd(500), test::usd(501), test::eur(400), test::eur(-3), Money{1, *Currency::parse("JPY")}, Money{}});
    request.facts.item_count = maybe<std::int64_t>({0, 2, 3, INT64_MAX, INT64_MIN});
    request.facts.quantity_max = maybe<std::int64_t>({0, 2, 3, INT64_MAX});
    request.facts.country = maybe<std::string>({"DE", "de", "US", "", "XXXX"});
    request.facts.tags = maybe<Set>({Set{}, Set{"x"}, Set{"y", "x", "x"}, Set{""}});
    request.facts.categories = maybe<Set>({Set{}, Set{"y"}});
}

int openness(Outcome outcome) {
    return outcome == Outcome::allow ? 2 : outcome == Outcome::needs_approval ? 1 : 0;
}

RC_GTEST_PROP(PolicyProperty, PermitsAgreesWithEvaluate, ()) {
    auto const rules = loaded(join(any_rules()));
    test::Case request;
    fill(request);
    RC_ASSERT(rules->permits(request.get()) == (rules->evaluate(request.get()).outcome == Outcome::allow));
}

RC_GTEST_PROP(PolicyProperty, EvaluateIsTotalDeterministicAndGivesReasons, ()) {
    auto const rules = loaded(join(any_rules()));
    test::Case request;
    fill(request);
    auto const one = rules->evaluate(request.get());
    auto const two = rules->evaluate(request.get());
    RC_ASSERT(one.outcome == two.outcome);
    RC_ASSERT(one.matched == two.matched);
    RC_ASSERT(one.shadow == two.shadow);
    RC_ASSERT(one.ruleset == rules->digest());
    if (one.outcome != Outcome::allow) RC_ASSERT(!one.reasons.empty());
    if (one.outcome == Outcome::deny) RC_ASSERT(one.obligations.empty());
    for (auto const& reason : one.reasons) RC_ASSERT(!reason.code.empty());
}

RC_GTEST_PROP(PolicyProperty, AddingAForbidOrRequireNeverWidensAccess, ()) {
    auto rules = any_rules();
    auto const before = loaded(join(rules));
    auto const at = *rc::gen::inRange<std::size_t>(0, rules.size() + 1);
    rules.insert(rules.begin() + static_cast<std::ptrdiff_t>(at), any_rule("new", pick({"forbid", "require"})));
    auto const after = loaded(join(rules));
    test::Case request;
    fill(request);
    RC_ASSERT(openness(after->evaluate(request.get()).outcome) <= openness(before->evaluate(request.get()).outcome));
}

RC_GTEST_PROP(PolicyProperty, RemovingAPermitNeverWidensAccess, ()) {
    auto rules = any_rules();
    auto const kept = loaded(join(rules));
    rules.push_back(any_rule("gone", "permit"));
    auto const with = loaded(join(rules));
    test::Case request;
    fill(request);
    RC_ASSERT(openness(kept->evaluate(request.get()).outcome) <= openness(with->evaluate(request.get()).outcome));
}

RC_GTEST_PROP(PolicyProperty, AnApproveNeverTurnsIntoAnAllow, ()) {
    auto rules = any_rules();
    auto const before = loaded(join(rules));
    rules.push_back(any_rule("ask", "approve"));
    auto const after = loaded(join(rules));
    test::Case request;
    fill(request);
    if (!before->permits(request.get())) RC_ASSERT(!after->permits(request.get()));
}

RC_GTEST_PROP(PolicyProperty, WithoutAPermitNoMutationIsAllowed, ()) {
    auto rules = any_rules();
    std::erase_if(rules, [](std::string const& text) { return text.find("\"permit\"") != std::string::npos; });
    auto const set = loaded(join(rules));
    test::Case request;
    fill(request);
    if (needs_permit(request.facts.action)) RC_ASSERT(!set->permits(request.get()));
}

RC_GTEST_PROP(PolicyProperty, LosingAFactNeverWidensAccess, ()) {
    auto const rules = loaded(join(any_rules()));
    test::Case request;
    fill(request);
    auto const known = rules->evaluate(request.get()).outcome;
    switch (*rc::gen::inRange(0, 7)) {
        case 0: request.facts.total.reset(); break;
        case 1: request.facts.item_count.reset(); break;
        case 2: request.facts.quantity_max.reset(); break;
        case 3: request.facts.country.reset(); break;
        case 4: request.facts.tags.reset(); break;
        case 5: request.facts.categories.reset(); break;
        default: request.principal.agent_class.clear(); break;
    }
    auto const unknown = rules->evaluate(request.get()).outcome;
    RC_ASSERT(openness(unknown) <= std::max(openness(known), 1));
    if (known != Outcome::allow) RC_ASSERT(unknown != Outcome::allow);
}

RC_GTEST_PROP(PolicyProperty, OrderOfRulesDoesNotDecide, ()) {
    auto rules = any_rules();
    auto const forward = loaded(join(rules));
    std::ranges::reverse(rules);
    auto const backward = loaded(join(rules));
    test::Case request;
    fill(request);
    RC_ASSERT(forward->evaluate(request.get()).outcome == backward->evaluate(request.get()).outcome);
}

RC_GTEST_PROP(PolicyProperty, NoBytesBreakTheLoader, (std::string const& noise)) {
    auto source = join(any_rules());
    auto const at = *rc::gen::inRange<std::size_t>(0, source.size() + 1);
    source.insert(at, noise);
    auto const rules = RuleSet::load(source, "p.toml");
    if (!rules.ok()) RC_ASSERT(rules.error().detail.starts_with("p.toml:"));
}

}  // namespace
}  // namespace b2a::policy
