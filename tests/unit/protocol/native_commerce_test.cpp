// SPDX-License-Identifier: Apache-2.0
// Carts, checkouts and orders over the native API: one purchase, its parts, and what is refused.
#include <set>

#include "protocol/native/operations.hpp"
#include "protocol/native/render_commerce.hpp"
#include "shop.hpp"

namespace b2a::protocol::native {
namespace {

using json::Value;
using test::header;
using test::parsed;
using web::Method;

constexpr auto address = R"({"street_address":"1 Main St","address_locality":"Springfield","postal_code":"62701",
                             "address_country":"US"})";

class NativeCommerce : public testing::Test {
  protected:
    test::Shop shop_;

    web::Response send(Method method, std::string const& path, std::string const& body = {},
                       test::Shop::Fields more = {}) {
        more.emplace_back("Authorization", "Bearer sandbox-agent");
        if (!body.empty()) more.emplace_back("Content-Type", "application/json");
        return shop_.send(method, "/b2a/v1" + path, more, body);
    }
    web::Response post(std::string const& path, std::string const& body, test::Shop::Fields more = {}) {
        return send(Method::post, path, body, std::move(more));
    }
    Value made(std::string const& path, std::string const& body) {
        auto const response = post(path, body);
        EXPECT_EQ(response.status, 201) << response.body;
        return parsed(response.body);
    }
    Value checkout_for(std::string const& variant) {
        return made("/checkouts", R"({"items":[{"variant_id":")" + variant +
                                      R"("}],"buyer":{"email":"ada@example.com"},"ship_to":)" + address + "}");
    }
    static std::string id_of(Value const& json) { return json["id"].get<std::string>(); }
    static std::vector<std::string> codes(Value const& json) {
        std::vector<std::string> out;
        for (auto const& message : json["messages"]) out.push_back(message["code"].get<std::string>());
        return out;
    }
    static void expect_sums(Value const& json) {
        auto sum = json["totals"]["subtotal"]["amount"].get<std::int64_t>();
        for (auto const& part : json["totals"]["adjustments"]) sum += part["amount"]["amount"].get<std::int64_t>();
        EXPECT_EQ(sum, json["totals"]["total"]["amount"].get<std::int64_t>());
    }
};

TEST_F(NativeCommerce, APurchaseFromCartToOrder) {
    auto const cart = made("/carts", R"({"items":[{"variant_id":"hoodie-black-m","quantity":2}]})");
    EXPECT_EQ(cart["status"], "open");
    EXPECT_EQ(cart["totals"]["total"], parsed(R"({"amount":15800,"currency":"USD"})"));
    auto const more = parsed(send(Method::patch, "/carts/" + id_of(cart), R"({"add":[{"variant_id":"honey"}]})").body);
    EXPECT_EQ(more["line_items"].size(), 2U);
    EXPECT_EQ(more["version"], 2);

    auto checkout = made("/checkouts", R"({"cart_id":")" + id_of(cart) + "\"}");
    EXPECT_EQ(checkout["status"], "incomplete");
    EXPECT_EQ(checkout["messages"][0]["remedy"], "supply_field");
    EXPECT_EQ(checkout["messages"][0]["path"], "$.buyer.email");
    auto const path = "/checkouts/" + id_of(checkout);
    checkout = parsed(send(Method::patch, path, R"({"buyer":{"email":"ada@example.com"}})").body);
    EXPECT_EQ(checkout["status"], "incomplete");
    checkout = parsed(send(Method::patch, path, std::string(R"({"ship_to":)") + address + "}").body);
    ASSERT_EQ(checkout["status"], "ready_for_complete") << checkout.dump();
    EXPECT_EQ(checkout["buyer"]["email"], "ada@example.com");
    expect_sums(checkout);

    auto const done =
        parsed(post(path + "/complete", R"({"payment":{"handler_id":"sandbox_card","token":"tok"}})").body);
    ASSERT_EQ(done["status"], "completed") << done.dump();
    EXPECT_TRUE(done["payment"]["handlers"].empty());
    auto const order = parsed(send(Method::get, "/orders/" + done["order"]["id"].get<std::string>()).body);
    EXPECT_EQ(order["checkout_id"], checkout["id"]);
    EXPECT_EQ(order["totals"], done["totals"]);
    EXPECT_EQ(order["line_items"][0]["quantity"], parsed(R"({"ordered":2,"current":2,"fulfilled":0})"));
}

TEST_F(NativeCommerce, WhoeverTheBearerNamesIsTheSameInUcp) {
    auto const checkout = checkout_for("honey");
    auto const path = "/checkout-sessions/" + id_of(checkout);
    test::Shop::Fields const bearer{{"Authorization", "Bearer sandbox-agent"}};
    auto const seen = parsed(shop_.ucp(ucp::Version::v2026_08_25, Method::get, path, {}, bearer).body);
    EXPECT_EQ(seen["status"], "ready_for_complete") << seen.dump();
    auto const stranger = parsed(shop_.ucp(ucp::Version::v2026_08_25, Method::get, path).body);
    EXPECT_EQ(stranger["messages"][0]["code"], "not_found");
    EXPECT_EQ(
        shop_.get("/b2a/v1/checkouts/" + id_of(checkout), {{"UCP-Agent", test::agent_field("https://o.example/p")}})
            .status,
        404);
}

TEST_F(NativeCommerce, ARepeatedKeyRepeatsTheBytesAndAnotherBodyConflicts) {
    test::Shop::Fields const key{{"Idempotency-Key", "0123456789abcdef"}};
    auto const body = R"({"items":[{"variant_id":"honey"}]})";
    auto const first = post("/carts", body, key);
    auto const again = post("/carts", body, key);
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(first.body, again.body);
    EXPECT_FALSE(header(first, "Audit-Entry").empty());
    EXPECT_TRUE(header(again, "Audit-Entry").empty());
    EXPECT_EQ(post("/carts", R"({"items":[{"variant_id":"voucher"}]})", key).status, 409);
    EXPECT_EQ(post("/carts", body, {{"Idempotency-Key", ""}}).status, 400);
}

TEST_F(NativeCommerce, AnEntityTagKeepsChangesApart) {
    auto const path = "/carts/" + id_of(made("/carts", R"({"items":[{"variant_id":"honey"}]})"));
    EXPECT_EQ(header(send(Method::get, path), "ETag"), "\"1\"");
    auto const body = R"({"discount_codes":[]})";
    EXPECT_EQ(send(Method::patch, path, body, {{"If-Match", "\"1\""}}).status, 200);
    auto const late = send(Method::patch, path, body, {{"If-Match", "\"1\""}});
    EXPECT_EQ(late.status, 412);
    EXPECT_EQ(parsed(late.body)["reason"], "version_changed");
    EXPECT_EQ(parsed(late.body)["status"], 412);
    EXPECT_EQ(send(Method::patch, path, body, {{"If-Match", "*"}}).status, 200);
    for (auto const* wrong : {"1", "W/\"1\"", "\"x\"", "\"\""})
        EXPECT_EQ(send(Method::patch, path, body, {{"If-Match", wrong}}).status, 400) << wrong;
    EXPECT_EQ(send(Method::del, path, {}, {{"If-Match", "\"1\""}}).status, 412);
    EXPECT_EQ(parsed(send(Method::del, path).body)["status"], "canceled");
    EXPECT_EQ(send(Method::get, path).status, 404);
}

TEST_F(NativeCommerce, WhatIsWrongIsNamed) {
    auto const path = "/checkouts/" + id_of(checkout_for("honey"));
    auto const refused = [&](Method method, std::string const& to, std::string const& body, int status,
                             std::string_view pointer) {
        auto const response = send(method, to, body);
        EXPECT_EQ(response.status, status) << body << response.body;
        EXPECT_EQ(response.content_type, web::problem_type);
        EXPECT_EQ(parsed(response.body).value("pointer", ""), pointer) << body;
    };
    refused(Method::post, "/carts", R"({"items":[{"variant_id":"honey","quantity":"2"}]})", 400, "/items/0/quantity");
    refused(Method::post, "/carts", R"({"itmes":[]})", 400, "/itmes");
    refused(Method::post, "/carts", R"({"items":[{"variant":"honey"}]})", 400, "/items/0/variant");
    refused(Method::post, "/carts", R"([])", 400, "");
    refused(Method::post, "/checkouts", R"({})", 400, "/items");
    refused(Method::post, "/checkouts", R"({"items":[{"variant_id":"nothing"}]})", 422, "nothing");
    refused(Method::post, "/checkouts", R"({"items":[{"variant_id":"hoodie-black-s"}]})", 409, "hoodie-black-s");
    refused(Method::post, "/checkouts", R"({"cart_id":"crt_00000000000000000000000000"})", 422, "/cart_id");
    refused(Method::post, "/checkouts", R"({"cart_id":"nonsense"})", 422, "/cart_id");
    refused(Method::post, "/checkouts", R"({"cart_id":"x","items":[{"variant_id":"honey"}]})", 400, "/items");
    refused(Method::patch, path, R"({"items":[]})", 400, "/items");
    refused(Method::patch, path, R"({"ship_to":{},"pickup":{"location_id":"oslo"}})", 400, "/pickup");
    refused(Method::patch, path, R"({"ship_to":{"city":"Springfield"}})", 400, "/ship_to/city");
    refused(Method::patch, path, R"({"buyer":{"consent":{"x":1}}})", 400, "/buyer/consent");
    refused(Method::post, path + "/complete", R"({"payment":{"handler_id":"sandbox_card"}})", 400, "/payment/token");
    refused(Method::post, path + "/complete",
            R"({"payment":{"handler_id":"sandbox_card","token":"t","number":"4242424242424242"}})", 400,
            "/payment/number");
    refused(Method::patch, "/carts/nonsense", R"({})", 404, "nonsense");
    refused(Method::get, "/orders/ord_00000000000000000000000000", {}, 404, "ord_00000000000000000000000000");
    EXPECT_EQ(shop_.send(Method::post, "/b2a/v1/carts", {{"Authorization", "Bearer sandbox-agent"}}, "{}").status, 415);
    EXPECT_EQ(shop_.send(Method::post, "/b2a/v1/carts", {{"Authorization", "Bearer wrong"}}, "{}").status, 401);
    EXPECT_EQ(parsed(post("/checkouts", R"({"items":[{"variant_id":"voucher","quantity":1000}]})").body)["reason"],
              "bulk_order");
}

TEST_F(NativeCommerce, PaymentsThatCannotBeTakenLeaveTheCheckoutOpen) {
    auto const path = "/checkouts/" + id_of(checkout_for("honey")) + "/complete";
    for (auto const* payment :
         {R"({"handler_id":"unknown","token":"tok"})", R"({"handler_id":"sandbox_card","token":"decline"})",
          R"({"handler_id":"sandbox_card","token":"tok","credential_type":"card"})"}) {
        auto const response = post(path, std::string(R"({"payment":)") + payment + "}");
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(codes(parsed(response.body)).at(0), "payment_failed") << response.body;
        EXPECT_EQ(parsed(response.body)["messages"][0]["remedy"], "pay_otherwise");
    }
    auto const held = parsed(post(path, R"({"payment":{"handler_id":"sandbox_card","token":"3ds"}})").body);
    EXPECT_EQ(held["status"], "requires_escalation");
    auto const done = parsed(post(path, R"({"payment":{"handler_id":"sandbox_card","token":"tok"},
                                            "buyer":{"phone_number":"+15550001"}})")
                                 .body);
    EXPECT_EQ(done["status"], "completed");
    EXPECT_EQ(done["buyer"]["email"], "ada@example.com");
    EXPECT_EQ(done["buyer"]["phone_number"], "+15550001");
    EXPECT_EQ(codes(parsed(post(path, R"({"payment":{"handler_id":"sandbox_card","token":"tok"}})").body)),
              (std::vector<std::string>{"invalid_transition"}));
}

TEST_F(NativeCommerce, ChoicesThatAreNotOnOfferAreMessages) {
    auto const path = "/checkouts/" + id_of(checkout_for("hoodie-black-m"));
    auto const wrong =
        parsed(send(Method::patch, path, R"({"selected_fulfillment_options":[{"option_id":"teleport"}]})").body);
    EXPECT_EQ(codes(wrong), (std::vector<std::string>{"selection_rejected"}));
    EXPECT_EQ(wrong["messages"][0]["path"], "$.selected_fulfillment_options[0].option_id");
    EXPECT_EQ(wrong["version"], 1);
    auto const collected = parsed(send(Method::patch, path, R"({"pickup":{"location_id":"springfield"}})").body);
    EXPECT_EQ(collected["fulfillment"]["methods"][0]["kind"], "pickup") << collected.dump();
    EXPECT_EQ(collected["fulfillment"]["methods"][0]["selected_destination_id"], "springfield");
    auto const shipped = parsed(send(Method::post, path + "/cancel").body);
    EXPECT_EQ(shipped["status"], "canceled");
    EXPECT_EQ(shipped["messages"], Value::array());
}

TEST_F(NativeCommerce, PutReplacesTheCart) {
    auto const cart = made("/carts", R"({"items":[{"variant_id":"honey"}],"buyer":{"email":"a@example.com"}})");
    auto const next =
        parsed(send(Method::put, "/carts/" + id_of(cart), R"({"items":[{"variant_id":"voucher","quantity":3}]})").body);
    EXPECT_EQ(next["line_items"].size(), 1U);
    EXPECT_EQ(next["line_items"][0]["variant_id"], "voucher");
    EXPECT_FALSE(next.contains("buyer"));
}

TEST_F(NativeCommerce, TheShopSaysWhoItIsAndOnWhichTerms) {
    auto const policies = parsed(shop_.get("/b2a/v1/policies").body);
    EXPECT_EQ(policies["returns"]["withdrawal_days"], 14);
    EXPECT_EQ(policies["pickup"][1]["location_id"], "springfield");
    EXPECT_FALSE(policies["shipping"]["methods"].empty());
    EXPECT_EQ(policies["terms_url"], "https://shop.example/terms");
    EXPECT_TRUE(parsed(shop_.get("/b2a/v1/brand").body)["brands"].is_array());
}

TEST_F(NativeCommerce, TheDescriptorListsWhatTheRouterServes) {
    std::set<std::pair<std::string, std::string>> listed;
    auto const descriptor = parsed(shop_.get("/b2a/v1").body);
    for (auto const& operation : descriptor["operations"])
        listed.emplace(operation["method"].get<std::string>(), operation["path"].get<std::string>());
    EXPECT_EQ(listed.size(), operations().size());
    for (auto const& route : shop_.router().routes()) {
        if (!route.pattern.starts_with("/b2a/")) continue;
        EXPECT_TRUE(listed.contains({std::string(web::to_text(route.method)), route.pattern})) << route.pattern;
    }
}

TEST(NativeRendering, EveryFindingHasItsWords) {
    service::CheckoutOutcome outcome;
    outcome.checkout.currency = test::currency("USD");
    for (int i = 0; i <= static_cast<int>(domain::last_finding_code); ++i)
        outcome.notes.push_back({static_cast<domain::FindingCode>(i), domain::Severity::recoverable,
                                 "$.fulfillment.methods[0].groups[0].selected_option_id", "text"});
    auto const site = test::make_site();
    std::vector<service::HandlerInfo> const handlers;
    auto const json = parsed(render_checkout(outcome, {site, handlers}));
    std::set<std::string> silent;
    for (auto const& message : json["messages"]) {
        EXPECT_EQ(message["path"], "$.fulfillment.methods[0].selected_option_id");
        if (!message.contains("remedy")) silent.insert(message["code"].get<std::string>());
    }
    EXPECT_EQ(silent, (std::set<std::string>{"eligibility_accepted"}));
}

}  // namespace
}  // namespace b2a::protocol::native
