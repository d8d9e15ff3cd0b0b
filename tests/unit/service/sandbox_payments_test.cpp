// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "b2a/service/payment_port.hpp"

#include "support/run_coro.hpp"

namespace b2a::service {
namespace {

PaymentResult pay(PaymentPort& port, std::string token, std::string type = "token",
                  std::string handler = "sandbox_card") {
    PaymentRequest request{
        "chk/1", {100, *Currency::parse("USD")}, std::move(handler), std::move(type), std::move(token), {}};
    return test::run(port.authorize(std::move(request)));
}

TEST(SandboxPayments, TheTokenDecides) {
    auto const port = make_sandbox_payments();
    EXPECT_EQ(pay(*port, "anything").outcome, PaymentOutcome::approved);
    EXPECT_EQ(pay(*port, "tok_Decline_1").outcome, PaymentOutcome::declined);
    EXPECT_EQ(pay(*port, "x3DSx").outcome, PaymentOutcome::requires_action);
    EXPECT_EQ(pay(*port, "tok_timeout").outcome, PaymentOutcome::unknown);
    EXPECT_EQ(pay(*port, "a").reference, pay(*port, "a").reference);
}

TEST(SandboxPayments, DeclinesWhatItDoesNotKnow) {
    auto const port = make_sandbox_payments();
    EXPECT_EQ(pay(*port, "").outcome, PaymentOutcome::declined);
    EXPECT_EQ(pay(*port, "tok", "pan").outcome, PaymentOutcome::declined);
    auto const handler = pay(*port, "tok", "token", "other");
    EXPECT_EQ(handler.outcome, PaymentOutcome::declined);
    EXPECT_NE(handler.message.find("handler"), std::string::npos);
}

TEST(SandboxPayments, OutsideASandboxNothingIsApproved) {
    auto const port = make_sandbox_payments(false);
    EXPECT_TRUE(port->handlers().empty());
    EXPECT_EQ(pay(*port, "anything").outcome, PaymentOutcome::declined);
}

}  // namespace
}  // namespace b2a::service
