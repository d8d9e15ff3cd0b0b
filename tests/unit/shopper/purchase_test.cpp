// SPDX-License-Identifier: Apache-2.0
// Buying at a shop that keeps its word, and at shops that do not: whatever is answered, nothing is paid that was not
// agreed, and nothing counts as bought without its proof.
#include "shopper/purchase.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

#include "fake_wire.hpp"

namespace b2a::shopper {
namespace {

using json::Value;

Value money(std::int64_t amount) {
    return {{"amount", amount}, {"currency", "USD"}};
}

Value lines(Value quantity) {
    return Value::array({{{"variant_id", "v1"}, {"quantity", std::move(quantity)}}});
}

Value checkout() {
    return {
        {"id", "chk_1"},
        {"status", "ready_for_complete"},
        {"line_items", lines(2)},
        {"messages", Value::array()},
        {"fulfillment",
         {{"methods",
           {{{"kind", "shipping"},
             {"selected_option_id", "slow"},
             {"options",
              {{{"id", "fast"}, {"title", "Fast"}, {"price", money(900)}, {"latest", "2026-12-02T10:00:00Z"}},
               {{"id", "slow"}, {"title", "Slow"}, {"price", money(500)}, {"latest", "2026-12-05T10:00:00Z"}}}}}}}}},
        {"totals", {{"total", money(5459)}}},
        {"payment", {{"handlers", {{{"id", "card"}, {"credential_types", {"spt", "token"}}}}}}}};
}

class ShopperPurchase : public ::testing::Test {
  protected:
    void SetUp() override {
        shop.log.add("catalog.published");
        shop.say("GET /.well-known/b2a", shop.descriptor());
        shop.say_text("GET /audit/checkpoint", shop.log.note());
        shop.say("POST /b2a/v1/carts", {{"id", "crt_1"}, {"line_items", lines(2)}}, 201);
        shop.say("POST /b2a/v1/checkouts", checkout(), 201);
        shop.say("POST /b2a/v1/checkouts/chk_1/complete", {{"status", "completed"}, {"order", {{"id", "ord_1"}}}});
        shop.say("GET /b2a/v1/orders/ord_1",
                 {{"id", "ord_1"}, {"line_items", lines({{"ordered", 2}})}, {"totals", {{"total", money(5459)}}}});
        gateway.emplace(test::open(shop).value());
        shop.say_text("GET /audit/receipts/ord_1",
                      shop.log.receipt(shop.log.add("order.placed", "ord_1", 5459, "USD")));
        shop.say_text("GET /audit/consistency?from=1&to=2", shop.log.consistency(1));
        errand.items = {{"v1", 1}, {"v1", 1}};
        errand.budget = Money{6000, household.currency};
    }

    Result<PlacedOrder> buy() {
        Report report(out);
        return shopper::buy(*gateway, household, errand, report);
    }
    [[nodiscard]] bool paid() const {
        return std::ranges::any_of(shop.asked, [](auto const& request) { return request.url.ends_with("/complete"); });
    }

    test::FakeShop shop;
    std::optional<Gateway> gateway;
    Household household = parse_household(demo_household()).value();
    Errand errand;
    std::ostringstream out;
};

TEST_F(ShopperPurchase, EndsWithAVerifiedReceipt) {
    auto const placed = buy();
    ASSERT_TRUE(placed.ok()) << placed.error().detail;
    EXPECT_EQ(placed->id, "ord_1");
    EXPECT_EQ(placed->total.minor, 5459);
    EXPECT_EQ(placed->entry, 1U);
    EXPECT_NE(out.str().find("entry shop.example/audit#1 is in the signed tree of size 2"), std::string::npos);
}

TEST_F(ShopperPurchase, NothingIsPaidThatWasNotAgreed) {
    auto const refused = [&](Value const& answer, std::string const& why) {
        shop.say("POST /b2a/v1/checkouts", answer, 201);
        auto const placed = buy();
        ASSERT_FALSE(placed.ok()) << why;
        EXPECT_NE(placed.error().detail.find(why), std::string::npos) << placed.error().detail;
        EXPECT_FALSE(paid()) << why;
    };
    auto other = checkout();
    other["line_items"] = lines(3);
    refused(other, "other items");
    other = checkout();
    other["line_items"].push_back({{"variant_id", "v2"}, {"quantity", 1}});
    refused(other, "other items");
    other = checkout();
    other["totals"]["total"] = money(6001);
    refused(other, "more than the budget");
    other["totals"]["total"] = {{"amount", 1}, {"currency", "EUR"}};
    refused(other, "another currency");
    other["totals"] = Value::object();
    refused(other, "without a total");
    other = checkout();
    other["status"] = "incomplete";
    other["messages"] = {{{"code", "out_of_stock"}, {"text", "Sold out"}}};
    refused(other, "Sold out (out_of_stock)");
    other = checkout();
    other["payment"]["handlers"][0]["credential_types"] = {"card_number"};
    refused(other, "no payment handler");
    shop.say("POST /b2a/v1/carts", {{"id", "crt_1"}, {"line_items", lines(1)}}, 201);
    refused(checkout(), "other items");
    shop.say("POST /b2a/v1/carts", {{"id", "crt_1"}, {"line_items", lines(-2)}}, 201);
    refused(checkout(), "without an item or a quantity");
}

TEST_F(ShopperPurchase, DeliveryInTimeIsChosen) {
    errand.needed_by = std::chrono::year(2026) / 12 / 2;
    EXPECT_FALSE(buy().ok()) << "the choice is not taken";
    EXPECT_FALSE(paid());
    auto chosen = checkout();
    chosen["fulfillment"]["methods"][0]["selected_option_id"] = "fast";
    shop.say("PATCH /b2a/v1/checkouts/chk_1", chosen);
    EXPECT_TRUE(buy().ok());
    errand.needed_by = std::chrono::year(2026) / 12 / 1;
    EXPECT_EQ(buy().error().detail, "no delivery arrives by 2026-12-01");
}

TEST_F(ShopperPurchase, NothingCountsAsBoughtWithoutItsProof) {
    auto const refused = [&](std::string const& why) {
        auto const placed = buy();
        ASSERT_FALSE(placed.ok()) << why;
        EXPECT_NE(placed.error().detail.find(why), std::string::npos) << placed.error().detail;
        EXPECT_EQ(out.str().find("ordered at"), std::string::npos);
    };
    auto const receipt = shop.replies["GET /audit/receipts/ord_1"];
    shop.replies.erase("GET /audit/receipts/ord_1");
    refused("there is no receipt");
    EXPECT_EQ(shop.pauses, limits::shopper_receipt_attempts_max);
    test::SmallLog forged(9);
    shop.say_text("GET /audit/receipts/ord_1", forged.receipt(forged.add("order.placed", "ord_1", 5459, "USD")));
    refused("");
    shop.replies["GET /audit/receipts/ord_1"] = receipt;
    shop.replies.erase("GET /audit/consistency?from=1&to=2");
    refused("does not continue");
    shop.say("GET /audit/consistency?from=1&to=2", {{"consistency", Value::array()}});
    refused("does not continue");
    shop.say("GET /b2a/v1/orders/ord_1",
             {{"line_items", lines({{"ordered", 2}})}, {"totals", {{"total", money(9999)}}}});
    refused("costs something else");
    shop.say("GET /b2a/v1/orders/ord_1", {{"line_items", lines({{"ordered", 1}})}});
    refused("other items");
    shop.say("POST /b2a/v1/checkouts/chk_1/complete",
             {{"status", "requires_escalation"}, {"messages", Value::array()}});
    refused("did not lead to an order");
}

}  // namespace
}  // namespace b2a::shopper
