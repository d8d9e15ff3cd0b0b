// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/order.hpp"

#include <gtest/gtest.h>

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

TEST(Order, IsWhatTheCheckoutWas) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}, {"", "ebook", 2}});
    content.discount_codes = {"SAVE10"};
    auto checkout = *shop.apply(content);
    checkout.owner = "https://agent.test/profile";
    checkout.subscription = {"https://agent.test/hook", "ucp/2026-08-25"};
    checkout.payment.reference = "psp-1";
    std::array<std::uint8_t, 16> bytes{};
    bytes[15] = 31;
    OrderId const id(bytes);
    auto const order = make_order(checkout, id, at_noon());
    EXPECT_EQ(order.id, id);
    EXPECT_EQ(order.owner, checkout.owner);
    EXPECT_EQ(order.lines, checkout.lines);
    EXPECT_EQ(order.totals, checkout.totals);
    EXPECT_EQ(order.discounts, checkout.discounts);
    ASSERT_EQ(order.methods.size(), 1U);
    ASSERT_EQ(order.methods[0].destinations.size(), 1U);
    EXPECT_EQ(order.methods[0].destinations[0].id, "home");
    ASSERT_EQ(order.methods[0].options.size(), 1U) << "what else was on offer is no part of the order";
    EXPECT_EQ(order.methods[0].options[0].id, "std");
    EXPECT_EQ(order.methods[0].line_ids, std::vector<std::string>{"li_1"});
    EXPECT_EQ(order.subscription, checkout.subscription);
    EXPECT_EQ(order.payment.reference, "psp-1");
    EXPECT_EQ(order.created, at_noon());
    EXPECT_EQ(order.version, 0U);
    EXPECT_EQ(order.label, "0000000Z");
}

TEST(Order, OfDigitalGoodsHasNoMethod) {
    Shop shop;
    auto const order = make_order(*shop.apply(content_of({{"", "ebook", 1}})), OrderId(), at_noon());
    EXPECT_TRUE(order.methods.empty());
}

}  // namespace
}  // namespace b2a::domain::testing
