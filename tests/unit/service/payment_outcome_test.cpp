// SPDX-License-Identifier: Apache-2.0
#include "service/payment_outcome.hpp"

#include <gtest/gtest.h>

#include "b2a/crypto/hash.hpp"

namespace b2a::service {
namespace {

TEST(Commitment, IsTheHashOfSaltAndCanonicalPersonalData) {
    domain::Order order;
    order.buyer = {"Ada", "Lovelace", "ada@example.test", ""};
    order.destination.address.country = "US";
    Bytes const salt(32, 7);
    std::string const data =
        R"({"buyer":{"email":"ada@example.test","first_name":"Ada","last_name":"Lovelace","phone_number":""},)"
        R"("destination":{"country":"US","extended_address":"","first_name":"","last_name":"","locality":"",)"
        R"("phone_number":"","postal_code":"","region":"","street_address":""}})";
    crypto::Sha256 hash;
    EXPECT_EQ(commitment_of(order, salt), to_hex(hash.update(salt).update(data).finish()));
    EXPECT_NE(commitment_of(order, Bytes(32, 8)), commitment_of(order, salt));
}

TEST(PaymentOutcome, NamesAreStable) {
    EXPECT_EQ(to_text(PaymentOutcome::approved), "approved");
    EXPECT_EQ(to_text(PaymentOutcome::requires_action), "requires_action");
}

TEST(PaymentOutcome, StockIsTakenAndGivenBackByLine) {
    domain::Checkout checkout;
    checkout.lines.resize(2);
    checkout.lines[0].variant_id = "a";
    checkout.lines[0].quantity = 3;
    checkout.lines[1].variant_id = "b";
    auto const taken = stock_of(checkout, -1);
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(taken[0].variant_id, "a");
    EXPECT_EQ(taken[0].delta, -3);
    EXPECT_EQ(stock_of(checkout, +1)[1].delta, 1);
}

}  // namespace
}  // namespace b2a::service
