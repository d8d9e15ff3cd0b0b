// SPDX-License-Identifier: Apache-2.0
// Whose a purchase is, and what is kept beside it.
#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

constexpr char const* friend_id = "https://friend.test/profile";

class Sharing : public ServiceTest {
  protected:
    void permit_friend() {
        rules.replace(load_rules(default_rules() + R"(
[[rule]]
id = "share.friend"
effect = "permit"
actions = ["session.share"]
when.agent.id.eq = "https://friend.test/profile"
when.session.owner.eq = "https://agent.test/profile"
)"));
    }
};

TEST_F(Sharing, NobodyElseSeesAPurchaseUnlessARuleSaysSo) {
    auto const id = create({{"", "shirt", 1}});
    EXPECT_EQ(lane->checkouts.get(agent(friend_id), id).error().code, Code::not_found);
    permit_friend();
    EXPECT_TRUE(lane->checkouts.get(agent(friend_id), id));
    EXPECT_EQ(lane->checkouts.get(agent("https://third.test/profile"), id).error().code, Code::not_found);
}

TEST_F(Sharing, TheOtherAgentGoesOnAndTheLogNamesBoth) {
    permit_friend();
    auto const id = create({{"", "shirt", 1}});
    auto const done = complete(agent(friend_id), completion(id));
    ASSERT_TRUE(done);
    ASSERT_TRUE(last.order);
    EXPECT_EQ(last.order->owner, "https://agent.test/profile");
    EXPECT_TRUE(lane->orders.get(agent(), last.order->id));
    EXPECT_TRUE(lane->orders.get(agent(friend_id), last.order->id));
    EXPECT_NE(log().find(R"("session_owner":"https://agent.test/profile")"), std::string::npos);
}

TEST_F(Sharing, CartsAreSharedLikewise) {
    auto const id = fill_cart({{"", "shirt", 1}});
    EXPECT_EQ(lane->carts.get(agent(friend_id), id).error().code, Code::not_found);
    permit_friend();
    EXPECT_TRUE(lane->carts.get(agent(friend_id), id));
}

TEST_F(Sharing, AConversationLeadsToItsLastCheckoutForItsOwnerOnly) {
    auto command = creation({{"", "shirt", 1}});
    command.conversation = "ctx-1";
    ASSERT_TRUE(test::run(lane->checkouts.create(agent(), command, renderer())));
    EXPECT_EQ(*lane->checkouts.in_conversation(agent(), "ctx-1"), last.checkout.id);
    ASSERT_TRUE(test::run(lane->checkouts.create(agent(), command, renderer())));
    EXPECT_EQ(*lane->checkouts.in_conversation(agent(), "ctx-1"), last.checkout.id);
    EXPECT_EQ(*lane->checkouts.in_conversation(agent(friend_id), "ctx-1"), std::nullopt);
    EXPECT_EQ(*lane->checkouts.in_conversation(agent(), "ctx-2"), std::nullopt);
}

TEST_F(Sharing, WhereABuyerCameFromIsKeptBesideAndNotInTheLog) {
    auto command = creation({{"", "shirt", 1}});
    command.touchpoint = Touchpoint{R"({"token":"secret-first"})"};
    command.terms = {{"acp", "{}"}};
    ASSERT_TRUE(test::run(lane->checkouts.create(agent(), command, renderer())));
    auto const id = last.checkout.id;
    EXPECT_EQ(stored(id).terms.at("acp"), "{}");
    auto completing = completion(id);
    completing.touchpoint = Touchpoint{R"({"token":"secret-last"})"};
    ASSERT_TRUE(complete(agent(), completing));
    auto const kind = store::RecordKind::touchpoint;
    EXPECT_EQ((**lane->reader->record(kind, id.text() + "/first")).body, command.touchpoint->body);
    EXPECT_EQ((**lane->reader->record(kind, id.text() + "/last")).body, completing.touchpoint->body);
    EXPECT_EQ(log().find("secret"), std::string::npos);
}

TEST_F(Sharing, ACancellationKeepsItsReason) {
    auto const id = create({{"", "shirt", 1}});
    CancelCheckout command{id, Touchpoint{R"({"reason_code":"price"})"}};
    ASSERT_TRUE(test::run(lane->checkouts.cancel(agent(), command, renderer())));
    EXPECT_EQ((**lane->reader->record(store::RecordKind::intent_trace, id.text())).body, command.intent_trace->body);
    EXPECT_EQ(*lane->reader->records_generation(), 0U) << "nobody has to look at the managed records again";
}

TEST_F(Sharing, ACompletionMayNameTheBuyerWhoWasMissing) {
    auto command = creation({{"", "shirt", 1}});
    command.content.buyer = {};
    ASSERT_TRUE(test::run(lane->checkouts.create(agent(), command, renderer())));
    ASSERT_EQ(last.checkout.status, domain::CheckoutStatus::incomplete);
    auto completing = completion(last.checkout.id);
    completing.buyer.emplace().email = "ada@example.com";
    ASSERT_TRUE(complete(agent(), completing));
    ASSERT_TRUE(last.order);
    EXPECT_EQ(last.order->buyer.email, "ada@example.com");
}

TEST_F(Sharing, AnAuthenticatedBuyerPaysWhereTheProviderAskedForIt) {
    auto const id = create({{"", "shirt", 1}});
    ASSERT_TRUE(complete(id, "tok_3ds"));
    EXPECT_EQ(last.checkout.payment.state, domain::PaymentState::requires_action);
    auto denied = completion(id, "tok_3ds");
    denied.authentication.emplace().outcome = "denied";
    ASSERT_TRUE(complete(agent(), denied));
    EXPECT_EQ(last.checkout.payment.state, domain::PaymentState::declined);
    auto passed = completion(id, "tok_3ds");
    passed.authentication.emplace().outcome = "authenticated";
    ASSERT_TRUE(complete(agent(), passed));
    EXPECT_EQ(last.checkout.status, domain::CheckoutStatus::completed);
}

TEST_F(Sharing, WhoBringsTheAuthenticationBackIsNotChargedWithoutIt) {
    auto const id = create({{"", "shirt", 1}});
    ASSERT_TRUE(complete(id, "tok_3ds"));
    auto caller = agent();
    caller.principal.protocol = policy::Protocol::acp;
    auto const without = complete(caller, completion(id, "tok_visa"));
    ASSERT_FALSE(without);
    EXPECT_EQ(without.error().code, Code::invalid_request);
    EXPECT_EQ(without.error().reason, "requires_3ds");
    EXPECT_EQ(without.error().pointer, "/authentication_result");
    EXPECT_EQ(stored(id).payment.state, domain::PaymentState::requires_action);
    auto with = completion(id, "tok_3ds");
    with.authentication.emplace().outcome = "authenticated";
    ASSERT_TRUE(complete(caller, with));
    EXPECT_EQ(last.checkout.status, domain::CheckoutStatus::completed);
}

}  // namespace
}  // namespace b2a::service::testing
