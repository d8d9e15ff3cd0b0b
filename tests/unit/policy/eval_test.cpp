// SPDX-License-Identifier: Apache-2.0
#include "policy/eval.hpp"

#include "support.hpp"

namespace b2a::policy {
namespace {

using test::Case;
using test::eur;
using test::load;
using test::rule;
using test::usd;

constexpr auto complete = R"(["checkout.complete"])";

Timestamp at(std::string_view text) {
    return *from_rfc3339(text);
}

/// Whether a forbid with this condition denies, where a permit for all stands beside it.
bool forbids(std::string const& when, Case& request) {
    auto const rules = load(rule("all", "permit", "") + rule("no", "forbid", when));
    return rules->evaluate(request.get()).outcome == Outcome::deny;
}

/// Whether a permit with this condition allows.
bool allows(std::string const& when, Case& request) {
    auto const rules = load(rule("yes", "permit", when));
    return rules->evaluate(request.get()).outcome == Outcome::allow;
}

TEST(PolicyDefault, ReadsAreOpenMutationsAndTheConsoleAreNot) {
    auto const rules = load("");
    for (std::size_t i = 0; i < action_count; ++i) {
        Case request(static_cast<Action>(i));
        auto const decision = rules->evaluate(request.get());
        auto const open = !needs_permit(request.facts.action);
        EXPECT_EQ(decision.outcome, open ? Outcome::allow : Outcome::deny);
        EXPECT_EQ(rules->permits(request.get()), open);
        ASSERT_EQ(decision.reasons.size(), open ? 0U : 1U);
        if (!open) {
            EXPECT_EQ(decision.reasons[0].code, "no_rule_permits");
            EXPECT_EQ(decision.reasons[0].rule, "");
            EXPECT_NE(decision.reasons[0].message, "");
        }
    }
}

TEST(PolicyCombine, DenyOverApprovalOverAllow) {
    Case request;
    auto const permit = rule("p", "permit", "obligate = [\"receipt\"]");
    auto const approve = rule("a", "approve", "reason_code = \"ask\"\nagent_message = \"Wait.\"");
    auto const forbid = rule("f", "forbid", "reason_code = \"stop\"\nagent_message = \"Stop.\"");

    auto const allowed = load(permit)->evaluate(request.get());
    EXPECT_EQ(allowed.outcome, Outcome::allow);
    ASSERT_EQ(allowed.reasons.size(), 1U);
    EXPECT_EQ(allowed.reasons[0].rule, "p");
    EXPECT_EQ(allowed.reasons[0].code, "permitted");
    EXPECT_EQ(allowed.obligations, std::vector<std::string>{"receipt"});

    auto const waiting = load(permit + approve)->evaluate(request.get());
    EXPECT_EQ(waiting.outcome, Outcome::needs_approval);
    ASSERT_EQ(waiting.reasons.size(), 1U);
    EXPECT_EQ(waiting.reasons[0].code, "ask");
    EXPECT_EQ(waiting.reasons[0].message, "Wait.");
    EXPECT_EQ(waiting.obligations, std::vector<std::string>{"receipt"});

    auto const denied = load(permit + approve + forbid)->evaluate(request.get());
    EXPECT_EQ(denied.outcome, Outcome::deny);
    ASSERT_EQ(denied.reasons.size(), 1U);
    EXPECT_EQ(denied.reasons[0].rule, "f");
    EXPECT_EQ(denied.matched, (std::vector<std::string>{"p", "a", "f"}));
    EXPECT_TRUE(denied.obligations.empty());
    EXPECT_EQ(denied.ruleset, load(permit + approve + forbid)->digest());
}

TEST(PolicyCombine, OrderInTheFileDoesNotDecide) {
    Case request;
    EXPECT_EQ(load(rule("f", "forbid", "") + rule("p", "permit", ""))->evaluate(request.get()).outcome, Outcome::deny);
    EXPECT_EQ(load(rule("p", "permit", "") + rule("f", "forbid", ""))->evaluate(request.get()).outcome, Outcome::deny);
}

TEST(PolicyCombine, EveryDecidingRuleGivesItsReason) {
    Case request;
    auto const decision = load(rule("f1", "forbid", "") + rule("p", "permit", "") +
                               rule("r", "require", "require.agent.trust_level.eq = 5"))
                              ->evaluate(request.get());
    ASSERT_EQ(decision.reasons.size(), 2U);
    EXPECT_EQ(decision.reasons[0].rule, "f1");
    EXPECT_EQ(decision.reasons[0].code, "forbidden_by_policy");
    EXPECT_EQ(decision.reasons[1].rule, "r");
    EXPECT_EQ(decision.reasons[1].code, "requirement_not_met");
}

TEST(PolicyCombine, ObligationsOfSeveralPermitsAreListedOnce) {
    Case request;
    auto const decision = load(rule("p1", "permit", "obligate = [\"receipt\", \"mask_buyer\"]") +
                               rule("p2", "permit", "obligate = [\"mask_buyer\", \"disclose_allergens\"]"))
                              ->evaluate(request.get());
    EXPECT_EQ(decision.obligations, (std::vector<std::string>{"receipt", "mask_buyer", "disclose_allergens"}));
}

TEST(PolicyCombine, RulesOfOtherActionsHaveNoSay) {
    Case request(Action::checkout_create);
    auto const rules = load(rule("p", "permit", "", R"(["checkout.*"])") + rule("f", "forbid", "", complete));
    EXPECT_EQ(rules->evaluate(request.get()).outcome, Outcome::allow);
    request.facts.action = Action::checkout_complete;
    EXPECT_EQ(rules->evaluate(request.get()).outcome, Outcome::deny);
    request.facts.action = Action::catalog_publish;
    EXPECT_EQ(rules->evaluate(request.get()).reasons[0].code, "no_rule_permits");
}

TEST(PolicyMode, ShadowIsRecordedOnlyAndOffIsSilent) {
    Case request;
    auto const rules = load(rule("p", "permit", "") + rule("s", "forbid", "mode = \"shadow\"") +
                            rule("n", "forbid", "mode = \"shadow\"\nwhen.agent.trust_level.eq = 5") +
                            rule("o", "forbid", "mode = \"off\""));
    auto const decision = rules->evaluate(request.get());
    EXPECT_EQ(decision.outcome, Outcome::allow);
    EXPECT_EQ(decision.matched, std::vector<std::string>{"p"});
    EXPECT_EQ(decision.shadow, std::vector<std::string>{"s"});
    EXPECT_TRUE(rules->permits(request.get()));
    auto const only = load(rule("s", "permit", "mode = \"shadow\"\nobligate = [\"receipt\"]"))->evaluate(request.get());
    EXPECT_EQ(only.outcome, Outcome::deny);
    EXPECT_TRUE(only.obligations.empty());
}

TEST(PolicyValidity, FromTheFirstMomentBeforeTheLast) {
    Case request;
    auto const rules = load(rule("p", "permit", "") + rule("f", "forbid", R"(
valid_from = 2026-11-27T00:00:00+01:00
valid_until = 2026-11-28T00:00:00Z)"));
    auto const outcome_at = [&](std::string_view time) {
        request.facts.now = at(time);
        EXPECT_EQ(rules->permits(request.get()), rules->evaluate(request.get()).outcome == Outcome::allow);
        return rules->evaluate(request.get()).outcome;
    };
    EXPECT_EQ(outcome_at("2026-11-26T22:59:59.999Z"), Outcome::allow);
    EXPECT_EQ(outcome_at("2026-11-26T23:00:00Z"), Outcome::deny);
    EXPECT_EQ(outcome_at("2026-11-27T23:59:59.999Z"), Outcome::deny);
    EXPECT_EQ(outcome_at("2026-11-28T00:00:00Z"), Outcome::allow);
}

TEST(PolicyAbsent, NeverHelpsTheCaller) {
    Case request;  // no total, country, counts, tags or class
    for (std::string const condition :
         {"checkout.total.lte = { amount = 1, currency = \"USD\" }",
          "checkout.total.gt = { amount = 1, currency = \"USD\" }", "checkout.item_count.lt = 3",
          "checkout.quantity_max.not_in = [4]", "ship_to.country.eq = \"DE\"", "ship_to.country.ne = \"DE\"",
          "cart.tags.any = [\"a\"]", "cart.tags.none = [\"a\"]", "cart.categories.none = [\"a\"]",
          "agent.class.ne = \"crawler\"", "agent.class.prefix = \"c\""}) {
        EXPECT_FALSE(allows("when." + condition, request)) << condition;
        EXPECT_FALSE(allows("unless." + condition, request)) << condition;
        EXPECT_TRUE(forbids("when." + condition, request)) << condition;
        EXPECT_TRUE(forbids("unless." + condition, request)) << condition;
        auto const permit = rule("p", "permit", "");
        auto const approve = load(permit + rule("a", "approve", "when." + condition));
        EXPECT_EQ(approve->evaluate(request.get()).outcome, Outcome::needs_approval) << condition;
        auto const require = load(permit + rule("r", "require", "require." + condition));
        EXPECT_EQ(require->evaluate(request.get()).outcome, Outcome::deny) << condition;
    }
}

TEST(PolicyAbsent, AFalseConditionStillDecides) {
    Case request;
    // Unknown and false is false: the rule is certainly not about this agent.
    EXPECT_FALSE(forbids("when.agent.trust_level.eq = 0\nwhen.ship_to.country.eq = \"DE\"", request));
    EXPECT_FALSE(forbids("when.ship_to.country.eq = \"DE\"\nwhen.protocol.eq = \"cli\"", request));
    EXPECT_TRUE(allows("unless.agent.trust_level.eq = 0\nunless.ship_to.country.eq = \"DE\"", request));
}

TEST(PolicyRequire, ConcernsOnlyWhomWhenNames) {
    Case request;
    auto const rules = load(rule("p", "permit", "") + rule("r", "require", R"(
when.cart.tags.any = ["alcohol"]
require.agent.trust_level.gte = 3)"));
    request.facts.tags = {"fruit"};
    EXPECT_EQ(rules->evaluate(request.get()).outcome, Outcome::allow);
    request.facts.tags = {"fruit", "alcohol"};
    EXPECT_EQ(rules->evaluate(request.get()).outcome, Outcome::deny);
    request.principal.trust = TrustLevel::request_bound;
    auto const decision = rules->evaluate(request.get());
    EXPECT_EQ(decision.outcome, Outcome::allow);
    EXPECT_EQ(decision.matched, std::vector<std::string>{"p"});
}

TEST(PolicyRequire, APermitIsStillNeeded) {
    Case request;
    auto const rules = load(rule("r", "require", "require.agent.trust_level.gte = 1"));
    EXPECT_EQ(rules->evaluate(request.get()).outcome, Outcome::deny);
}

TEST(PolicyUnless, AllOfItsConditionsMustHold) {
    Case request;
    request.facts.country = "DE";
    EXPECT_FALSE(allows("unless.ship_to.country.eq = \"DE\"", request));
    EXPECT_TRUE(allows("unless.ship_to.country.eq = \"DE\"\nunless.agent.registered.eq = true", request));
    EXPECT_FALSE(forbids("unless.ship_to.country.eq = \"DE\"", request));
}

struct OpCase {
    std::string condition;
    bool holds;
};

TEST(PolicyOps, EachOperatorOnEachType) {
    Case request;
    request.principal.agent_class = "shopping";
    request.principal.protocol = Protocol::ucp;
    request.facts.total = usd(500);
    request.facts.item_count = 3;
    request.facts.quantity_max = 2;
    request.facts.country = "de";
    request.facts.tags = {"alcohol", "fruit"};
    request.facts.categories = std::vector<std::string>{};
    request.facts.now = at("2026-11-24T12:00:00Z");
    std::vector<OpCase> const cases{
        {"agent.id.eq = \"https://agent.example/profile\"", true},
        {"agent.id.prefix = \"https://agent.example/\"", true},
        {"agent.id.prefix = \"https://agent.example.evil/\"", false},
        {"agent.class.ne = \"crawler\"", true},
        {"agent.class.in = [\"x\", \"shopping\", \"a\"]", true},
        {"agent.class.not_in = [\"x\", \"shopping\"]", false},
        {"agent.trust_level.eq = 2", true},
        {"agent.trust_level.ne = 2", false},
        {"agent.trust_level.in = [5, 2]", true},
        {"agent.trust_level.not_in = [5, 2]", false},
        {"agent.registered.eq = false", true},
        {"agent.registered.ne = false", false},
        {"protocol.eq = \"ucp\"", true},
        {"protocol.not_in = [\"mcp\", \"acp\"]", true},
        {"action.eq = \"checkout.complete\"", true},
        {"action.in = [\"order.get\"]", false},
        {"checkout.total.eq = { amount = 500, currency = \"USD\" }", true},
        {"checkout.total.ne = { amount = 500, currency = \"USD\" }", false},
        {"checkout.total.gt = { amount = 499, currency = \"USD\" }", true},
        {"checkout.total.gt = { amount = 500, currency = \"USD\" }", false},
        {"checkout.total.gte = { amount = 500, currency = \"USD\" }", true},
        {"checkout.total.lt = { amount = 500, currency = \"USD\" }", false},
        {"checkout.total.lte = { amount = 500, currency = \"USD\" }", true},
        {"checkout.item_count.gt = 2", true},
        {"checkout.item_count.lt = 3", false},
        {"checkout.quantity_max.gte = 2", true},
        {"checkout.quantity_max.lte = 1", false},
        {"ship_to.country.eq = \"DE\"", true},
        {"ship_to.country.in = [\"us\", \"de\"]", true},
        {"ship_to.country.not_in = [\"FR\"]", true},
        {"cart.tags.any = [\"x\", \"fruit\"]", true},
        {"cart.tags.any = [\"x\"]", false},
        {"cart.tags.none = [\"x\"]", true},
        {"cart.tags.none = [\"alcohol\"]", false},
        {"cart.categories.none = [\"x\"]", true},
        {"time.before = 2026-11-24T12:00:00Z", false},
        {"time.before = 2026-11-24T12:00:00.000001Z", true},
        {"time.after = 2026-11-24T12:00:00Z", true},
        {"time.gt = 2026-11-24T12:00:00Z", false},
        {"time.lte = 2026-11-24T13:00:00+01:00", true},
        {"time.gte = 2026-11-24T12:00:01Z", false},
        {"time.lt = 2026-11-24T12:00:01Z", true},
    };
    for (auto const& [condition, expected] : cases) {
        EXPECT_EQ(allows("when." + condition, request), expected) << condition;
        EXPECT_EQ(forbids("when." + condition, request), expected) << condition;
    }
}

TEST(PolicyMoney, TheAmountOfTheOwnCurrencyCounts) {
    Case request;
    std::string const caps = "when.checkout.total.lte = [{amount=500,currency=\"USD\"},{amount=400,currency=\"EUR\"}]";
    request.facts.total = usd(450);
    EXPECT_TRUE(allows(caps, request));
    request.facts.total = eur(450);
    EXPECT_FALSE(allows(caps, request));
    request.facts.total = Money{1, *Currency::parse("JPY")};
    EXPECT_FALSE(allows(caps, request));
    EXPECT_TRUE(forbids(caps, request));
}

TEST(PolicyCountry, WhatIsNoCountryIsUnknown) {
    Case request;
    for (std::string const text : {"", "USA", "U", "1A", "U\xc3"}) {
        request.facts.country = text;
        EXPECT_TRUE(forbids("when.ship_to.country.eq = \"US\"", request)) << text;
        EXPECT_FALSE(allows("when.ship_to.country.ne = \"US\"", request)) << text;
    }
}

TEST(PolicyLimits, ApplyByPredicateAndAction) {
    auto const rules = load(R"(
[[limit]]
id = "slow"
actions = ["catalog.*"]
when.agent.trust_level.lte = 1
per = "peer"
count = 10
window = "2m"
reason_code = "slow_down"
agent_message = "Slow down."
[[limit]]
id = "class"
actions = ["catalog.search", "order.get"]
when.agent.class.eq = "crawler"
count = 0
window = "24h"
)");
    ASSERT_EQ(rules->rate_limits().size(), 2U);
    auto const& slow = rules->rate_limits()[0];
    EXPECT_EQ(slow.count, 10);
    EXPECT_EQ(slow.window_s, 120);
    EXPECT_EQ(slow.per, LimitKey::peer);
    EXPECT_EQ(slow.code, "slow_down");
    EXPECT_EQ(slow.message, "Slow down.");
    EXPECT_EQ(slow.actions.size(), 4U);
    EXPECT_EQ(rules->rate_limits()[1].per, LimitKey::principal);
    EXPECT_EQ(rules->rate_limits()[1].code, "rate_limited");

    Case request(Action::catalog_search);
    auto const applying = [&] {
        std::vector<std::string> ids;
        rules->for_each_limit(request.get(), [&](std::size_t at, RateLimit const& limit) {
            EXPECT_EQ(&limit, &rules->rate_limits()[at]);
            ids.push_back(limit.id);
        });
        return ids;
    };
    using Ids = std::vector<std::string>;
    EXPECT_EQ(applying(), Ids{"class"});  // the class is unknown, so the limit binds
    request.principal.agent_class = "shopping";
    EXPECT_EQ(applying(), Ids{});
    request.principal.trust = TrustLevel::declared;
    EXPECT_EQ(applying(), Ids{"slow"});
    request.principal.agent_class = "crawler";
    EXPECT_EQ(applying(), (Ids{"slow", "class"}));
    request.facts.action = Action::order_get;
    EXPECT_EQ(applying(), Ids{"class"});
    request.facts.action = Action::checkout_create;
    EXPECT_EQ(applying(), Ids{});
}

}  // namespace
}  // namespace b2a::policy
