// SPDX-License-Identifier: Apache-2.0
#include "shopper/gateway.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "fake_wire.hpp"

namespace b2a::shopper {
namespace {

using test::FakeShop;
using test::open;

FakeShop shop_with(json::Value const& descriptor) {
    FakeShop shop;
    shop.log.add("catalog.published");
    shop.say("GET /.well-known/b2a", descriptor);
    shop.say_text("GET /audit/checkpoint", shop.log.note());
    return shop;
}

TEST(ShopperGateway, IntroducesItself) {
    auto shop = shop_with(FakeShop().descriptor());
    auto const gateway = open(shop);
    ASSERT_TRUE(gateway.ok()) << gateway.error().detail;
    EXPECT_EQ(gateway->title(), "A shop");
    EXPECT_EQ(gateway->brands(), std::vector<std::string>{"B"});
    EXPECT_FALSE(gateway->key_is_pinned());
    EXPECT_EQ(gateway->first_checkpoint()->size, 1U);
}

TEST(ShopperGateway, ItsLogMustBeTheOneThatIsKnown) {
    auto shop = shop_with(FakeShop().descriptor());
    EXPECT_TRUE(open(shop, {shop.log.key().text()})->key_is_pinned());
    test::SmallLog const forged(8);
    EXPECT_EQ(open(shop, {forged.key().text()}).error().code, Code::unauthenticated);
    test::SmallLog const other(8, "other.example/audit");
    EXPECT_FALSE(open(shop, {other.key().text()})->key_is_pinned()) << "a key of somebody else's log";
    EXPECT_EQ(open(shop, {"no key"}).error().code, Code::invalid_request);
    shop.say_text("GET /audit/checkpoint", forged.note());
    EXPECT_FALSE(open(shop).ok());
    auto silent = FakeShop().descriptor();
    silent.erase("audit");
    shop = shop_with(silent);
    EXPECT_FALSE(open(shop).ok());
}

TEST(ShopperGateway, WhatIsNoGatewayIsNotUsed) {
    for (auto const* text : {"", "[]", "{}", "null", "<html>", R"({"title":"x","api_version":"v2","brands":[]})",
                             R"({"title":7,"api_version":"v1","brands":[]})", R"({"title":"x","api_version":"v1"})"}) {
        FakeShop shop;
        shop.say_text("GET /.well-known/b2a", text);
        EXPECT_EQ(open(shop).error().code, Code::upstream_failed) << text;
    }
    for (auto const* origin :
         {"", "shop.example", "ftp://shop.example", "https://shop.example/path", "https://user@shop.example"}) {
        FakeShop shop;
        auto const gateway = Gateway::open({origin, "", {}}, std::make_unique<test::FakeWire>(shop));
        EXPECT_EQ(gateway.error().code, Code::invalid_request) << origin;
        EXPECT_TRUE(shop.asked.empty());
    }
}

TEST(ShopperGateway, TheTokenIsTheSandboxsOnlyInASandbox) {
    auto shop = shop_with(FakeShop().descriptor());
    auto gateway = open(shop).value();
    (void)gateway.get("/x");
    ASSERT_FALSE(shop.asked.back().headers.empty());
    EXPECT_EQ(shop.asked.back().headers[0].second, "Bearer sandbox-agent");
    auto real = FakeShop().descriptor();
    real["sandbox"] = false;
    shop = shop_with(real);
    auto other = open(shop).value();
    (void)other.get("/x");
    EXPECT_TRUE(shop.asked.back().headers.empty());
}

TEST(ShopperGateway, RefusalsSayWhy) {
    auto shop = shop_with(FakeShop().descriptor());
    auto gateway = open(shop).value();
    shop.say(
        "POST /q",
        {{"title", "No"}, {"detail", "there is no such member"}, {"pointer", "/for/0"}, {"reason", "unknown_member"}},
        422);
    auto const refused = gateway.post("/q", "{}");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().detail, "/q answered 422: there is no such member (/for/0)");
    EXPECT_EQ(refused.error().reason, "unknown_member");
    shop.say_text("POST /q", "not JSON", 500);
    EXPECT_EQ(gateway.post("/q", "{}").error().code, Code::upstream_failed);
    shop.say_text("POST /q", R"({"a":1,"a":2})");
    EXPECT_EQ(gateway.post("/q", "{}").error().code, Code::upstream_failed) << "two meanings";
}

RC_GTEST_PROP(ShopperGateway, AnyBytesAreAnAnswer, (std::string text, int status)) {
    auto shop = shop_with(FakeShop().descriptor());
    auto gateway = open(shop).value();
    shop.say_text("GET /q", text, status);
    (void)gateway.get("/q");
    shop.say_text("GET /.well-known/b2a", text);
    RC_ASSERT(!open(shop).ok());
}

}  // namespace
}  // namespace b2a::shopper
