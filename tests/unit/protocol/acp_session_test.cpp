// SPDX-License-Identifier: Apache-2.0
// Both bindings over the whole shop in memory: admission, keys, states, what is written and never said again.
#include "b2a/crypto/hash.hpp"

#include "acp.hpp"
#include "protocol/acp/operations.hpp"

namespace b2a::protocol::acp {
namespace {

using json::Value;
using web::Method;

std::string const item = R"({"currency":"usd","capabilities":{"interventions":{"supported":["3ds"]}},
    "line_items":[{"id":"hoodie-black-m"}],"buyer":{"email":"ada@example.com"},
    "fulfillment_details":{"address":{"name":"Ada Lovelace","line_one":"1 Main St","city":"Springfield","state":"IL",
    "country":"US","postal_code":"62701"}}})";
std::string pay_with(std::string const& handler, std::string const& type, std::string const& token,
                     std::string const& more = {}) {
    return R"({"payment_data":{"handler_id":")" + handler + R"(","instrument":{"type":"card","credential":{"type":")" +
           type + R"(","token":")" + token + R"("}}})" + more + "}";
}
std::string pay(std::string const& token, std::string const& more = {}) {
    return pay_with("sandbox_card", "spt", token, more);
}
std::string const authenticated =
    R"(,"authentication_result":{"outcome":"authenticated","outcome_details":{"three_ds_cryptogram":"c",
    "electronic_commerce_indicator":"05","transaction_id":"t","version":"2.2.0"}})";

class AcpSession : public testing::Test {
  protected:
    Value create() { return shop_.session("/checkout_sessions", item); }
    static std::string at(Value const& session, std::string const& rest = {}) {
        return "/checkout_sessions/" + session["id"].get<std::string>() + rest;
    }
    static std::string code(web::Response const& response) {
        return test::parsed(response.body)["code"].get<std::string>();
    }
    web::Response send(Method method, std::string const& path, test::AcpShop::Fields fields, std::string const& body) {
        return shop_.send(method, "/acp" + path, fields, body);
    }
    static test::AcpShop::Fields without(std::string_view name) {
        auto fields = test::AcpShop::usual();
        std::erase_if(fields, [&](auto const& field) { return field.first == name; });
        return fields;
    }
    static test::AcpShop::Fields with(std::string_view name, std::string value) {
        auto fields = without(name);
        fields.emplace_back(name, std::move(value));
        return fields;
    }

    test::AcpShop shop_{{"https://agent.example/hook"}};
};

TEST_F(AcpSession, HeadersAreJudgedInOrder) {
    struct Case {
        test::AcpShop::Fields fields;
        int status;
        std::string code;
    };
    for (auto const& [fields, status, expected] : std::vector<Case>{
             {without("Authorization"), 401, "unauthorized"},
             {with("Authorization", "Bearer wrong"), 401, "unauthorized"},
             {with("Authorization", "Basic c2FuZGJveC1hZ2VudA=="), 401, "unauthorized"},
             {without("API-Version"), 400, "missing_api_version"},
             {with("API-Version", "2025-09-29"), 400, "unsupported_api_version"},
             {without("Idempotency-Key"), 400, "idempotency_key_required"},
             {with("Idempotency-Key", " "), 400, "idempotency_key_required"},
             {with("Idempotency-Key", std::string(256, 'k')), 400, "invalid_request"},
             {with("Content-Type", "text/plain"), 415, "unsupported_media_type"},
         }) {
        auto const response = send(Method::post, "/checkout_sessions", fields, item);
        EXPECT_EQ(response.status, status) << expected;
        EXPECT_EQ(code(response), expected);
    }
    EXPECT_EQ(
        test::header(send(Method::post, "/checkout_sessions", without("Authorization"), item), "WWW-Authenticate"),
        "Bearer realm=\"b2a\"");
    for (auto const* body : {"", "{", "[]", "7", R"({"a":1,"a":2})"})
        EXPECT_EQ(send(Method::post, "/checkout_sessions", test::AcpShop::usual(), body).status, 400) << body;
    EXPECT_EQ(send(Method::get, "/nowhere", test::AcpShop::usual(), {}).status, 404);
    auto const other = send(Method::del, "/checkout_sessions", test::AcpShop::usual(), {});
    EXPECT_EQ(other.status, 405);
    EXPECT_EQ(code(other), "method_not_allowed");
}

TEST_F(AcpSession, KeysAndIdsAreRepeated) {
    auto const response = send(Method::post, "/checkout_sessions", with("Request-Id", "r-1"), item);
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(test::header(response, "Idempotency-Key"), "key-1");
    EXPECT_EQ(test::header(response, "Request-Id"), "r-1");
    EXPECT_EQ(test::header(response, "Idempotent-Replayed"), "");
    auto const refused = send(Method::post, "/checkout_sessions", with("API-Version", "x"), item);
    EXPECT_EQ(test::header(refused, "Idempotency-Key"), "key-1");
}

TEST_F(AcpSession, ADetachedSignatureIsNoneOfOursAnHttpSignatureIsChecked) {
    EXPECT_EQ(send(Method::post, "/checkout_sessions", with("Signature", "YWJj"), item).status, 201);
    auto const url = test::platform_url(ucp::Version::v2026_08_25);
    web::OutboundRequest out;
    out.method = Method::post;
    out.url = shop_.shop().site().base_url + "/acp/checkout_sessions";
    out.body = item;
    out.headers = test::AcpShop::usual("signed");
    out.headers.emplace_back("UCP-Agent", test::agent_field(url));
    for (auto& field : identity::sign(out, {"ucp-agent"}, shop_.shop().platform_key(), shop_.shop().clock().time))
        out.headers.push_back(std::move(field));
    auto other = test::parsed(item);
    other["locale"] = "en";
    auto const forged = send(Method::post, "/checkout_sessions", out.headers, other.dump());
    EXPECT_EQ(forged.status, 400) << "its digest is another body's";
    auto const signed_well = send(Method::post, "/checkout_sessions", out.headers, item);
    EXPECT_EQ(signed_well.status, 201) << signed_well.body;
    auto const id = CheckoutId::parse(test::parsed(signed_well.body)["id"].get<std::string>());
    EXPECT_EQ((**shop_.shop().reader().checkout(*id)).owner, "sandbox") << "a token names who asks";
}

TEST_F(AcpSession, EqualRequestsAreOneWhateverTheirBytes) {
    auto const first = send(Method::post, "/checkout_sessions", test::AcpShop::usual("k"), item);
    ASSERT_EQ(first.status, 201) << first.body;
    auto reordered = test::parsed(item);
    auto const lines = reordered["line_items"];
    reordered.erase("line_items");
    reordered["line_items"] = lines;
    auto const again = send(Method::post, "/checkout_sessions", test::AcpShop::usual("k"), reordered.dump(1));
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(test::header(again, "Idempotent-Replayed"), "true");
    auto other = test::parsed(item);
    other["locale"] = nullptr;
    auto const conflict = send(Method::post, "/checkout_sessions", test::AcpShop::usual("k"), other.dump());
    EXPECT_EQ(conflict.status, 422) << "null is not the same as absent";
    EXPECT_EQ(code(conflict), "idempotency_conflict");
    auto const elsewhere =
        send(Method::post, "/checkout_sessions/" + test::parsed(first.body)["id"].get<std::string>() + "/cancel",
             test::AcpShop::usual("k"), {});
    EXPECT_EQ(elsewhere.status, 200) << "the key belongs to a path: " << elsewhere.body;
}

TEST_F(AcpSession, WhileTheFirstOneRunsTheSecondWaits) {
    service::RequestContext context;
    context.principal.id = "sandbox";
    ASSERT_TRUE(bool(add_idempotency(context, "k", "/acp/checkout_sessions", {}, {})));
    {
        auto const seat = shop_.in_flight().enter(context.idempotency->key);
        auto const busy = send(Method::post, "/checkout_sessions", test::AcpShop::usual("k"), item);
        EXPECT_EQ(busy.status, 409);
        EXPECT_EQ(code(busy), "idempotency_in_flight");
        EXPECT_EQ(test::header(busy, "Retry-After"), "1");
    }
    EXPECT_EQ(send(Method::post, "/checkout_sessions", test::AcpShop::usual("k"), item).status, 201);
    EXPECT_EQ(shop_.in_flight().size(), 0U);
}

TEST_F(AcpSession, APurchaseFromBeginningToEnd) {
    auto session = shop_.session("/checkout_sessions",
                                 R"({"currency":"usd","capabilities":{},"line_items":[{"id":"hoodie-black-m"}]})");
    EXPECT_EQ(session["status"], "not_ready_for_payment");
    session = shop_.session(at(session), R"({"buyer":{"email":"ada@example.com"}})");
    EXPECT_EQ(session["status"], "not_ready_for_payment");
    auto const early = shop_.session(at(session, "/complete"), pay("tok"));
    EXPECT_EQ(early["status"], "not_ready_for_payment") << "nothing is charged before it is ready";
    session = shop_.session(at(session), R"({"fulfillment_details":{"name":"Ada L","address":{"name":"Ada L",
        "line_one":"1 Main St","city":"Springfield","state":"IL","country":"US","postal_code":"62701"}}})");
    EXPECT_EQ(session["status"], "ready_for_payment");
    EXPECT_EQ(session["fulfillment_options"][0]["id"], "standard");
    auto const done = shop_.session(at(session, "/complete"), pay("tok"));
    EXPECT_EQ(done["status"], "completed");
    EXPECT_EQ(done["order"]["checkout_session_id"], done["id"]);
    EXPECT_TRUE(done["order"].contains("permalink_url"));
    auto const over = shop_.post(at(session, "/cancel"), {});
    EXPECT_EQ(over.status, 405);
    EXPECT_EQ(test::header(over, "Allow"), "GET, HEAD");
    auto const late = shop_.session(at(session), R"({"buyer":{"email":"b@example.com"}})");
    EXPECT_EQ(late["messages"][0]["code"], "conflict");
    EXPECT_EQ(late["buyer"]["email"], "ada@example.com");
    auto const order = shop_.shop().reader().checkout(*CheckoutId::parse(done["id"].get<std::string>()));
    EXPECT_EQ((**order).subscription.target, "https://agent.example/hook");
}

TEST_F(AcpSession, AuthenticationIsAskedForOnceAndBroughtBack) {
    auto const session = create();
    auto const asked = shop_.session(at(session, "/complete"), pay("tok_3ds"));
    EXPECT_EQ(asked["status"], "authentication_required");
    EXPECT_TRUE(asked["authentication_metadata"].contains("acquirer_details"));
    auto const without = shop_.post(at(session, "/complete"), pay("tok_3ds"));
    EXPECT_EQ(without.status, 400);
    EXPECT_EQ(code(without), "requires_3ds");
    EXPECT_EQ(test::parsed(without.body)["param"], "$.authentication_result");
    auto const denied =
        shop_.session(at(session, "/complete"), pay("tok_3ds", R"(,"authentication_result":{"outcome":"denied"})"));
    EXPECT_EQ(denied["status"], "ready_for_payment");
    EXPECT_EQ(denied["messages"][0]["code"], "payment_declined");
    EXPECT_EQ(shop_.session(at(session, "/complete"), pay("tok_3ds", authenticated))["status"], "completed");
}

TEST_F(AcpSession, PaymentsThatAreNotForUsReachNobody) {
    auto const session = create();
    for (auto const& [body, param] : std::vector<std::pair<std::string, std::string>>{
             {pay_with("nobody", "spt", "t"), "$.payment_data.handler_id"},
             {pay_with("sandbox_card", "card", "4242"), "$.payment_data.instrument.credential.type"},
             {R"({"payment_data":{"purchase_order_number":"PO-1"}})", "$.payment_data.purchase_order_number"},
         }) {
        auto const answer = shop_.session(at(session, "/complete"), body);
        EXPECT_EQ(answer["status"], "ready_for_payment");
        EXPECT_EQ(answer["messages"][0]["param"], param) << answer.dump();
        EXPECT_EQ(answer["messages"][0]["type"], "error");
        EXPECT_EQ(answer["messages"].size(), create()["messages"].size() + 1);
    }
}

TEST_F(AcpSession, WhatCannotBeSoldIsAnErrorOnlyWhenNothingIsLeft) {
    auto const body = [](std::string const& lines) {
        return R"({"currency":"usd","capabilities":{},"line_items":[)" + lines + "]}";
    };
    auto const unknown = shop_.post("/checkout_sessions", body(R"({"id":"nothing"})"));
    EXPECT_EQ(unknown.status, 400);
    EXPECT_EQ(code(unknown), "invalid_item_id");
    auto const gone = shop_.post("/checkout_sessions", body(R"({"id":"hoodie-black-s"})"));
    EXPECT_EQ(gone.status, 422);
    EXPECT_EQ(code(gone), "out_of_stock");
    auto const some =
        shop_.session("/checkout_sessions", body(R"({"id":"hoodie-black-s"},{"id":"hoodie-moss-m","quantity":9})"));
    EXPECT_EQ(some["line_items"].size(), 1U);
    EXPECT_EQ(some["line_items"][0]["quantity"], 2);
    EXPECT_EQ(some["messages"][0]["code"], "out_of_stock");
    EXPECT_EQ(some["messages"][1]["code"], "low_stock");
    auto other = test::parsed(item);
    other["currency"] = "jpy";
    EXPECT_EQ(code(shop_.post("/checkout_sessions", other.dump())), "unsupported_currency");
}

TEST_F(AcpSession, CapabilitiesAreTheIntersectionAndStay) {
    auto const session =
        shop_.session("/checkout_sessions", R"({"currency":"usd","line_items":[{"id":"hoodie-black-m"}],"capabilities":
            {"interventions":{"supported":["biometric","3ds","new"],"display_context":"webview"},
            "extensions":["discount","loyalty"]}})");
    EXPECT_EQ(session["capabilities"]["interventions"]["supported"], (Value{"3ds"}));
    ASSERT_EQ(session["capabilities"]["extensions"].size(), 1U);
    EXPECT_EQ(session["capabilities"]["extensions"][0]["name"], "discount");
    auto const later = shop_.session(at(session), "{}");
    EXPECT_EQ(later["capabilities"], session["capabilities"]);
    EXPECT_FALSE(create()["capabilities"].contains("extensions"));
}

TEST_F(AcpSession, ConsentIsGivenWithThePurchase) {
    auto session = create();
    ASSERT_EQ(session["marketing_consent_options"].size(), 2U);
    EXPECT_FALSE(session["marketing_consent_options"][0].contains("is_subscribed"));
    auto const done = shop_.session(at(session, "/complete"),
                                    pay("tok", R"(,"marketing_consents":[{"channel":"email","opted_in":true}])"));
    EXPECT_EQ(done["marketing_consent_options"][0]["is_subscribed"], true);
    EXPECT_FALSE(done["marketing_consent_options"][1].contains("is_subscribed")) << "left out changes nothing";
}

TEST_F(AcpSession, AttributionAndTracesAreKeptAndNeverShown) {
    auto body = test::parsed(item);
    body["affiliate_attribution"] = {{"provider", "impact.com"}, {"token", "secret-first"}};
    auto const session = shop_.session("/checkout_sessions", body.dump());
    auto const id = session["id"].get<std::string>();
    auto const canceled = shop_.session(at(session, "/cancel"),
                                        R"({"intent_trace":{"reason_code":"weather","trace_summary":"secret-why"}})");
    EXPECT_EQ(canceled["status"], "canceled");
    for (auto const& shown : {session, canceled}) EXPECT_EQ(shown.dump().find("secret"), std::string::npos);
    auto& reader = shop_.shop().reader();
    auto const first = reader.record(store::RecordKind::touchpoint, id + "/first");
    EXPECT_NE((**first).body.find("secret-first"), std::string::npos);
    auto const trace = reader.record(store::RecordKind::intent_trace, id);
    EXPECT_EQ((**trace).body, R"({"trace_summary":"secret-why","reason_code":"other"})");
}

TEST_F(AcpSession, CartsComeAndGo) {
    auto const cart = shop_.session("/carts", R"({"line_items":[{"id":"hoodie-black-m","quantity":2}],"locale":"en"})");
    EXPECT_FALSE(cart.contains("status"));
    auto const path = "/carts/" + cart["id"].get<std::string>();
    auto const put = send(Method::put, path, test::AcpShop::usual("put-1"), R"({"line_items":[{"id":"voucher"}]})");
    EXPECT_EQ(put.status, 200) << put.body;
    EXPECT_EQ(test::parsed(put.body)["line_items"][0]["item"]["id"], "voucher");
    EXPECT_EQ(send(Method::put, path, without("Idempotency-Key"), "{}").status, 400);
    EXPECT_EQ(send(Method::get, path, without("Idempotency-Key"), {}).status, 200);
    EXPECT_EQ(shop_.post(path + "/cancel", {}).status, 200);
    EXPECT_EQ(send(Method::get, path, test::AcpShop::usual(), {}).status, 404);
    EXPECT_EQ(code(shop_.post("/carts", R"({"line_items":[]})")), "missing_line_items");
}

class AcpTools : public AcpSession {
  protected:
    Value call(std::string const& name, Value arguments) {
        Value const body{{"jsonrpc", "2.0"},
                         {"id", 1},
                         {"method", "tools/call"},
                         {"params", {{"name", name}, {"arguments", std::move(arguments)}}}};
        return test::parsed(shop_
                                .send(Method::post, "/mcp",
                                      {{"Authorization", "Bearer sandbox-agent"}, {"Content-Type", "application/json"}},
                                      body.dump())
                                .body);
    }
    static Value meta(std::string const& key = {}) {
        Value out{{"api_version", "2026-04-17"}};
        if (!key.empty()) out["idempotency_key"] = key;
        return out;
    }
};

TEST_F(AcpTools, FiveOfThem) {
    std::size_t tools = 0;
    for (auto const& operation : operations()) {
        if (operation.tool.empty()) continue;
        ++tools;
        EXPECT_EQ(find_tool(operation.tool), &operation);
    }
    EXPECT_EQ(tools, 5U);
    EXPECT_EQ(find_tool(""), nullptr);
    Value const body{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "tools/list"}};
    auto const listed =
        test::parsed(shop_.send(Method::post, "/mcp", {{"Content-Type", "application/json"}}, body.dump()).body);
    EXPECT_EQ(listed["result"]["tools"].size(), 5U);
}

TEST_F(AcpTools, BuySomething) {
    auto const created = call("create_checkout_session", {{"meta", meta("k1")}, {"payload", test::parsed(item)}});
    ASSERT_TRUE(created.contains("result")) << created.dump();
    auto const session = created["result"]["structuredContent"];
    EXPECT_EQ(session["status"], "ready_for_payment");
    auto const again = call("create_checkout_session", {{"meta", meta("k1")}, {"payload", test::parsed(item)}});
    EXPECT_EQ(again["result"]["structuredContent"]["id"], session["id"]) << "the key makes it one";
    auto const shown = call("get_checkout_session", {{"meta", meta()}, {"id", session["id"]}});
    EXPECT_EQ(shown["result"]["structuredContent"]["id"], session["id"]);
    auto const done = call("complete_checkout_session",
                           {{"meta", meta()}, {"id", session["id"]}, {"payload", test::parsed(pay("tok"))}});
    EXPECT_EQ(done["result"]["structuredContent"]["status"], "completed") << done.dump();
    auto const over = call("cancel_checkout_session", {{"meta", meta()}, {"id", session["id"]}});
    EXPECT_EQ(over["error"]["code"], -32000);
    EXPECT_EQ(over["error"]["data"]["code"], "method_not_allowed");
}

TEST_F(AcpTools, MalformedEnvelopesAreToldFromRefusals) {
    auto const session = create()["id"];
    struct Case {
        std::string name;
        Value arguments;
        int code;
    };
    for (auto const& [name, arguments, code] : std::vector<Case>{
             {"create_checkout_session", {{"payload", test::parsed(item)}}, -32602},
             {"create_checkout_session", {{"meta", 7}, {"payload", test::parsed(item)}}, -32602},
             {"create_checkout_session", {{"meta", meta()}}, -32602},
             {"create_checkout_session", {{"meta", meta()}, {"payload", "x"}}, -32602},
             {"get_checkout_session", {{"meta", meta()}}, -32602},
             {"get_checkout_session", {{"meta", meta()}, {"id", 7}}, -32602},
             {"get_checkout_session", {{"meta", {{"api_version", "2020-01-01"}}}, {"id", session}}, -32000},
             {"get_checkout_session", {{"meta", meta()}, {"id", "unknown"}}, -32000},
             {"update_checkout_session", {{"meta", meta()}, {"id", session}, {"payload", {{"colour", 1}}}}, -32000},
         }) {
        auto const answer = call(name, arguments);
        ASSERT_TRUE(answer.contains("error")) << answer.dump();
        EXPECT_EQ(answer["error"]["code"], code) << answer.dump();
        EXPECT_TRUE(answer["error"]["data"].contains("type")) << answer.dump();
    }
}

}  // namespace
}  // namespace b2a::protocol::acp
