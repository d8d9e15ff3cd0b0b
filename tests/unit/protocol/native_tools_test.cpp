// SPDX-License-Identifier: Apache-2.0
// The native operations as tools: arguments as models write them, errors that they can act on.
#include <set>

#include "protocol/native/explain.hpp"
#include "protocol/native/lenient.hpp"
#include "protocol/native/operations.hpp"
#include "protocol/ucp/operations.hpp"
#include "shop.hpp"

namespace b2a::protocol::native {
namespace {

using json::Value;
using test::parsed;
using web::Method;

Value schema() {
    return parsed(R"({"type":"object","properties":{
        "n":{"type":"integer"},"x":{"type":"number"},"yes":{"type":"boolean"},"id":{"type":"string"},
        "mode":{"type":"string","enum":["strict","known"]},
        "names":{"type":"array","items":{"type":"string"}},
        "avoid":{"type":"array","items":{"type":"string","enum":["milk","nuts"]}},
        "items":{"type":"array","items":{"type":"object","required":["variant_id"],"properties":{
            "variant_id":{"type":"string"},"quantity":{"type":"integer"}}}},
        "price":{"type":"object","properties":{"max":{"type":"integer"},"min":{"type":"integer"},
                                               "currency":{"type":"string"}}},
        "free":{"type":"object","properties":{"n":{"type":"integer"}}}}})");
}

Value shaped(std::string const& arguments) {
    json::Document document;
    auto const root = document.parse(arguments);
    EXPECT_TRUE(root) << arguments;
    return parsed(lenient(*root, schema(), {"cart_id"}));
}

TEST(Lenient, UnderstandsWhatIsBeyondDoubt) {
    for (auto const& [given, meant] : {
             std::pair(R"({"n":"2"})", R"({"n":2})"),
             std::pair(R"({"n":" 2.0 "})", R"({"n":2})"),
             std::pair(R"({"n":2.0})", R"({"n":2})"),
             std::pair(R"({"x":"12.5"})", R"({"x":12.5})"),
             std::pair(R"({"yes":"True"})", R"({"yes":true})"),
             std::pair(R"({"id":4711})", R"({"id":"4711"})"),
             std::pair(R"({"mode":"STRICT"})", R"({"mode":"strict"})"),
             std::pair(R"({"names":"a, b"})", R"({"names":["a, b"]})"),
             std::pair(R"({"names":["a",7]})", R"({"names":["a","7"]})"),
             std::pair(R"({"names":"[\"a\",\"b\"]"})", R"({"names":["a","b"]})"),
             std::pair(R"({"avoid":"Milk, nuts"})", R"({"avoid":["milk","nuts"]})"),
             std::pair(R"({"items":"mug"})", R"({"items":[{"variant_id":"mug"}]})"),
             std::pair(R"({"items":["mug",{"variant_id":"cup","quantity":"3"}]})",
                       R"({"items":[{"variant_id":"mug"},{"variant_id":"cup","quantity":3}]})"),
             std::pair(R"({"items":{"variant_id":"mug"}})", R"({"items":[{"variant_id":"mug"}]})"),
             std::pair(R"({"items":"[{\"variant_id\":\"mug\"}]"})", R"({"items":[{"variant_id":"mug"}]})"),
             std::pair(R"({"price":{"max":"USD 12.5"}})", R"({"price":{"max":1250,"currency":"USD"}})"),
             std::pair(R"({"price":{"currency":"JPY","max":"500 JPY","min":"1"}})",
                       R"({"price":{"max":500,"min":1,"currency":"JPY"}})"),
             std::pair(R"({"price":"{\"max\":5}"})", R"({"price":{"max":5}})"),
             std::pair(R"({"n":null,"cart_id":"c","other":{"a":[1,null]}})", R"({"other":{"a":[1,null]}})"),
         })
        EXPECT_EQ(shaped(given), parsed(meant)) << given;
}

TEST(Lenient, LeavesWhatIsInDoubt) {
    for (auto const* given : {R"({"n":"two"})",
                              R"({"n":"2.5"})",
                              R"({"n":2.5})",
                              R"({"n":true})",
                              R"({"n":"99999999999999999999"})",
                              R"({"yes":"maybe"})",
                              R"({"yes":1})",
                              R"({"id":true})",
                              R"({"mode":"lax"})",
                              R"({"names":["a",true]})",
                              R"({"price":{"max":"12.50"}})",
                              R"({"price":{"max":"25.00","currency":"USD"}})",
                              R"({"price":{"max":25.0}})",
                              R"({"price":{"max":"USD 12.505"}})",
                              R"({"price":"USD 12.50"})",
                              R"({"price":{"max":"USD 12.50","currency":"EUR"}})",
                              R"({"price":{"max":"USD 1","min":"EUR 1"}})",
                              R"({"free":{"n":"USD 12.50"}})",
                              R"({"items":[null,true,["mug"]]})",
                              R"({"free":"x"})",
                              R"({"x":"1,5"})"})
        EXPECT_EQ(shaped(given), parsed(given)) << given;
}

TEST(Explain, GivesTheNearestExample) {
    auto const schema = parsed(R"({"type":"object","properties":{"items":{"type":"array","examples":[["whole"]],
        "items":{"type":"object","properties":{"quantity":{"type":"integer","examples":[2]},"line":{}}}}}})");
    auto const explained = [&](std::string const& pointer) {
        web::Response response;
        response.error_code = "invalid_request";
        response.body = R"({"code":"invalid_request","pointer":")" + pointer + "\"}";
        explain(schema, response);
        return parsed(response.body);
    };
    EXPECT_EQ(explained("/items/0/quantity")["example"], 2);
    EXPECT_EQ(explained("/items/0/line")["example"], parsed(R"(["whole"])"));
    EXPECT_FALSE(explained("/other").contains("example"));
    EXPECT_FALSE(explained("Idempotency-Key").contains("example"));
    EXPECT_FALSE(explained("/items")["hint"].get<std::string>().empty());
    web::Response busy;
    busy.error_code = "rate_limited";
    busy.body = R"({"code":"rate_limited"})";
    busy.header("Retry-After", "7");
    explain(schema, busy);
    EXPECT_EQ(parsed(busy.body)["retry_after_seconds"], 7);
    web::Response strange;
    strange.error_code = "internal";
    strange.body = R"({"code":"internal"})";
    explain(schema, strange);
    EXPECT_EQ(strange.body, R"({"code":"internal"})");
}

class NativeTools : public testing::Test {
  protected:
    test::Shop shop_;
    test::Shop::Fields agent_{{"Authorization", "Bearer sandbox-agent"}};

    Value rpc(std::string const& method, Value params) {
        Value const body{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", std::move(params)}};
        auto fields = agent_;
        fields.emplace_back("Content-Type", "application/json");
        auto const response = shop_.send(Method::post, "/mcp", fields, body.dump());
        EXPECT_EQ(response.status, 200) << response.body;
        return parsed(response.body)["result"];
    }
    Value call(std::string const& name, std::string const& arguments) {
        return rpc("tools/call", {{"name", name}, {"arguments", parsed(arguments)}});
    }
    Value good(std::string const& name, std::string const& arguments) {
        auto const result = call(name, arguments);
        EXPECT_FALSE(result.contains("isError")) << result.dump();
        return result["structuredContent"];
    }
    Value bad(std::string const& name, std::string const& arguments) {
        auto const result = call(name, arguments);
        EXPECT_EQ(result.value("isError", false), true) << name << arguments;
        EXPECT_FALSE(result.contains("structuredContent"));
        return parsed(result["content"][0]["text"].get<std::string>());
    }
};

TEST_F(NativeTools, EveryRowWithANameIsListedAndNoneIsUcps) {
    std::set<std::string> rows;
    for (auto const& operation : operations())
        if (!operation.tool.empty()) {
            EXPECT_TRUE(operation.tool.starts_with("shop_"));
            EXPECT_TRUE(rows.emplace(operation.tool).second) << operation.tool;
            EXPECT_EQ(ucp::find_operation(operation.tool), nullptr);
        }
    std::set<std::string> listed;
    auto const all = rpc("tools/list", Value::object());
    for (auto const& tool : all["tools"])
        if (auto const name = tool["name"].get<std::string>(); name.starts_with("shop_")) {
            listed.insert(name);
            EXPECT_EQ(tool["inputSchema"]["additionalProperties"], false) << name;
            EXPECT_EQ(tool["inputSchema"].dump().find("$ref"), std::string::npos) << name;
        }
    EXPECT_EQ(listed, rows);
}

TEST_F(NativeTools, ToolsAndRestGiveTheSameAnswers) {
    auto const search = good("shop_search", R"({"query":"hoodie","sizes":"M","available":"true"})");
    EXPECT_EQ(search, parsed(shop_.get("/b2a/v1/search?q=hoodie&size=M&available=true").body));
    EXPECT_EQ(good("shop_get_product", R"({"id":"hoodie"})"), parsed(shop_.get("/b2a/v1/products/hoodie").body));
    EXPECT_EQ(good("shop_get_policies", "{}"), parsed(shop_.get("/b2a/v1/policies").body));
    auto const cart = good("shop_create_cart", R"({"items":"honey"})");
    auto const id = cart["id"].get<std::string>();
    EXPECT_EQ(good("shop_get_cart", R"({"cart_id":")" + id + "\"}"),
              parsed(shop_.get("/b2a/v1/carts/" + id, agent_).body));
}

TEST_F(NativeTools, APurchaseByToolsOnly) {
    auto const made = good("shop_create_checkout", R"({"items":[{"variant_id":"honey","quantity":"2"}],
        "buyer":{"email":"ada@example.com"},"idempotency_key":"k-1"})");
    auto const id = made["id"].get<std::string>();
    auto const again = good("shop_create_checkout", R"({"idempotency_key":"k-1","items":[{"variant_id":"honey",
        "quantity":2}],"buyer":{"email":"ada@example.com"}})");
    EXPECT_EQ(again, made) << "the order of members is no difference";
    EXPECT_EQ(bad("shop_create_checkout", R"({"items":"voucher","idempotency_key":"k-1"})")["code"],
              "idempotency_conflict");
    auto const ready =
        good("shop_update_checkout", R"({"checkout_id":")" + id +
                                         R"(","ship_to":{"street_address":"1 Main St","postal_code":62701,
                                                        "address_locality":"Springfield","address_country":"US"}})");
    EXPECT_EQ(ready["status"], "ready_for_complete") << ready.dump();
    auto const done = good("shop_complete_checkout",
                           R"({"checkout_id":")" + id + R"(","payment":{"handler_id":"sandbox_card","token":"tok"}})");
    auto const order = done["order"]["id"].get<std::string>();
    EXPECT_EQ(good("shop_get_order", R"({"order_id":")" + order + "\"}")["totals"], done["totals"]);
    EXPECT_EQ(good("shop_get_checkout", R"({"checkout_id":")" + id + "\"}")["status"], "completed");
    EXPECT_EQ(good("shop_cancel_checkout", R"({"checkout_id":")" + id + "\"}")["messages"][0]["code"],
              "invalid_transition");
}

TEST_F(NativeTools, ErrorsSayWhereWhatAndWhatWouldBeRight) {
    auto problem = bad("shop_create_cart", R"({"items":[{"variant_id":"honey","quantity":"many"}]})");
    EXPECT_EQ(problem["pointer"], "/items/0/quantity");
    EXPECT_EQ(problem["example"], 2);
    problem = bad("shop_create_cart", R"({"products":["honey"]})");
    EXPECT_EQ(problem["pointer"], "/products");
    EXPECT_NE(problem["detail"].get<std::string>().find("there are: items"), std::string::npos);
    problem = bad("shop_get_cart", "{}");
    EXPECT_EQ(problem["pointer"], "/cart_id");
    EXPECT_TRUE(problem["example"].get<std::string>().starts_with("crt_"));
    EXPECT_EQ(bad("shop_get_product", R"({"id":"nothing"})")["code"], "not_found");
    EXPECT_FALSE(bad("shop_get_order", R"({"order_id":"nonsense"})")["hint"].get<std::string>().empty());
    EXPECT_EQ(bad("shop_search", R"({"price":{"max":"12.50","currency":"USD"}})")["pointer"], "/price/max");
    EXPECT_EQ(bad("shop_create_checkout", R"({"items":[{"variant_id":"voucher","quantity":1000}]})")["reason"],
              "bulk_order");
    EXPECT_EQ(bad("shop_create_cart", R"({"idempotency_key":"","items":"honey"})")["code"], "invalid_request");
    agent_ = {{"Authorization", "Bearer wrong"}};
    EXPECT_EQ(bad("shop_search", R"({"query":"honey"})")["code"], "unauthenticated");
}

}  // namespace
}  // namespace b2a::protocol::native
