// SPDX-License-Identifier: Apache-2.0
// The operations as tools: the same table, the same answers, another way in.
#include "protocol/ucp/operations.hpp"
#include "shop.hpp"

namespace b2a::protocol::ucp {
namespace {

using json::Value;
using web::Method;

constexpr auto old_version = Version::v2026_04_08;
constexpr auto current = Version::v2026_08_25;

Value meta(std::string const& profile) {
    return {{"ucp-agent", {{"profile", profile}}}};
}
Value meta(Version version) {
    return meta(test::platform_url(version));
}

class UcpTools : public testing::Test {
  protected:
    test::Shop shop_;
    int next_ = 1;

    struct Answer {
        web::Response http;
        Value json;
        [[nodiscard]] Value content() const {
            return json.contains("result") ? json["result"]["structuredContent"] : Value();
        }
        [[nodiscard]] std::string code() const {
            return json.contains("error") ? json["error"]["data"]["code"].get<std::string>() : std::string();
        }
    };
    Answer rpc(std::string const& method, Value params, test::Shop::Fields more = {}) {
        Value const body{{"jsonrpc", "2.0"}, {"id", next_++}, {"method", method}, {"params", std::move(params)}};
        more.emplace_back("Content-Type", "application/json");
        Answer out;
        out.http = shop_.send(Method::post, "/mcp", more, body.dump());
        out.json = test::parsed(out.http.body);
        EXPECT_EQ(out.json["id"], next_ - 1);
        return out;
    }
    Answer call(std::string const& name, Value arguments, test::Shop::Fields more = {}) {
        return rpc("tools/call", {{"name", name}, {"arguments", std::move(arguments)}}, std::move(more));
    }
    Value tools(Value arguments) {
        auto const answer = rpc("tools/list", {{"arguments", std::move(arguments)}});
        EXPECT_TRUE(answer.json.contains("result")) << answer.http.body;
        // Other protocols have tools there as well.
        auto out = Value::array();
        for (auto const& tool : answer.json["result"]["tools"])
            if (find_operation(tool["name"].get<std::string>()) != nullptr) out.push_back(tool);
        return out;
    }
    static std::vector<std::string> names(Value const& tools) {
        std::vector<std::string> out;
        for (auto const& tool : tools) out.push_back(tool["name"].get<std::string>());
        return out;
    }
    static std::vector<std::string> operations_of(Version version) {
        std::vector<std::string> out;
        for (auto const& operation : operations())
            if (has_operation(version, operation)) out.emplace_back(operation.name);
        return out;
    }
    static Value cart_of(std::string const& variant, int quantity = 1) {
        return {{"line_items", Value::array({Value{{"item", {{"id", variant}}}, {"quantity", quantity}}})}};
    }
};

TEST_F(UcpTools, AreThoseOfTheCallersVersion) {
    EXPECT_EQ(names(tools({{"meta", meta(old_version)}})), operations_of(old_version));
    EXPECT_EQ(names(tools({{"meta", meta(current)}})), operations_of(current));
    EXPECT_EQ(operations_of(old_version).size(), 13U);
    EXPECT_EQ(operations_of(current).size(), 15U);
    EXPECT_EQ(names(tools(Value::object())), operations_of(current)) << "whoever names no profile may look";
}

TEST_F(UcpTools, AreThoseThatWereAgreedOn) {
    auto const url = "https://agent.example/carts";
    shop_.serve(url, test::platform("2026-08-25", {"dev.ucp.shopping.cart"}).dump());
    EXPECT_EQ(names(tools({{"meta", meta(url)}})),
              (std::vector<std::string>{"create_cart", "get_cart", "update_cart", "cancel_cart"}));
    shop_.serve("https://agent.example/none", "nonsense");
    auto const refused = rpc("tools/list", {{"arguments", {{"meta", meta("https://agent.example/none")}}}});
    EXPECT_EQ(refused.http.status, 422);
    EXPECT_EQ(refused.json["error"]["code"], -32001);
}

/// Every "$ref" below `value`.
void collect_references(Value const& value, std::vector<std::string>& out) {
    if (value.is_array())
        for (auto const& element : value) collect_references(element, out);
    if (!value.is_object()) return;
    for (auto const& [key, member] : value.items()) {
        if (key == "$ref") out.push_back(member.dump());
        collect_references(member, out);
    }
}

TEST_F(UcpTools, SchemasStandOnTheirOwn) {
    for (auto const version : all_versions)
        for (auto const& tool : tools({{"meta", meta(version)}})) {
            auto const name = tool["name"].get<std::string>();
            auto const& operation = *find_operation(name);
            std::vector<std::string> references;
            collect_references(tool["inputSchema"], references);
            EXPECT_TRUE(references.empty()) << name << references.front();
            auto const& input = tool["inputSchema"];
            EXPECT_EQ(input["type"], "object") << name;
            EXPECT_TRUE(input["properties"].contains("meta")) << name;
            EXPECT_FALSE(input.contains("additionalProperties")) << name << ": clients add to meta and beside it";
            bool const has_id = operation.path.find("{id}") != std::string_view::npos;
            EXPECT_EQ(input["properties"].contains("id"), has_id) << name;
            if (!operation.argument.empty()) EXPECT_TRUE(input["properties"].contains(operation.argument)) << name;
            EXPECT_TRUE(tool.contains("outputSchema")) << name;
        }
}

TEST_F(UcpTools, SayWhatRestSays) {
    for (auto const version : all_versions) {
        auto const found = call("search_catalog", {{"meta", meta(version)}, {"catalog", {{"query", "hoodie"}}}});
        EXPECT_EQ(found.http.status, 200);
        EXPECT_EQ(found.content(),
                  test::parsed(shop_.ucp(version, Method::post, "/catalog/search", R"({"query":"hoodie"})").body));
        auto const made = call("create_cart", {{"meta", meta(version)}, {"cart", cart_of("honey")}});
        auto const id = made.content()["id"];
        EXPECT_EQ(made.content(),
                  test::parsed(shop_.ucp(version, Method::get, "/carts/" + id.get<std::string>()).body));
        auto const text = made.json["result"]["content"][0]["text"].get<std::string>();
        EXPECT_EQ(test::parsed(text), made.content());
        EXPECT_EQ(call("get_cart", {{"meta", meta(version)}, {"id", id}}).content(), made.content());
        auto const gone = call("get_order", {{"meta", meta(version)}, {"id", "ord_none"}});
        EXPECT_EQ(gone.http.status, 200) << "an outcome is a result";
        EXPECT_EQ(gone.content()["messages"][0]["code"], "not_found");
    }
}

TEST_F(UcpTools, WhatIsWrongWithACallIsAnError) {
    for (auto const& [arguments, status, code] :
         {std::tuple(Value{{"meta", meta(current)}}, 400, "invalid_request"),
          std::tuple(Value{{"meta", meta(current)}, {"cart", "x"}}, 400, "invalid_request"),
          std::tuple(Value{{"meta", meta(current)}, {"cart", Value::object()}}, 400, "invalid_request"),
          std::tuple(Value{{"cart", cart_of("honey")}}, 400, "invalid_profile_url"),
          std::tuple(Value{{"meta", {{"ucp-agent", "x"}}}, {"cart", cart_of("honey")}}, 400, "invalid_profile_url"),
          std::tuple(Value{{"meta", meta("http://agent.example")}, {"cart", cart_of("honey")}}, 400,
                     "invalid_profile_url"),
          std::tuple(Value{{"meta", meta("https://nothing.example")}, {"cart", cart_of("honey")}}, 424,
                     "profile_unreachable")}) {
        auto const answer = call("create_cart", arguments);
        EXPECT_EQ(answer.http.status, status) << arguments.dump();
        EXPECT_EQ(answer.code(), code) << arguments.dump();
        EXPECT_EQ(answer.json["error"]["message"], answer.json["error"]["data"]["content"]);
    }
    auto const old = call("search_locations", {{"meta", meta(old_version)}, {"location", Value::object()}});
    EXPECT_EQ(old.http.status, 200);
    EXPECT_EQ(old.content()["messages"][0]["code"], "capabilities_incompatible");
}

TEST_F(UcpTools, TheFieldAndTheArgumentAgree) {
    test::Shop::Fields const field{{"UCP-Agent", test::agent_field(test::platform_url(old_version))}};
    EXPECT_EQ(call("create_cart", {{"cart", cart_of("honey")}}, field).http.status, 200);
    EXPECT_EQ(call("create_cart", {{"meta", meta(old_version)}, {"cart", cart_of("honey")}}, field).http.status, 200);
    auto const torn = call("create_cart", {{"meta", meta(current)}, {"cart", cart_of("honey")}}, field);
    EXPECT_EQ(torn.code(), "invalid_profile_url");
}

TEST_F(UcpTools, ARepeatedCallIsKnownByItsArguments) {
    auto keyed = [&](std::string const& key, Value cart) {
        auto about = meta(current);
        about["idempotency-key"] = key;
        return call("create_cart", {{"meta", about}, {"cart", std::move(cart)}});
    };
    auto const first = keyed("key-1", cart_of("honey"));
    auto const again = keyed("key-1", cart_of("honey"));  // under another JSON-RPC id
    EXPECT_EQ(first.http.status, 200);
    EXPECT_EQ(again.content(), first.content());
    auto about = meta(current);
    about["idempotency-key"] = "key-1";
    about["trace"] = "x";  // meta is about the call, not of it
    EXPECT_EQ(call("create_cart", {{"meta", about}, {"cart", cart_of("honey")}}).content(), first.content());
    EXPECT_EQ(call("create_cart", {{"cart", cart_of("honey")}, {"meta", about}}).content(), first.content());
    auto const other = keyed("key-1", cart_of("honey", 2));
    EXPECT_EQ(other.http.status, 409);
    EXPECT_EQ(other.code(), "idempotency_conflict");
    EXPECT_EQ(other.json["error"]["code"], -32000);
    EXPECT_NE(keyed("key-2", cart_of("honey")).content()["id"], first.content()["id"]);
    test::Shop::Fields const field{{"Idempotency-Key", "key-1"}};
    EXPECT_EQ(call("create_cart", {{"meta", meta(current)}, {"cart", cart_of("honey")}}, field).content(),
              first.content());
}

TEST_F(UcpTools, TheFingerprintCoversEveryKindOfValue) {
    auto const keyed = [&](Value extra) {
        auto about = meta(current);
        about["idempotency-key"] = "key-1";
        auto cart = cart_of("honey");
        cart["extra"] = std::move(extra);
        return call("create_cart", {{"meta", about}, {"cart", cart}}).http.status;
    };
    Value const all = test::parsed(R"({"a":[1,-2,1.5,1e3,true,false,null,"\"\u0000x",{}],"b":{"c":[]}})");
    EXPECT_EQ(keyed(all), 200);
    EXPECT_EQ(keyed(all), 200);
    for (auto const* changed : {R"({"a":[1,-2,1.5,1e3,true,false,null,"\"\u0000y",{}],"b":{"c":[]}})",
                                R"({"a":[1,-2,1.6,1e3,true,false,null,"\"\u0000x",{}],"b":{"c":[]}})",
                                R"({"a":[1,-2,1.5,1e3,true,true,null,"\"\u0000x",{}],"b":{"c":[]}})",
                                R"({"a":[1,-2,1.5,1e3,true,false,null,"\"\u0000x",[]],"b":{"c":[]}})",
                                R"({"a":[1,-2,1.5,1e3,true,false,null,"\"\u0000x",{}],"b":{"c":[0]}})"})
        EXPECT_EQ(keyed(test::parsed(changed)), 409) << changed;
}

TEST_F(UcpTools, AKeyThatCannotBeKeptIsRefused) {
    for (auto const& key : {Value(7), Value(""), Value(std::string(256, 'k')), Value(std::string(100'000, 'k')),
                            Value(Value::array()), Value("a\tb")}) {
        auto about = meta(current);
        about["idempotency-key"] = key;
        auto const answer = call("create_cart", {{"meta", about}, {"cart", cart_of("honey")}});
        EXPECT_EQ(answer.http.status, 400) << key.dump().substr(0, 40);
        EXPECT_EQ(answer.json["error"]["code"], -32602);
        // A read has no use for it, and clients send one with every call.
        EXPECT_EQ(call("search_catalog", {{"meta", about}, {"catalog", {{"query", "honey"}}}}).http.status, 200);
    }
    auto about = meta(current);
    about["idempotency-key"] = nullptr;
    EXPECT_EQ(call("create_cart", {{"meta", about}, {"cart", cart_of("honey")}}).http.status, 200);
}

TEST_F(UcpTools, TheOperatorsRulesHoldHereToo) {
    auto const answer = call("create_checkout", {{"meta", meta(current)}, {"checkout", cart_of("honey", 1000)}});
    EXPECT_EQ(answer.http.status, 403);
    EXPECT_EQ(answer.json["error"]["code"], -32000);
    EXPECT_EQ(answer.code(), "bulk_order");
}

}  // namespace
}  // namespace b2a::protocol::ucp
