// SPDX-License-Identifier: Apache-2.0
#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

using domain::CheckoutStatus;
using domain::FindingCode;
using CheckoutComplete = ServiceTest;

TEST_F(CheckoutComplete, PaysTakesStockAndPlacesOneOrder) {
    auto const id = create({{"", "mug", 2}, {"", "ebook", 1}});
    auto const done = complete(id);
    ASSERT_TRUE(done);
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
    ASSERT_TRUE(last.order);
    EXPECT_EQ(last.order->version, 1U);
    EXPECT_EQ(stock("mug"), 3);
    auto const checkout = stored(id);
    EXPECT_EQ(checkout.status, CheckoutStatus::completed);
    EXPECT_EQ(checkout.payment.state, domain::PaymentState::authorized);
    EXPECT_EQ(checkout.payment.instruments.at(0).last_digits, "4242");
    auto const order = lane->reader->order(*checkout.order_id).value().value();
    EXPECT_EQ(order, *last.order);
    EXPECT_EQ(order.totals, checkout.totals);
    ASSERT_EQ(payments.asked.size(), 1U);
    EXPECT_EQ(payments.asked[0].payment_id, id.text() + "/1");
    EXPECT_EQ(payments.asked[0].amount, domain::total_of(checkout));
    EXPECT_EQ(entries("checkout.completed"), 1U);
    EXPECT_EQ(entries("order.placed"), 1U);
    ASSERT_TRUE(done->audit_seq);
    auto const read = lane->checkouts.get(agent(), id);
    EXPECT_EQ(read->order, last.order);
}

TEST_F(CheckoutComplete, TheLogHoldsACommitmentButNoPersonAndNoCredential) {
    ASSERT_TRUE(complete(create({{"", "mug", 1}}), "tok_secret_4111"));
    auto const all = log();
    EXPECT_NE(all.find("\"commitment\":\""), std::string::npos);
    EXPECT_NE(all.find(R"("items":"mug")"), std::string::npos);
    for (auto const* secret : {"ada@", "Lovelace", "Analytical", "78701", "tok_secret", "+15550001"})
        EXPECT_EQ(all.find(secret), std::string::npos) << secret;
}

TEST_F(CheckoutComplete, ARepeatedKeyChargesAndOrdersOnce) {
    auto const id = create({{"", "mug", 1}});
    auto const first = complete(keyed("k"), completion(id));
    auto const again = complete(keyed("k"), completion(id));
    ASSERT_TRUE(first && again);
    EXPECT_EQ(again->reply, first->reply);
    EXPECT_TRUE(again->replayed);
    EXPECT_EQ(payments.asked.size(), 1U);
    EXPECT_EQ(entries("order.placed"), 1U);
    auto const other_body = complete(keyed("k", "other"), completion(id));
    ASSERT_FALSE(other_body);
    EXPECT_EQ(other_body.error().code, Code::idempotency_conflict);
}

TEST_F(CheckoutComplete, ACompletedCheckoutIsNotPaidAgain) {
    auto const id = create({{"", "mug", 1}});
    ASSERT_TRUE(complete(id));
    auto const order = last.order;
    auto const again = complete(id);
    ASSERT_TRUE(again);
    EXPECT_TRUE(has(last.notes, FindingCode::invalid_transition));
    EXPECT_EQ(last.order, order);
    EXPECT_EQ(payments.asked.size(), 1U);
    EXPECT_EQ(stock("mug"), 4);
}

TEST_F(CheckoutComplete, SaysWhatIsMissingAndChargesNothing) {
    auto command = creation({{"", "mug", 1}});
    command.content.buyer.email.clear();
    ASSERT_TRUE(test::run(lane->checkouts.create(agent(), command, renderer())));
    auto const id = last.checkout.id;
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::incomplete);
    EXPECT_TRUE(has(last.notes, FindingCode::not_ready));
    EXPECT_TRUE(has(last.checkout.findings, FindingCode::field_required));
    EXPECT_TRUE(payments.asked.empty());
    EXPECT_EQ(stored(id).version, 1U);
}

TEST_F(CheckoutComplete, ADeclineLeavesItReadyForAnotherInstrument) {
    auto const id = create({{"", "mug", 1}});
    ASSERT_TRUE(complete(id, "tok_decline"));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::ready_for_complete);
    EXPECT_TRUE(has(last.checkout.findings, FindingCode::payment_failed));
    EXPECT_FALSE(last.order);
    EXPECT_EQ(stored(id).payment.attempts, 1);
    EXPECT_EQ(stock("mug"), 5);
    EXPECT_EQ(entries("payment.declined"), 1U);
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
    EXPECT_TRUE(last.checkout.findings.empty());
    EXPECT_EQ(last.checkout.payment.attempts, 2);
    EXPECT_NE(payments.asked[0].payment_id, payments.asked[1].payment_id);
}

TEST_F(CheckoutComplete, AnUnknownHandlerIsDeclined) {
    auto const id = create({{"", "mug", 1}});
    auto command = completion(id);
    command.instrument.handler_id = "other";
    ASSERT_TRUE(complete(agent(), command));
    EXPECT_TRUE(has(last.checkout.findings, FindingCode::payment_failed));
    EXPECT_EQ(entries("order.placed"), 0U);
}

TEST_F(CheckoutComplete, AuthenticationEscalatesAndCanBeRetried) {
    auto const id = create({{"", "mug", 1}});
    ASSERT_TRUE(complete(id, "tok_3ds"));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::requires_escalation);
    EXPECT_TRUE(has(last.checkout.findings, FindingCode::payment_requires_action));
    EXPECT_EQ(stock("mug"), 5);
    EXPECT_EQ(entries("payment.requires_action"), 1U);
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
}

TEST_F(CheckoutComplete, APriceThatMovedIsShownNotCharged) {
    auto const id = create({{"", "mug", 1}});
    set_price("mug", 1099);
    ASSERT_TRUE(complete(id));
    EXPECT_TRUE(payments.asked.empty());
    EXPECT_TRUE(has(last.checkout.findings, FindingCode::price_changed));
    EXPECT_TRUE(has(last.notes, FindingCode::not_ready));
    EXPECT_EQ(domain::total_of(stored(id)).minor, 1099 + 500);
    EXPECT_EQ(entries("checkout.repriced"), 1U);
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
    EXPECT_EQ(payments.asked.at(0).amount.minor, 1099 + 500);
}

TEST_F(CheckoutComplete, StockThatWentIsShownNotCharged) {
    auto const id = create({{"", "mug", 4}, {"", "shirt", 1}});
    set_stock("mug", 2);
    ASSERT_TRUE(complete(id));
    EXPECT_TRUE(payments.asked.empty());
    EXPECT_EQ(stored(id).lines[0].quantity, 2);
    set_stock("mug", 0);
    ASSERT_TRUE(complete(id));
    EXPECT_TRUE(has(last.checkout.findings, FindingCode::out_of_stock));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::incomplete);
    ASSERT_TRUE(complete(id));
    EXPECT_TRUE(payments.asked.empty()) << "a smaller basket is bought only after an update says so";
}

TEST_F(CheckoutComplete, AnApprovalHoldsTheCheckoutWithEvidence) {
    auto const id = create({{"", "watch", 1}});
    auto const held = complete(keyed("k"), completion(id));
    ASSERT_TRUE(held) << "waiting for a person is an answer, not an error";
    EXPECT_TRUE(held->audit_seq);
    auto const checkout = stored(id);
    EXPECT_EQ(checkout.status, CheckoutStatus::requires_escalation);
    EXPECT_TRUE(checkout.approval_required);
    EXPECT_TRUE(has(checkout.findings, FindingCode::approval_required));
    EXPECT_EQ(entries("approval.required"), 1U);
    EXPECT_TRUE(payments.asked.empty());
    EXPECT_TRUE(complete(keyed("k"), completion(id))->replayed);

    // The rules now allow it: the same checkout completes.
    auto relaxed = default_rules();
    for (auto at = relaxed.find("amount = 50000"); at != std::string::npos; at = relaxed.find("amount = 50000", at + 1))
        relaxed.replace(at, 14, "amount = 99999");
    rules.replace(load_rules(relaxed));
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
    EXPECT_FALSE(last.checkout.approval_required);
}

TEST_F(CheckoutComplete, ADenialLeavesEvidenceAndNoEffect) {
    auto const id = create({{"", "mug", 1}});
    rules.replace(load_rules(default_rules() +
                             "\n[[rule]]\nid = \"closed\"\neffect = \"forbid\"\nactions = [\"checkout.complete\"]\n"
                             "reason_code = \"shop_closed\"\nagent_message = \"Come back tomorrow.\"\n"));
    auto const before = stored(id);
    auto const denied = complete(keyed("k"), completion(id));
    ASSERT_FALSE(denied);
    EXPECT_EQ(denied.error().code, Code::policy_denied);
    EXPECT_EQ(denied.error().reason, "shop_closed");
    EXPECT_EQ(denied.error().detail, "Come back tomorrow.");
    EXPECT_EQ(stored(id), before);
    EXPECT_TRUE(payments.asked.empty());
    EXPECT_EQ(entries("request.refused"), 1U);
    // A refusal is not kept under the key: once the shop opens, the same request goes through.
    rules.replace(load_rules(default_rules()));
    EXPECT_TRUE(complete(keyed("k"), completion(id)));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
}

TEST_F(CheckoutComplete, AClaimCountsWhenItIsAttested) {
    auto command = creation({{"", "shirt", 1}});
    command.content.context.eligibility = {"org.example.student"};
    ASSERT_TRUE(test::run(lane->checkouts.create(agent(), command, renderer())));
    ASSERT_EQ(last.checkout.discounts.size(), 1U);
    EXPECT_FALSE(last.checkout.discounts[0].provisional);
    ASSERT_TRUE(complete(last.checkout.id));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
    EXPECT_EQ(payments.asked.at(0).amount.minor, 2000 - 400 + 500);
}

TEST_F(CheckoutComplete, AProvenSignatureVouchesForAClaim) {
    auto proven = declared();
    proven.principal.trust = policy::TrustLevel::request_bound;
    auto command = creation({{"", "shirt", 1}});
    command.content.context.eligibility = {"org.example.student"};
    ASSERT_TRUE(test::run(lane->checkouts.create(proven, command, renderer())));
    ASSERT_TRUE(complete(proven, completion(last.checkout.id)));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
}

TEST_F(CheckoutComplete, AClaimThatNobodyVouchesForIsNotPaidFor) {
    auto command = creation({{"", "shirt", 1}});
    command.content.context.eligibility = {"org.example.student"};
    ASSERT_TRUE(test::run(lane->checkouts.create(declared(), command, renderer())));
    auto const id = last.checkout.id;
    EXPECT_EQ(last.checkout.status, CheckoutStatus::ready_for_complete);
    EXPECT_TRUE(last.checkout.discounts.at(0).provisional);
    EXPECT_TRUE(has(last.checkout.findings, FindingCode::eligibility_accepted));
    ASSERT_TRUE(complete(declared(), completion(id)));
    EXPECT_TRUE(has(last.checkout.findings, FindingCode::eligibility_invalid));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::incomplete);
    EXPECT_TRUE(payments.asked.empty());
    // Without the claim the same buyer pays the full price.
    ASSERT_TRUE(test::run(lane->checkouts.update(declared(), change(id, {{"", "shirt", 1}}), renderer())));
    ASSERT_TRUE(complete(declared(), completion(id)));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
    EXPECT_EQ(payments.asked.at(0).amount.minor, 2000 + 500);
}

}  // namespace
}  // namespace b2a::service::testing
