// SPDX-License-Identifier: Apache-2.0
#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

using GovernanceTest = ServiceTest;

policy::Facts facts_for(policy::Action action) {
    policy::Facts facts;
    facts.action = action;
    return facts;
}

std::string limit(std::string const& per, int count) {
    return default_rules() + "\n[[limit]]\nid = \"tight\"\nactions = [\"catalog.search\"]\nper = \"" + per +
           "\"\ncount = " + std::to_string(count) + "\nwindow = \"60s\"\nagent_message = \"Slower.\"\n";
}

TEST_F(GovernanceTest, ReadsLeaveNoRecordWhenPermitted) {
    auto const size = lane->reader->audit_head().value().size;
    EXPECT_TRUE(lane->governance.permit_read(anonymous(), facts_for(policy::Action::catalog_search)));
    EXPECT_EQ(counters.allowed, 1U);
    EXPECT_EQ(lane->reader->audit_head().value().size, size);
}

TEST_F(GovernanceTest, ADeniedReadSaysWhy) {
    auto const denied = lane->governance.permit_read(anonymous(), facts_for(policy::Action::order_get));
    ASSERT_FALSE(denied);
    EXPECT_EQ(denied.error().code, Code::policy_denied);
    EXPECT_EQ(denied.error().reason, "agent_identity_required");
    EXPECT_FALSE(denied.error().detail.empty());
    EXPECT_TRUE(denied.error().decision_id.starts_with("dec_"));
}

TEST_F(GovernanceTest, LimitsHoldOverLanes) {
    rules.replace(load_rules(limit("principal", 2)));
    auto const facts = facts_for(policy::Action::catalog_search);
    EXPECT_TRUE(lane->governance.permit_read(agent(), facts));
    EXPECT_TRUE(other->governance.permit_read(agent(), facts));
    auto const third = lane->governance.permit_read(agent(), facts);
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, Code::rate_limited);
    EXPECT_EQ(third.error().retry_after, std::chrono::seconds(30));
    EXPECT_TRUE(lane->governance.permit_read(agent("another"), facts));
}

TEST_F(GovernanceTest, TheNamelessAreCountedByAddress) {
    rules.replace(load_rules(limit("principal", 1)));
    auto const facts = facts_for(policy::Action::catalog_search);
    auto here = anonymous();
    auto there = anonymous();
    there.peer = "192.0.2.2";
    EXPECT_TRUE(lane->governance.permit_read(here, facts));
    EXPECT_TRUE(lane->governance.permit_read(there, facts));
    EXPECT_FALSE(lane->governance.permit_read(here, facts));
}

TEST_F(GovernanceTest, ALimitPerPeerIsNotEscapedByANewName) {
    rules.replace(load_rules(limit("peer", 1)));
    auto const facts = facts_for(policy::Action::catalog_search);
    EXPECT_TRUE(lane->governance.permit_read(agent("https://a.test"), facts));
    EXPECT_FALSE(lane->governance.permit_read(agent("https://b.test"), facts));
}

TEST_F(GovernanceTest, AReloadIsSeenByEveryLaneAndRefillsNobody) {
    rules.replace(load_rules(limit("principal", 1)));
    auto const facts = facts_for(policy::Action::catalog_search);
    EXPECT_TRUE(lane->governance.permit_read(agent(), facts));
    rules.replace(load_rules(limit("principal", 1)));
    EXPECT_FALSE(lane->governance.permit_read(agent(), facts));
    EXPECT_FALSE(other->governance.permit_read(agent(), facts));
}

TEST_F(GovernanceTest, AnEventCarriesTheDecision) {
    auto const context = keyed("k");
    struct Nothing {};
    auto decided = lane->governance.authorize(context, Nothing(), facts_for(policy::Action::checkout_cancel));
    auto const& verdict = std::get<policy::Authorized<Nothing>>(decided).verdict();
    auto const event = audit_event("test.event", context, verdict);
    EXPECT_EQ(event.type, "test.event");
    EXPECT_EQ(event.request_id, context.id.text());
    EXPECT_EQ(event.decision_id, verdict.id.text());
    EXPECT_EQ(event.agent, "https://agent.test/profile");
    EXPECT_EQ(event.action, "checkout.cancel");
    EXPECT_EQ(event.outcome, "allow");
    EXPECT_EQ(event.protocol, "native");
    EXPECT_EQ(event.trust, 2);
    EXPECT_EQ(event.ruleset, to_hex(rules.current()->digest()));
    EXPECT_EQ(event.idempotency_key_hash, to_hex(context.idempotency->key));
    EXPECT_EQ(event.request_digest, to_hex(context.request_digest));
    EXPECT_FALSE(event.rules.empty());
}

}  // namespace
}  // namespace b2a::service::testing
