// SPDX-License-Identifier: Apache-2.0
#include "service/payment_outcome.hpp"

#include <gtest/gtest.h>

#include "b2a/crypto/hash.hpp"

namespace b2a::service {
namespace {

domain::FulfillmentMethod method(domain::FulfillmentKind kind, std::string const& country) {
    domain::FulfillmentMethod out;
    out.kind = kind;
    out.destinations.resize(2);
    out.destinations[0].id = "other";
    out.destinations[0].address.country = "FR";
    out.destinations[1].id = out.selected_destination_id = "chosen";
    out.destinations[1].address.country = country;
    return out;
}

std::string hashed(Bytes const& salt, std::string const& data) {
    crypto::Sha256 hash;
    return to_hex(hash.update(salt).update(data).finish());
}

TEST(Commitment, IsTheHashOfSaltAndCanonicalPersonalData) {
    domain::Order order;
    order.buyer = {"Ada", "Lovelace", "ada@example.test", "", {}};
    order.methods = {method(domain::FulfillmentKind::shipping, "US"), method(domain::FulfillmentKind::pickup, "DE")};
    Bytes const salt(32, 7);
    std::string const rest =
        R"(","extended_address":"","first_name":"","last_name":"","locality":"","phone_number":"","postal_code":"",)"
        R"("region":"","street_address":""})";
    std::string const data =
        R"({"buyer":{"email":"ada@example.test","first_name":"Ada","last_name":"Lovelace","phone_number":""},)"
        R"("destinations":[{"country":"US)" +
        rest + R"(,{"country":"DE)" + rest + "]}";
    EXPECT_EQ(commitment_of(order, salt), hashed(salt, data));
    EXPECT_NE(commitment_of(order, Bytes(32, 8)), commitment_of(order, salt));
}

TEST(Commitment, OfADigitalOrderHasNoDestination) {
    domain::Order const order;
    Bytes const salt(32, 7);
    std::string const data =
        R"({"buyer":{"email":"","first_name":"","last_name":"","phone_number":""},"destinations":[]})";
    EXPECT_EQ(commitment_of(order, salt), hashed(salt, data));
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
