// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

// The MCP transport by itself: JSON-RPC around tools that know nothing of it.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "b2a/protocol/mcp.hpp"

#include "fixture.hpp"

namespace b2a::protocol::mcp {
namespace {

/// Says what it was asked; "fail" answers with the status that its arguments name.
class EchoTools final : public ToolSet {
  public:
    explicit EchoTools(std::string prefix) : prefix_(std::move(prefix)) {}

    [[nodiscard]] bool has(std::string_view name) const override { return name.starts_with(prefix_); }
    boost::asio::awaitable<void> list(web::Request const&, json::View arguments, std::string& tools,
                                      web::Response& response) override {
        if (arguments.get("refuse")) {
            refuse(422, response);
            co_return;
        }
        if (!tools.empty()) tools += ',';
        tools += R"({"name":")" + prefix_ + R"(_tool","inputSchema":{}})";
    }
    boost::asio::awaitable<void> call(web::Request const&, Invocation invocation, web::Response& response) override {
        ++calls;
        auto const status = invocation.arguments.get("status");
        if (status) {
            refuse(static_cast<int>(status->as_int().value_or(500)), response);
            co_return;
        }
        response.status = 201;
        response.content_type = web::json_type;
        response.body = R"({"called":")" + std::string(invocation.name) + R"(","quote":"\"<"})";
    }
    [[nodiscard]] std::optional<int> rpc_code(web::Response const& response) const override { return -response.status; }

    int calls = 0;

  private:
    static void refuse(int status, web::Response& response) {
        response.status = status;
        response.content_type = web::json_type;
        response.header("Retry-After", "7");
        response.body = R"({"code":"refused","content":"Not now."})";
    }
    std::string prefix_;
};

class McpTransport : public testing::Test {
  protected:
    McpTransport() { mount(router_, {site_, {first_, second_}}); }

    struct Answer {
        web::Response http;
        json::Value json;
    };
    using Fields = std::vector<std::pair<std::string, std::string>>;

    Answer post(std::string const& body, Fields const& more = {}) {
        test::RequestText text{{{"Content-Type", "application/json"}}, body};
        for (auto const& field : more) {
            if (field.first == "Content-Type") text.fields.clear();
            text.fields.push_back(field);
        }
        text.path = "/mcp";
        auto request = text.view();
        Answer out;
        auto const match = router_.resolve(request, out.http);
        EXPECT_NE(match.handler, nullptr);
        boost::asio::io_context loop(1);
        bool done = false;
        boost::asio::co_spawn(loop, std::get<web::Awaiting>(*match.handler)(request, out.http),
                              [&](std::exception_ptr failure) { done = failure == nullptr; });
        loop.run();
        EXPECT_TRUE(done);
        if (!out.http.body.empty()) {
            out.json = test::parsed(out.http.body);
            EXPECT_EQ(out.json["jsonrpc"], "2.0");
            EXPECT_NE(out.json.contains("result"), out.json.contains("error"));
        }
        return out;
    }
    Answer rpc(std::string const& method, std::string const& params = "{}", std::string const& id = "1") {
        return post(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method + R"(","params":)" + params + "}");
    }

    Site site_ = test::make_site();
    std::shared_ptr<EchoTools> first_ = std::make_shared<EchoTools>("first");
    std::shared_ptr<EchoTools> second_ = std::make_shared<EchoTools>("second");
    web::Router router_;
};

TEST_F(McpTransport, InitializeChoosesAVersion) {
    for (auto const* version : {"2025-11-25", "2025-06-18", "2025-03-26"})
        EXPECT_EQ(rpc("initialize", R"({"protocolVersion":")" + std::string(version) + "\"}")
                      .json["result"]["protocolVersion"],
                  version);
    for (auto const* params : {R"({"protocolVersion":"2024-11-05"})", R"({"protocolVersion":"2099-01-01"})",
                               R"({"protocolVersion":7})", "{}", "null"}) {
        auto const answer = rpc("initialize", params);
        EXPECT_EQ(answer.http.status, 200);
        EXPECT_EQ(answer.json["result"]["protocolVersion"], "2025-11-25") << params;
    }
    auto const result = rpc("initialize").json["result"];
    EXPECT_EQ(result["capabilities"], test::parsed(R"({"tools":{}})"));
    EXPECT_EQ(result["serverInfo"]["title"], "Example & Sons");
}

TEST_F(McpTransport, IdsComeBackAsTheyWere) {
    for (auto const* id : {"1", "0", "-7", "9223372036854775807", R"("a")", R"("")", R"("a\"b\\c\u0001")"})
        EXPECT_EQ(rpc("ping", "{}", id).json["id"], test::parsed(id)) << id;
    EXPECT_EQ(rpc("ping").json["result"], json::Value::object());
    for (auto const* id : {"1.5", "true", "[1]", "{}"}) {
        auto const answer = rpc("ping", "{}", id);
        EXPECT_EQ(answer.http.status, 400) << id;
        EXPECT_EQ(answer.json["error"]["code"], -32600) << id;
        EXPECT_TRUE(answer.json["id"].is_null()) << id;
    }
}

TEST_F(McpTransport, NotificationsAndAnswersAreTakenSilently) {
    for (auto const* body :
         {R"({"jsonrpc":"2.0","method":"notifications/initialized"})", R"({"jsonrpc":"2.0","id":null,"method":"ping"})",
          R"({"jsonrpc":"2.0","method":"tools/call","params":{"name":"first_tool"}})",
          R"({"jsonrpc":"2.0","id":4,"result":{}})", R"({"jsonrpc":"2.0","id":4,"error":{"code":1,"message":"x"}})"}) {
        auto const answer = post(body);
        EXPECT_EQ(answer.http.status, 202) << body;
        EXPECT_TRUE(answer.http.body.empty()) << body;
    }
    EXPECT_EQ(first_->calls, 0);
}

TEST_F(McpTransport, WhatIsNoMessageIsRefused) {
    for (auto const* body :
         {"", "{", "nonsense", "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}", "\"\xff\""}) {
        auto const answer = post(body);
        EXPECT_EQ(answer.http.status, 400) << body;
        EXPECT_EQ(answer.json["error"]["code"], -32700) << body;
    }
    for (auto const* body :
         {"7", "null", "\"ping\"", "{}", R"({"id":1,"method":"ping"})", R"({"jsonrpc":"1.0","id":1,"method":"ping"})",
          R"({"jsonrpc":2.0,"id":1,"method":"ping"})", R"({"jsonrpc":"2.0","id":1})",
          R"({"jsonrpc":"2.0","id":1,"method":7})", R"({"jsonrpc":"2.0","id":1,"method":""})",
          R"({"jsonrpc":"2.0","id":1,"method":"ping","params":[]})",
          R"({"jsonrpc":"2.0","id":1,"method":"ping","params":"x"})"}) {
        auto const answer = post(body);
        EXPECT_EQ(answer.http.status, 400) << body;
        EXPECT_EQ(answer.json["error"]["code"], -32600) << body;
    }
}

TEST_F(McpTransport, BatchesAreNotTaken) {
    for (auto const* body : {"[]", R"([{"jsonrpc":"2.0","id":1,"method":"ping"}])"}) {
        auto const answer = post(body);
        EXPECT_EQ(answer.http.status, 400);
        EXPECT_EQ(answer.json["error"]["code"], -32600);
    }
}

TEST_F(McpTransport, UnknownMethodsAndTools) {
    auto const method = rpc("resources/list");
    EXPECT_EQ(method.json["error"]["code"], -32601);
    for (auto const* params : {R"({"name":"third_tool"})", R"({"name":7})", "{}", "null"}) {
        auto const tool = rpc("tools/call", params);
        EXPECT_EQ(tool.http.status, 400) << params;
        EXPECT_EQ(tool.json["error"]["code"], -32602) << params;
    }
}

TEST_F(McpTransport, OtherPagesAndOtherMediaAreTurnedAway) {
    auto const ping = std::string(R"({"jsonrpc":"2.0","id":1,"method":"ping"})");
    for (auto const* origin : {"https://evil.example", "null", "", "http://shop.example", "https://shop.example:444",
                               "https://shop.example.evil.example"}) {
        auto const answer = post(ping, {{"Origin", origin}});
        EXPECT_EQ(answer.http.status, 403) << origin;
        EXPECT_EQ(answer.json["error"]["code"], -32600) << origin;
    }
    EXPECT_EQ(post(ping, {{"Origin", "https://shop.example"}}).http.status, 200);
    EXPECT_EQ(post(ping, {{"Content-Type", "text/plain"}}).http.status, 415);
    EXPECT_EQ(post(ping, {{"Content-Type", "application/json; charset=utf-8"}}).http.status, 200);
    EXPECT_EQ(post(ping).http.content_type, web::json_type);
    EXPECT_EQ(post(ping).http.headers.front(), (std::pair<std::string, std::string>("Cache-Control", "no-store")));
}

TEST_F(McpTransport, ThereAreNoStreamsAndNoSessions) {
    for (auto const method : {web::Method::get, web::Method::del}) {
        test::RequestText text;
        text.path = "/mcp";
        auto request = text.view(method);
        web::Response response;
        EXPECT_EQ(router_.resolve(request, response).handler, nullptr);
        EXPECT_EQ(response.status, 405);
    }
}

TEST_F(McpTransport, ListsTheToolsOfAll) {
    auto const answer = rpc("tools/list", R"({"cursor":"x","arguments":{"meta":{}}})");
    ASSERT_EQ(answer.json["result"]["tools"].size(), 2U);
    EXPECT_EQ(answer.json["result"]["tools"][0]["name"], "first_tool");
    auto const refused = rpc("tools/list", R"({"arguments":{"refuse":true}})");
    EXPECT_EQ(refused.http.status, 422);
    EXPECT_EQ(refused.json["error"]["code"], -422);
}

TEST_F(McpTransport, AnAnswerIsGivenTwice) {
    auto const answer = rpc("tools/call", R"({"name":"second_tool","arguments":{}})", R"("call-1")");
    EXPECT_EQ(answer.http.status, 200) << "201 is a word of REST";
    EXPECT_EQ(answer.json["id"], "call-1");
    auto const& result = answer.json["result"];
    EXPECT_EQ(result["structuredContent"], test::parsed(R"({"called":"second_tool","quote":"\"<"})"));
    ASSERT_EQ(result["content"].size(), 1U);
    EXPECT_EQ(result["content"][0]["type"], "text");
    EXPECT_EQ(test::parsed(result["content"][0]["text"].get<std::string>()), result["structuredContent"]);
    EXPECT_EQ(second_->calls, 1);
    EXPECT_EQ(first_->calls, 0);
}

TEST_F(McpTransport, ErrorsMirrorTheirStatus) {
    for (auto const* status : {"400", "401", "409", "424", "429", "500", "503"}) {
        auto const answer =
            rpc("tools/call", R"({"name":"first_tool","arguments":{"status":)" + std::string(status) + "}}");
        EXPECT_EQ(std::to_string(answer.http.status), status);
        auto const& error = answer.json["error"];
        EXPECT_EQ(error["code"], -answer.http.status);
        EXPECT_EQ(error["message"], "Not now.");
        EXPECT_EQ(error["data"], test::parsed(R"({"code":"refused","content":"Not now."})"));
        auto const kept = [](auto const& field) { return field.first == "Retry-After"; };
        EXPECT_TRUE(std::ranges::any_of(answer.http.headers, kept));
    }
}

TEST_F(McpTransport, IsASurface) {
    auto const shown = surface(site_);
    EXPECT_EQ(shown.protocol, "mcp");
    EXPECT_EQ(shown.url, "https://shop.example/mcp");
    EXPECT_EQ(shown.versions.front(), "2025-11-25");
}

}  // namespace
}  // namespace b2a::protocol::mcp
