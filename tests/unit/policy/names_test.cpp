// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <gtest/gtest.h>

#include "b2a/policy/decision.hpp"
#include "b2a/policy/facts.hpp"

namespace b2a::policy {
namespace {

TEST(PolicyNames, EveryActionHasOneNameThatLeadsBack) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < action_count; ++i) {
        auto const action = static_cast<Action>(i);
        EXPECT_TRUE(seen.insert(to_text(action)).second);
        EXPECT_EQ(action_from_text(to_text(action)), action);
    }
    EXPECT_EQ(to_text(Action::checkout_complete), "checkout.complete");
    EXPECT_EQ(to_text(Action::cart_update), "cart.update");
    EXPECT_EQ(to_text(Action::location_search), "location.search");
    EXPECT_EQ(to_text(Action::order_fulfill), "order.fulfill");
    EXPECT_EQ(to_text(Action::notice_replay), "notice.replay");
    EXPECT_EQ(to_text(Action::operator_read), "operator.read");
    EXPECT_EQ(action_from_text("checkout"), std::nullopt);
    EXPECT_EQ(action_from_text(""), std::nullopt);
}

TEST(PolicyNames, EveryProtocolHasOneNameThatLeadsBack) {
    for (auto const protocol :
         {Protocol::native, Protocol::ucp, Protocol::acp, Protocol::mcp, Protocol::a2a, Protocol::admin, Protocol::cli})
        EXPECT_EQ(protocol_from_text(to_text(protocol)), protocol);
    EXPECT_EQ(to_text(Protocol::ucp), "ucp");
    EXPECT_EQ(protocol_from_text("UCP"), std::nullopt);
}

TEST(PolicyNames, MutationsAndTheConsoleNeedAPermit) {
    for (auto const read :
         {Action::catalog_search, Action::catalog_lookup, Action::catalog_product, Action::checkout_get,
          Action::cart_get, Action::location_search, Action::order_get, Action::decision_get}) {
        EXPECT_FALSE(is_mutating(read));
        EXPECT_FALSE(needs_permit(read));
    }
    for (auto const change :
         {Action::checkout_create, Action::checkout_update, Action::checkout_complete, Action::checkout_cancel,
          Action::cart_create, Action::cart_update, Action::cart_cancel, Action::order_fulfill, Action::notice_replay,
          Action::catalog_publish, Action::sandbox_control, Action::policy_reload}) {
        EXPECT_TRUE(is_mutating(change));
        EXPECT_TRUE(needs_permit(change));
    }
    EXPECT_FALSE(is_mutating(Action::operator_read));
    EXPECT_TRUE(needs_permit(Action::operator_read));
}

TEST(PolicyNames, Outcomes) {
    EXPECT_EQ(to_text(Outcome::allow), "allow");
    EXPECT_EQ(to_text(Outcome::deny), "deny");
    EXPECT_EQ(to_text(Outcome::needs_approval), "needs_approval");
}

}  // namespace
}  // namespace b2a::policy
