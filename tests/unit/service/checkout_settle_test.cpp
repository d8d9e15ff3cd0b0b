// SPDX-License-Identifier: Apache-2.0
#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

using domain::CheckoutStatus;
using domain::FindingCode;

class CheckoutSettle : public ServiceTest {
  protected:
    CheckoutId pending() {
        auto const id = create({{"", "mug", 5}});
        EXPECT_TRUE(complete(id, "tok_timeout"));
        return id;
    }
};

TEST_F(CheckoutSettle, AnUnknownOutcomeReservesTheStock) {
    auto const id = pending();
    auto const checkout = stored(id);
    EXPECT_EQ(checkout.status, CheckoutStatus::complete_in_progress);
    EXPECT_TRUE(has(checkout.findings, FindingCode::payment_pending));
    EXPECT_FALSE(checkout.order_id);
    EXPECT_EQ(stock("mug"), 0);
    EXPECT_EQ(entries("payment.unknown"), 1U);
}

TEST_F(CheckoutSettle, InProgressCanNeitherBeChangedNorCanceledNorExpire) {
    auto const id = pending();
    now += std::chrono::hours(7);
    ASSERT_TRUE(test::run(lane->checkouts.cancel(agent(), CancelCheckout{id}, renderer())));
    EXPECT_TRUE(has(last.notes, FindingCode::invalid_transition));
    auto update = change(id, {{"", "shirt", 1}});
    ASSERT_TRUE(test::run(lane->checkouts.update(agent(), update, renderer())));
    EXPECT_TRUE(has(last.notes, FindingCode::invalid_transition));
    ASSERT_TRUE(complete(id));
    EXPECT_TRUE(has(last.notes, FindingCode::invalid_transition));
    EXPECT_EQ(stored(id).status, CheckoutStatus::complete_in_progress);
    EXPECT_EQ(stored(id).version, 2U);
}

TEST_F(CheckoutSettle, ApprovedPlacesTheOrderWithoutTakingStockAgain) {
    auto const id = pending();
    ASSERT_TRUE(settle(id, PaymentOutcome::approved));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
    ASSERT_TRUE(last.order);
    EXPECT_EQ(last.order->owner, "https://agent.test/profile");
    EXPECT_EQ(stock("mug"), 0);
    EXPECT_EQ(entries("order.placed"), 1U);
    ASSERT_TRUE(settle(id, PaymentOutcome::approved));
    EXPECT_TRUE(has(last.notes, FindingCode::invalid_transition));
    EXPECT_EQ(entries("order.placed"), 1U);
}

TEST_F(CheckoutSettle, DeclinedGivesTheStockBack) {
    auto const id = pending();
    ASSERT_TRUE(settle(id, PaymentOutcome::declined));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::ready_for_complete);
    EXPECT_EQ(last.checkout.lines.at(0).quantity, 5) << "its own units count as available again";
    EXPECT_TRUE(has(last.checkout.findings, FindingCode::payment_failed));
    EXPECT_FALSE(has(last.checkout.findings, FindingCode::payment_pending));
    EXPECT_EQ(stock("mug"), 5);
    EXPECT_EQ(entries("payment.settled"), 1U);
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
}

TEST_F(CheckoutSettle, AuthenticationAskedForLateEscalates) {
    auto const id = pending();
    ASSERT_TRUE(settle(id, PaymentOutcome::requires_action));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::requires_escalation);
    EXPECT_EQ(stock("mug"), 5);
}

TEST_F(CheckoutSettle, NotKnowingIsNoSettlement) {
    auto const id = pending();
    auto const result = settle(id, PaymentOutcome::unknown);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::unprocessable);
}

TEST_F(CheckoutSettle, AgentsDoNotSettle) {
    auto const id = pending();
    SettlePayment const command{id, PaymentOutcome::approved};
    auto const result = test::run(lane->checkouts.settle(agent(), command, renderer()));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::policy_denied);
    EXPECT_EQ(entries("request.refused"), 1U);
    EXPECT_EQ(stored(id).status, CheckoutStatus::complete_in_progress);
}

}  // namespace
}  // namespace b2a::service::testing
