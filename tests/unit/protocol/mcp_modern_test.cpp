// SPDX-License-Identifier: Apache-2.0
// MCP 2026-07-28: every request stands alone, and its headers say what its body says.
#include "b2a/base/encoding.hpp"

#include "mcp_fixture.hpp"

namespace b2a::protocol::mcp {
namespace {

class McpModern : public McpTransport {
  protected:
    McpModern() { mount({site_, {first_}, {std::make_shared<Library>("a")}, {std::make_shared<OnePrompt>()}}); }

    static json::Value meta() {
        return {{"io.modelcontextprotocol/protocolVersion", "2026-07-28"},
                {"io.modelcontextprotocol/clientCapabilities", json::Value::object()}};
    }
    static std::string body(std::string const& method, json::Value params) {
        return json::Value{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", std::move(params)}}.dump();
    }
    static Fields headers(std::string const& method, std::string const& name = "") {
        Fields out{{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", method}};
        if (!name.empty()) out.emplace_back("Mcp-Name", name);
        return out;
    }
    Answer ask(std::string const& method, json::Value params = json::Value::object(), std::string const& name = "") {
        params["_meta"] = meta();
        return post(body(method, std::move(params)), headers(method, name));
    }
    void expect_error(Answer const& answer, int status, int code) {
        EXPECT_EQ(answer.http.status, status) << answer.http.body;
        EXPECT_EQ(answer.json["error"]["code"], code) << answer.http.body;
        EXPECT_EQ(answer.json["id"], 1);
    }
};

TEST_F(McpModern, DiscoversTheServer) {
    auto const answer = ask("server/discover");
    auto const& result = answer.json["result"];
    EXPECT_EQ(result["supportedVersions"], test::parsed(R"(["2026-07-28"])"));
    EXPECT_EQ(result["capabilities"], test::parsed(R"({"tools":{},"resources":{},"prompts":{},"completions":{}})"));
    EXPECT_EQ(result["resultType"], "complete");
    EXPECT_EQ(result["cacheScope"], "public");
    EXPECT_GE(result["ttlMs"], 0);
    auto const& info = result["_meta"]["io.modelcontextprotocol/serverInfo"];
    EXPECT_EQ(info["name"], "b2a");
    EXPECT_EQ(info["title"], "Example & Sons");
    EXPECT_TRUE(info["version"].is_string());
}

TEST_F(McpModern, EveryResultSaysWhatItIs) {
    struct Case {
        char const* method;
        char const* params;
        char const* name;
        char const* scope;  // "": not to be kept
    };
    for (auto const& one :
         {Case{"tools/list", "{}", "", "private"}, Case{"tools/call", R"({"name":"first_tool"})", "first_tool", ""},
          Case{"resources/list", "{}", "", "private"}, Case{"resources/templates/list", "{}", "", "public"},
          Case{"resources/read", R"({"uri":"a:1"})", "a:1", "private"}, Case{"prompts/list", "{}", "", "public"},
          Case{"prompts/get", R"({"name":"greet","arguments":{"whom":"Ann"}})", "greet", ""},
          Case{"completion/complete",
               R"({"ref":{"type":"ref/prompt","name":"greet"},"argument":{"name":"whom","value":""}})", "", ""}}) {
        auto const answer = ask(one.method, test::parsed(one.params), one.name);
        EXPECT_EQ(answer.http.status, 200) << one.method;
        auto const& result = answer.json["result"];
        EXPECT_EQ(result["resultType"], "complete") << one.method;
        EXPECT_TRUE(result["_meta"].contains("io.modelcontextprotocol/serverInfo")) << one.method;
        EXPECT_EQ(result.value("cacheScope", ""), one.scope) << one.method;
        EXPECT_EQ(result.contains("ttlMs"), *one.scope != '\0') << one.method;
    }
}

TEST_F(McpModern, WhatIsGoneIsNotFound) {
    for (auto const* method : {"initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe",
                               "subscriptions/listen", "tasks/get", "nonsense"})
        expect_error(ask(method), 404, -32601);
}

TEST_F(McpModern, MetaIsRequired) {
    auto const send = [&](json::Value params) {
        return post(body("tools/list", std::move(params)), headers("tools/list"));
    };
    expect_error(send(json::Value::object()), 400, -32602);
    for (auto const* key : {"io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientCapabilities"}) {
        auto less = meta();
        less.erase(key);
        expect_error(send({{"_meta", less}}), 400, -32602);
        less[key] = 7;
        expect_error(send({{"_meta", less}}), 400, -32602);
    }
    expect_error(send({{"_meta", 7}}), 400, -32602);
    auto more = meta();
    more["progressToken"] = json::Value::array();
    expect_error(send({{"_meta", more}}), 400, -32602);
}

TEST_F(McpModern, VersionsAreAgreedOn) {
    auto other = meta();
    other["io.modelcontextprotocol/protocolVersion"] = "2099-01-01";
    auto const text = body("tools/list", {{"_meta", other}});
    auto const answer = post(text, {{"MCP-Protocol-Version", "2099-01-01"}, {"Mcp-Method", "tools/list"}});
    expect_error(answer, 400, -32022);
    EXPECT_EQ(answer.json["error"]["data"], test::parsed(R"({"supported":["2026-07-28"],"requested":"2099-01-01"})"));
    expect_error(post(text, headers("tools/list")), 400, -32020);
    auto const mine = body("tools/list", {{"_meta", meta()}});
    expect_error(post(mine, {{"Mcp-Method", "tools/list"}}), 400, -32020);
    expect_error(post(mine, {{"MCP-Protocol-Version", "2025-11-25"}, {"Mcp-Method", "tools/list"}}), 400, -32020);
    auto twice = headers("tools/list");
    twice.emplace_back("mcp-protocol-version", "2026-07-28");
    expect_error(post(mine, twice), 400, -32020);
}

TEST_F(McpModern, HeadersRepeatTheMethod) {
    auto const text = body("tools/list", {{"_meta", meta()}});
    for (auto const* method : {"", "prompts/list", "TOOLS/LIST", "tools/list2"})
        expect_error(post(text, headers(method)), 400, -32020);
    expect_error(post(text, {{"MCP-Protocol-Version", "2026-07-28"}}), 400, -32020);
    Fields const lower{{"mcp-protocol-version", "2026-07-28"}, {"mcp-method", "tools/list"}};
    EXPECT_EQ(post(text, lower).http.status, 200) << "names of fields have no case";
}

TEST_F(McpModern, HeadersRepeatTheName) {
    auto const call = [&](std::string const& header) { return ask("tools/call", {{"name", "first_tool"}}, header); };
    EXPECT_EQ(call("first_tool").http.status, 200);
    EXPECT_EQ(call("=?base64?" + to_base64(as_bytes("first_tool")) + "?=").http.status, 200);
    for (auto const* header :
         {"", "other_tool", "FIRST_TOOL", "=?base64?Zmlyc3RfdG9vbA?=", "=?base64?!!!?=", "=?base64?Zmlyc3RfdG9vbA=="})
        expect_error(call(header), 400, -32020);
    expect_error(call(std::string("=?base64?") + "?="), 400, -32020);  // in one piece it would hold a trigraph
    EXPECT_EQ(first_->calls, 2);
    expect_error(ask("resources/read", {{"uri", "a:1"}}, "a:2"), 400, -32020);
    auto const literal = std::string("=?base64?") + to_base64(as_bytes("a:ü")) + "?=";
    EXPECT_EQ(ask("resources/read", {{"uri", "a:ü"}}, literal).http.status, 200);
    expect_error(ask("prompts/get", {{"name", "greet"}}, "other"), 400, -32020);
    expect_error(ask("tools/call", {{"name", 7}}), 200, -32602);
}

TEST_F(McpModern, AMissingDocumentIsABadParameter) {
    auto const answer = ask("resources/read", {{"uri", "c:1"}}, "c:1");
    expect_error(answer, 200, -32602);
    EXPECT_EQ(answer.json["error"]["data"]["uri"], "c:1");
}

TEST_F(McpModern, SessionsAreIgnored) {
    auto fields = headers("tools/list");
    fields.emplace_back("Mcp-Session-Id", "abc");
    EXPECT_EQ(post(body("tools/list", {{"_meta", meta()}}), fields).http.status, 200);
}

TEST_F(McpModern, NotificationsNeedNoMeta) {
    auto const text = R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":4}})";
    EXPECT_EQ(post(text, {{"MCP-Protocol-Version", "2026-07-28"}}).http.status, 202);
}

TEST_F(McpModern, ErrorsOfToolsMirrorTheirStatus) {
    auto const answer = ask("tools/call", {{"name", "first_tool"}, {"arguments", {{"status", 429}}}}, "first_tool");
    expect_error(answer, 429, -429);
    EXPECT_TRUE(has_field(answer.http, "Retry-After", "7"));
}

}  // namespace
}  // namespace b2a::protocol::mcp
