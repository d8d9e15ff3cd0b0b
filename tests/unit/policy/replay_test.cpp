// SPDX-License-Identifier: Apache-2.0
#include "b2a/policy/replay.hpp"

#include "b2a/audit/event.hpp"

#include "support.hpp"

namespace b2a::policy {
namespace {

using test::Case;
using test::eur;
using test::load;
using test::rule;

/// An entry as the log has it.
std::string entry_of(Case& request, Outcome outcome, std::uint64_t seq, std::string subject = "chk_1") {
    audit::Event event;
    event.type = "checkout.completed";
    event.decision_id = "dec_" + std::to_string(seq);
    event.agent = request.principal.id;
    event.trust = static_cast<std::int64_t>(request.principal.trust);
    event.protocol = to_text(request.principal.protocol);
    event.action = to_text(request.facts.action);
    event.outcome = to_text(outcome);
    event.reasons = {"within_cap"};
    event.rules = {"r"};
    event.subject = std::move(subject);
    event.facts = facts_to_json(request.get());
    return audit::canonical_bytes(event, seq, Timestamp{} + std::chrono::seconds{seq}).value();
}

struct Full : Case {
    Full() : Case(Action::checkout_complete) {
        principal.protocol = Protocol::mcp;
        principal.agent_class = "shopping";
        principal.registered = true;
        facts.total = eur(4200);
        facts.item_count = 3;
        facts.quantity_max = 2;
        facts.country = "DE";
        facts.tags = {{"alcohol", "gift \"x\""}};
        facts.categories = std::vector<std::string>{};
        facts.lines = {{"shirt", 2}, {"belt", 1}};
        facts.payment_handler = "card";
        facts.mandate_verified = true;
        facts.approved = true;
        facts.external = false;
    }
};
Full full() {
    return Full();
}

TEST(RecordedDecision, HoldsEveryFactThatRulesAskAbout) {
    auto request = full();
    auto const recorded = read_recorded(entry_of(request, Outcome::allow, 7)).value();
    ASSERT_TRUE(recorded.has_value());
    EXPECT_EQ(recorded->seq, 7U);
    EXPECT_EQ(recorded->decision_id, "dec_7");
    EXPECT_EQ(recorded->outcome, Outcome::allow);
    EXPECT_EQ(recorded->codes, std::vector<std::string>{"within_cap"});
    EXPECT_EQ(recorded->principal.id, request.principal.id);
    EXPECT_EQ(recorded->principal.trust, request.principal.trust);
    EXPECT_EQ(recorded->principal.protocol, request.principal.protocol);
    EXPECT_EQ(recorded->principal.agent_class, "shopping");
    EXPECT_TRUE(recorded->principal.registered);
    auto const& facts = recorded->facts;
    EXPECT_EQ(facts.action, Action::checkout_complete);
    EXPECT_EQ(facts.total, request.facts.total);
    EXPECT_EQ(facts.item_count, 3);
    EXPECT_EQ(facts.quantity_max, 2);
    EXPECT_EQ(facts.country, "DE");
    EXPECT_EQ(facts.tags, request.facts.tags);
    EXPECT_EQ(facts.categories, request.facts.categories);
    EXPECT_EQ(facts.lines, request.facts.lines);
    EXPECT_EQ(facts.payment_handler, "card");
    EXPECT_EQ(facts.mandate_verified, true);
    EXPECT_EQ(facts.external, false);
    EXPECT_TRUE(facts.approved);
    EXPECT_EQ(facts.now, Timestamp{} + std::chrono::seconds{7});
    // And what is absent stays absent: an absent fact is not an empty one.
    Case bare(Action::order_get);
    auto const empty = read_recorded(entry_of(bare, Outcome::deny, 1)).value();
    EXPECT_EQ(empty->facts.tags, std::nullopt);
    EXPECT_EQ(empty->facts.total, std::nullopt);
    EXPECT_EQ(empty->facts.mandate_verified, std::nullopt);
    EXPECT_EQ(empty->facts.external, std::nullopt);
}

TEST(RecordedDecision, OtherEntriesAreNone) {
    EXPECT_EQ(
        read_recorded(R"({"seq":1,"time":"2026-11-24T00:00:00.000Z","type":"catalog.published"})").value().has_value(),
        false);
    EXPECT_FALSE(read_recorded("{").ok());
}

TEST(Replay, SaysWhoWouldBeRefusedAndWhatIsAtStake) {
    auto const stricter = load(rule("cap", "forbid", "when.checkout.total.gt = { amount = 5000, currency = \"EUR\" }") +
                               rule("all", "permit", ""));
    Replay replay(*stricter);
    auto const judge = [&](std::int64_t total, Outcome was, std::uint64_t seq, std::string const& subject,
                           std::string const& agent) {
        auto request = full();
        request.principal.id = agent;
        request.facts.total = eur(total);
        replay.add(*read_recorded(entry_of(request, was, seq, subject)).value());
    };
    judge(5000, Outcome::allow, 1, "chk_1", "a");  // as before
    judge(5001, Outcome::allow, 2, "chk_2", "a");  // would be refused
    judge(9000, Outcome::allow, 3, "chk_3", "b");
    judge(9000, Outcome::allow, 4, "chk_3", "b");          // the same checkout once more: its money counts once
    judge(100, Outcome::needs_approval, 5, "chk_4", "b");  // would be let through
    judge(9999, Outcome::deny, 6, "chk_5", "b");           // as before
    auto const& report = replay.report();
    EXPECT_EQ(report.decisions, 6U);
    EXPECT_EQ(report.unchanged, 2U);
    EXPECT_EQ(report.refused, 3U);
    EXPECT_EQ(report.permitted, 1U);
    EXPECT_EQ(report.at_stake, (Revenue{{"EUR", 14001}}));
    EXPECT_EQ(report.refused_by_agent, (std::map<std::string, std::uint64_t>{{"a", 1}, {"b", 2}}));
    EXPECT_EQ(report.refused_by_rule, (std::map<std::string, std::uint64_t>{{"cap", 3}}));
    ASSERT_EQ(report.changes.size(), 4U);
    EXPECT_EQ(report.changes[0].decision_id, "dec_2");
    EXPECT_EQ(report.changes[0].would, Outcome::deny);
}

TEST(Replay, PreviewOfAStopCountsWhatWasAllowed) {
    StopPreview preview;
    StopScope scope;
    scope.product = "shirt";
    auto request = full();
    add(preview, scope, *read_recorded(entry_of(request, Outcome::allow, 1)).value());
    add(preview, scope, *read_recorded(entry_of(request, Outcome::deny, 2)).value());
    request.facts.lines = {{"belt", 1}};
    add(preview, scope, *read_recorded(entry_of(request, Outcome::allow, 3)).value());
    EXPECT_EQ(preview.requests, 1U);
    EXPECT_EQ(preview.orders, 1U);
    EXPECT_EQ(preview.agents.size(), 1U);
    EXPECT_EQ(preview.revenue, (Revenue{{"EUR", 4200}}));
}

TEST(Difference, NamesRulesAndTheCasesThatEndDifferently) {
    std::string const probe =
        "[[test]]\nname = \"reading\"\naction = \"order.get\"\nexpect = { decision = \"allow\" }\n";
    auto const before = load(rule("a", "permit", "") + rule("b", "forbid", "", R"(["cart.create"])") + probe);
    auto const after = load(rule("a", "permit", "reason_code = \"x\"") + rule("c", "forbid", "", R"(["order.get"])"));
    auto const found = difference(*before, *after);
    EXPECT_EQ(found.added, std::vector<std::string>{"c"});
    EXPECT_EQ(found.removed, std::vector<std::string>{"b"});
    EXPECT_EQ(found.changed, std::vector<std::string>{"a"});
    ASSERT_EQ(found.cases.size(), 1U);
    EXPECT_EQ(found.cases[0].name, "reading");
    EXPECT_EQ(found.cases[0].would, Outcome::deny);
    EXPECT_TRUE(difference(*before, *before).empty());
}

TEST(Explain, SaysHowEachConditionFared) {
    auto const rules = load(rule("r", "forbid",
                                 "when.agent.trust_level.lte = 2\nwhen.ship_to.country.in = [\"FR\", \"DE\"]\n"
                                 "unless.agent.registered.eq = true"));
    auto example = read_example(Action::checkout_complete, "agent.trust_level = 2\nagent.registered = false").value();
    example.facts.principal = &example.principal;
    auto const findings = rules->explain(example.facts);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_TRUE(findings[0].matched);  // what is unknown never helps
    ASSERT_EQ(findings[0].conditions.size(), 3U);
    EXPECT_EQ(findings[0].conditions[0].condition, "agent.trust_level.lte 2");
    EXPECT_EQ(findings[0].conditions[0].truth, "yes");
    EXPECT_EQ(findings[0].conditions[1].condition, "ship_to.country.in DE FR");
    EXPECT_EQ(findings[0].conditions[1].truth, "unknown");
    EXPECT_EQ(findings[0].conditions[2].block, "unless");
    EXPECT_EQ(findings[0].conditions[2].truth, "no");
    EXPECT_FALSE(read_example(Action::order_get, "agent.level = 1").ok());
    EXPECT_FALSE(read_example(Action::order_get, "agent.trust_level = ").ok());
}

TEST(Stages, OnlyTheFirstThatDeniesSaysWhy) {
    auto const rules =
        load(rule("who", "require", "stage = \"identity\"\nrequire.agent.trust_level.gte = 4\nreason_code = \"sign\"") +
             rule("cap", "forbid",
                  "stage = \"transaction\"\nwhen.checkout.total.gt = { amount = 1, currency = \"EUR\" }\nreason_code = "
                  "\"cap\"") +
             rule("all", "permit", ""));
    auto request = full();
    auto const stranger = rules->evaluate(request.get());
    ASSERT_EQ(stranger.reasons.size(), 1U);
    EXPECT_EQ(stranger.reasons[0].code, "sign");
    EXPECT_EQ(stranger.reasons[0].remedy, Remedy::authenticate);
    request.principal.trust = TrustLevel::request_bound;
    auto const known = rules->evaluate(request.get());
    ASSERT_EQ(known.reasons.size(), 1U);
    EXPECT_EQ(known.reasons[0].code, "cap");
    EXPECT_EQ(known.reasons[0].remedy, Remedy::reduce);
}

TEST(Approvals, AGrantedPurchaseIsAllowedByTheRuleThatAsked) {
    auto const rules =
        load(rule("ask", "approve", "approval_ttl = \"15m\"\nobligate = [\"receipt\"]", R"(["checkout.complete"])"));
    Case request;
    auto const asked = rules->evaluate(request.get());
    EXPECT_EQ(asked.outcome, Outcome::needs_approval);
    EXPECT_EQ(asked.approval_ttl, std::chrono::minutes{15});
    EXPECT_EQ(asked.reasons.at(0).remedy, Remedy::await_approval);
    request.facts.approved = true;
    auto const granted = rules->evaluate(request.get());
    EXPECT_EQ(granted.outcome, Outcome::allow);
    EXPECT_EQ(granted.obligations, std::vector<std::string>{"receipt"});
    EXPECT_TRUE(rules->permits(request.get()));
    // A no by another rule stays a no.
    auto const both = load(rule("ask", "approve", "") + rule("never", "forbid", ""));
    EXPECT_EQ(both->evaluate(request.get()).outcome, Outcome::deny);
    EXPECT_FALSE(both->permits(request.get()));
}

TEST(Obligations, UnknownOnesAreRefusedAndTermsNarrowReads) {
    EXPECT_NE(test::problems(rule("p", "permit", "obligate = [\"sing\"]")).find("unknown obligation \"sing\""),
              std::string::npos);
    EXPECT_NE(test::problems(rule("p", "permit", "obligate = [\"cap_page_0\"]")).find("unknown obligation"),
              std::string::npos);
    auto const rules =
        load(rule("a", "permit", "obligate = [\"cap_page_20\", \"mask_buyer\"]\nwhen.agent.trust_level.lte = 2") +
             rule("b", "permit", "obligate = [\"cap_page_5\"]", R"(["catalog.search"])"));
    Case request(Action::order_get);
    EXPECT_EQ(rules->terms(request.get()), (ReadTerms{20, true}));
    Case search(Action::catalog_search);
    EXPECT_EQ(rules->terms(search.get()), (ReadTerms{5, true}));
    search.principal.trust = TrustLevel::registered;
    EXPECT_EQ(rules->terms(search.get()), (ReadTerms{5, false}));
}

}  // namespace
}  // namespace b2a::policy
