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
    EXPECT_EQ(order.destination.id, "home");
    EXPECT_EQ(order.shipping.id, "std");
    EXPECT_EQ(order.payment.reference, "psp-1");
    EXPECT_EQ(order.created, at_noon());
    EXPECT_EQ(order.version, 0U);
    EXPECT_EQ(order.label, "0000000Z");
}

TEST(Order, DigitalLinesLeaveAtOnceAndOthersWhenShipped) {
    Shop shop;
    auto const checkout = *shop.apply(content_of({{"", "shirt", 3}, {"", "ebook", 2}}));
    auto order = make_order(checkout, OrderId(), at_noon());
    EXPECT_EQ(fulfilled_quantity(order, order.lines[0]), 0);
    EXPECT_EQ(fulfilled_quantity(order, order.lines[1]), 2);
    order.events.push_back({"ev_1", at_noon(), FulfillmentEventType::processing, "", "", ""});
    EXPECT_EQ(fulfilled_quantity(order, order.lines[0]), 0);
    order.events.push_back({"ev_2", at_noon(), FulfillmentEventType::shipped, "Post", "1", ""});
    EXPECT_EQ(fulfilled_quantity(order, order.lines[0]), 3);
}

TEST(Order, OfDigitalGoodsHasNoShipping) {
    Shop shop;
    auto content = content_of({{"", "ebook", 1}});
    content.destinations.clear();
    auto const order = make_order(*shop.apply(content), OrderId(), at_noon());
    EXPECT_TRUE(order.shipping.id.empty());
    EXPECT_TRUE(order.destination.id.empty());
}

}  // namespace
}  // namespace b2a::domain::testing
