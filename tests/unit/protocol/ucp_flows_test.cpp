// SPDX-License-Identifier: Apache-2.0
// Carts, conversion, remarks on a resource, orders and their notices: through router and store, in both versions.
#include "b2a/web/url.hpp"

#include "shop.hpp"
#include "support/run_coro.hpp"

namespace b2a::protocol::ucp {
namespace {

using test::header;
using test::parsed;
using web::Method;

constexpr auto current = Version::v2026_08_25;

class UcpFlows : public testing::TestWithParam<Version> {
  protected:
    test::Shop shop_;

    web::Response call(Method method, std::string const& path, std::string const& body = {},
                       test::Shop::Fields more = {}) {
        return shop_.ucp(GetParam(), method, path, body, std::move(more));
    }
    json::Value made(std::string const& path, std::string const& body) {
        auto const response = call(Method::post, path, body);
        EXPECT_EQ(response.status, 201) << response.body;
        return parsed(response.body);
    }
    static std::string text(json::Value const& value) { return value.get<std::string>(); }

    static std::string lines(std::string const& variant, int quantity = 1) {
        return R"("line_items":[{"item":{"id":")" + variant + R"("},"quantity":)" + std::to_string(quantity) + "}]";
    }
    static std::string collected(std::string const& location) {
        return R"("fulfillment":{"methods":[{"type":"pickup","selected_destination_id":")" + location + R"("}]})";
    }
    static std::string instrument(std::string const& id, bool selected) {
        return R"({"id":")" + id + R"(","handler_id":"sandbox_card","type":"card","selected":)" +
               (selected ? "true" : "false") + R"(,"credential":{"type":"token","token":"tok"}})";
    }
    json::Value ready() {
        return made("/checkout-sessions", "{" + lines("hoodie-black-m", 2) +
                                              R"(,"buyer":{"email":"ada@example.com"},)" + collected("oslo") + "}");
    }
    json::Value paid(std::string const& id) {
        return parsed(call(Method::post, "/checkout-sessions/" + id + "/complete",
                           R"({"payment":{"instruments":[)" + instrument("pi", true) + "]}}")
                          .body);
    }
    /// The code of the first message, if there is one.
    static std::string code(json::Value const& body) {
        return body.contains("messages") ? text(body["messages"][0]["code"]) : std::string();
    }
};

INSTANTIATE_TEST_SUITE_P(Versions, UcpFlows, testing::ValuesIn(all_versions), [](auto const& info) {
    std::string out(to_text(info.param));
    std::erase(out, '-');
    return out;
});

TEST_P(UcpFlows, ProductAsGolden) {
    auto const response =
        call(Method::post, "/catalog/product", R"({"id":"hoodie","selected":[{"name":"color","label":"Moss"}]})");
    test::expect_golden("ucp/" + std::string(to_text(GetParam())) + "/product.json", response.body);
}

TEST_P(UcpFlows, ACartBecomesACheckout) {
    auto const cart = made("/carts", "{" + lines("hoodie-black-m", 2) + R"(,"buyer":{"email":"ada@example.com"},
                                      "discounts":{"codes":["NOPE"]}})");
    auto const id = text(cart["id"]);
    EXPECT_TRUE(id.starts_with("crt_"));
    EXPECT_FALSE(cart.contains("status"));
    EXPECT_EQ(parsed(call(Method::get, "/carts/" + id).body), cart);
    auto const changed = parsed(call(Method::put, "/carts/" + id, "{" + lines("hoodie-black-m", 3) + "}").body);
    EXPECT_EQ(changed["line_items"][0]["quantity"], 3);
    EXPECT_FALSE(changed.contains("buyer"));

    auto const convert = R"({"cart_id":")" + id + R"(","line_items":[]})";
    auto const checkout = made("/checkout-sessions", convert);
    EXPECT_EQ(checkout["line_items"][0]["quantity"], 3);
    auto const again = call(Method::post, "/checkout-sessions", convert);
    EXPECT_EQ(again.status, 200) << "the unfinished one is answered";
    EXPECT_EQ(parsed(again.body)["id"], checkout["id"]);
    EXPECT_EQ(code(parsed(call(Method::post, "/checkout-sessions", R"({"cart_id":"crt_none","line_items":[]})").body)),
              "not_found");
}

TEST_P(UcpFlows, ACanceledCartIsGone) {
    auto const id = text(made("/carts", "{" + lines("honey") + "}")["id"]);
    auto const last = call(Method::post, "/carts/" + id + "/cancel");
    EXPECT_EQ(last.status, 200);
    EXPECT_EQ(parsed(last.body)["id"], id);
    EXPECT_FALSE(parsed(last.body).contains("expires_at"));
    for (auto const& gone : {call(Method::get, "/carts/" + id), call(Method::post, "/carts/" + id + "/cancel"),
                             call(Method::put, "/carts/" + id, "{" + lines("honey") + "}")}) {
        EXPECT_EQ(gone.status, 200);
        EXPECT_EQ(code(parsed(gone.body)), "not_found");
        EXPECT_EQ(parsed(gone.body)["ucp"]["status"], "error");
    }
}

TEST_P(UcpFlows, AnotherUnitIsRemarkedAndNothingChanges) {
    auto const weighed = R"({"line_items":[{"item":{"id":"honey","quantity_unit":{"unit":"KGM"}},"quantity":2}]})";
    auto const refused = call(Method::post, "/checkout-sessions", weighed);
    EXPECT_EQ(refused.status, 200);
    EXPECT_EQ(parsed(refused.body)["ucp"]["status"], "error");
    EXPECT_EQ(code(parsed(refused.body)), "quantity_unit_mismatch");
    EXPECT_EQ(code(parsed(call(Method::post, "/carts", weighed).body)), "quantity_unit_mismatch");
    for (auto const* path : {"/checkout-sessions", "/carts"}) {
        auto const before = made(path, "{" + lines("honey") + "}");
        auto const at = std::string(path) + "/" + text(before["id"]);
        auto const answer = call(Method::put, at, weighed);
        EXPECT_EQ(answer.status, 200);
        auto const json = parsed(answer.body);
        EXPECT_EQ(json["ucp"]["status"], "success") << answer.body;
        EXPECT_EQ(code(json), "quantity_unit_mismatch");
        EXPECT_EQ(json["messages"][0]["severity"], "recoverable");
        EXPECT_EQ(json["messages"][0]["path"], "$.line_items[0].item.quantity_unit");
        EXPECT_EQ(json["line_items"], before["line_items"]);
        EXPECT_EQ(parsed(call(Method::get, at).body), before);
    }
}

TEST_P(UcpFlows, OfSeveralInstrumentsOnlyTheOldVersionMakesAChoice) {
    auto const id = text(ready()["id"]);
    auto const body = R"({"payment":{"instruments":[)" + instrument("a", false) + "," + instrument("b", true) + "]}}";
    auto const json = parsed(call(Method::post, "/checkout-sessions/" + id + "/complete", body).body);
    if (GetParam() == current) {
        EXPECT_EQ(json["status"], "ready_for_complete");
        EXPECT_EQ(code(json), "payment_failed");
        EXPECT_EQ(json["messages"][0]["path"], "$.payment.instruments");
        EXPECT_EQ(paid(id)["status"], "completed") << "with one of them it works";
    } else {
        EXPECT_EQ(json["status"], "completed");
        EXPECT_EQ(json["payment"]["instruments"][0]["id"], "b");
    }
}

TEST_P(UcpFlows, ALocationThatIsNoneOfOursChangesNothing) {
    auto const before = ready();
    auto const at = "/checkout-sessions/" + text(before["id"]);
    auto const answer = call(Method::put, at, "{" + lines("hoodie-black-m", 1) + "," + collected("atlantis") + "}");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(parsed(answer.body)["line_items"][0]["quantity"], 2);
    auto const message = parsed(answer.body)["messages"][0];
    EXPECT_EQ(message["path"], "$.fulfillment.methods[0].selected_destination_id");
    EXPECT_EQ(message["severity"], "recoverable");
    EXPECT_EQ(parsed(call(Method::get, at).body), before);
}

TEST_P(UcpFlows, CompleteAnswersAreSigned) {
    auto const id = text(ready()["id"]);
    auto const done = call(Method::post, "/checkout-sessions/" + id + "/complete",
                           R"({"payment":{"instruments":[)" + instrument("pi", true) + "]}}");
    EXPECT_EQ(header(done, "Content-Digest"), identity::content_digest(done.body));
    EXPECT_NE(header(done, "Signature-Input").find(shop_.keys().current()->signer().kid), std::string::npos);
    EXPECT_FALSE(header(done, "Signature").empty());
}

TEST_P(UcpFlows, OneKeyAnswersForOneRequest) {
    test::Shop::Fields const key{{"Idempotency-Key", "0123456789abcdef0123456789abcdef"}};
    auto const a = text(made("/carts", "{" + lines("honey") + "}")["id"]);
    auto const b = text(made("/carts", "{" + lines("honey") + "}")["id"]);
    auto const body = "{" + lines("honey", 2) + "}";
    auto const first = call(Method::put, "/carts/" + a, body, key);
    EXPECT_EQ(call(Method::put, "/carts/" + a, body, key).body, first.body);
    EXPECT_EQ(call(Method::put, "/carts/" + b, body, key).status, 409) << "an equal body for another cart";
    EXPECT_EQ(call(Method::put, "/carts/" + a, body + " ", key).status, 409) << "other bytes";
    EXPECT_EQ(call(Method::post, "/carts", body, key).status, 201) << "another operation";
    auto const other_platform = GetParam() == current ? Version::v2026_04_08 : current;
    EXPECT_EQ(shop_.ucp(other_platform, Method::post, "/carts", body, key).status, 201);
}

TEST_P(UcpFlows, WhatAnOrderGoesThroughIsNoticed) {
    auto profile = test::platform(GetParam(), &shop_.platform_key());
    profile["ucp"]["capabilities"]["dev.ucp.shopping.order"][0]["config"]["webhook_url"] = "https://agent.example/hook";
    shop_.serve(test::platform_url(GetParam()), profile.dump());
    auto const done = paid(text(ready()["id"]));
    ASSERT_EQ(done["status"], "completed") << done.dump();
    auto const order_id = OrderId::parse(text(done["order"]["id"]));
    ASSERT_TRUE(order_id);
    service::RecordFulfillment command;
    command.id = *order_id;
    command.event.type = domain::FulfillmentEventType::delivered;
    service::RequestContext operator_context;
    operator_context.principal.id = "operator";
    operator_context.principal.trust = policy::TrustLevel::operator_;
    operator_context.principal.protocol = policy::Protocol::admin;
    operator_context.now = shop_.clock().time;
    operator_context.deadline = Deadline::max();
    auto const recorded = test::run(shop_.orders().record(operator_context, command));
    ASSERT_TRUE(recorded.ok()) << recorded.error().detail;

    auto const notices = shop_.reader().notices(store::NoticeState::pending, 10).value();
    ASSERT_EQ(notices.size(), 2U);
    auto const shown = parsed(call(Method::get, "/orders/" + text(done["order"]["id"])).body);
    EXPECT_EQ(parsed(notices[0].body), shown) << "a notice says what a look would say";
    EXPECT_EQ(shown["line_items"][0]["status"], "fulfilled");
    EXPECT_EQ(parsed(notices[1].body)["line_items"][0]["status"], "processing");
    for (auto const& notice : notices) {
        EXPECT_EQ(notice.target, "https://agent.example/hook");
        EXPECT_EQ(notice.dialect, "ucp/" + std::string(to_text(GetParam())));
        EXPECT_EQ(notice.subject, text(done["order"]["id"]));
    }
}

TEST(UcpLocationRoutes, StoresAreFoundAndLookedUp) {
    test::Shop shop;
    auto const near = R"({"distance":{"center":{"latitude":59.91,"longitude":10.75},"max":5000}})";
    auto const found = shop.ucp(current, Method::post, "/locations/search", near);
    EXPECT_EQ(found.status, 200);
    EXPECT_EQ(header(found, "Cache-Control"), "no-store");
    ASSERT_EQ(parsed(found.body)["locations"].size(), 1U);
    EXPECT_EQ(parsed(found.body)["locations"][0]["id"], "oslo");
    auto const known =
        parsed(shop.ucp(current, Method::post, "/locations/lookup", R"({"ids":["springfield","x"]})").body);
    EXPECT_EQ(known["locations"][0]["inputs"], parsed(R"([{"id":"springfield"}])"));
    EXPECT_EQ(known["messages"][0]["content"], "x");
    EXPECT_EQ(shop.ucp(current, Method::post, "/locations/search", R"({"filters":{"x":1}})").status, 400);
    auto const old = shop.ucp(Version::v2026_04_08, Method::post, "/locations/search", "{}");
    EXPECT_EQ(old.status, 200);
    EXPECT_EQ(parsed(old.body)["messages"][0]["code"], "capabilities_incompatible");
    EXPECT_EQ(parsed(old.body)["ucp"]["version"], "2026-04-08");
}

}  // namespace
}  // namespace b2a::protocol::ucp
