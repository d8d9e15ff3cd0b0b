// SPDX-License-Identifier: Apache-2.0
// JSON-RPC, the rules of the transport and the eras until 2025-11-25. What 2026-07-28 changes is in
// mcp_modern_test.cpp.
#include "mcp_fixture.hpp"

namespace b2a::protocol::mcp {
namespace {

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
    for (auto const* name : {"resources/list", "resources/read", "prompts/list", "completion/complete",
                             "logging/setLevel", "resources/subscribe", "server/discover", "subscriptions/listen"}) {
        auto const method = rpc(name);
        EXPECT_EQ(method.http.status, 200) << name;
        EXPECT_EQ(method.json["error"]["code"], -32601) << name;
    }
    for (auto const* params : {R"({"name":"third_tool"})", R"({"name":7})", "{}", "null"}) {
        auto const tool = rpc("tools/call", params);
        EXPECT_EQ(tool.http.status, 200) << params;
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
    EXPECT_TRUE(has_field(post(ping).http, "Cache-Control", "no-store"));
}

TEST_F(McpTransport, HostsThatAreNotOursAreTurnedAway) {
    auto const ping = std::string(R"({"jsonrpc":"2.0","id":1,"method":"ping"})");
    auto const status = [&](Fields const& fields) { return post(ping, fields).http.status; };
    for (auto const* host : {"shop.example", "SHOP.example", "shop.example:8443", "localhost", "localhost:8080",
                             "127.0.0.1:9", "[::1]:8080", "[::1]"})
        EXPECT_EQ(status({{"Host", host}}), 200) << host;
    for (auto const* host : {"evil.example", "shop.example.evil.example", "localhost.evil.example", "127.0.0.1.nip.io",
                             "127.0.0.1:80.evil.example", "localhost:", "[::2]", "10.0.0.1", ""})
        EXPECT_EQ(status({{"Host", host}}), 403) << host;
    EXPECT_EQ(status({{"Host", "shop.example"}, {"Origin", "https://evil.example"}}), 403);
    EXPECT_EQ(status({{"Host", "localhost:8080"}, {"Origin", "http://localhost:3000"}}), 200);
    EXPECT_EQ(status({{"Host", "localhost:8080"}, {"Origin", "null"}}), 403);
    EXPECT_EQ(status({{"Host", "shop.example"}, {"Origin", "http://localhost:3000"}}), 403)
        << "a page of the user's machine, a server elsewhere";
    EXPECT_EQ(status({{"Origin", "http://localhost:3000"}}), 403);

    mount({site_, {first_}, {}, {}, {"proxy.example", "other.example:8443"}, {"https://app.example"}});
    EXPECT_EQ(status({{"Host", "proxy.example:81"}}), 200);
    EXPECT_EQ(status({{"Host", "other.example:8443"}}), 200);
    EXPECT_EQ(status({{"Host", "other.example"}}), 403);
    EXPECT_EQ(status({{"Host", "shop.example"}, {"Origin", "https://app.example"}}), 200);
    EXPECT_EQ(status({{"Host", "shop.example"}, {"Origin", "https://app.example:444"}}), 403);
}

TEST_F(McpTransport, PagesThatMayUseItMayReadTheAnswer) {
    mount({site_, {first_}, {}, {}, {}, {"https://app.example"}});
    auto const ask = [&](std::string const& origin) {
        test::RequestText text{{{"Origin", origin}, {"Access-Control-Request-Method", "POST"}}, {}};
        text.path = "/mcp";
        auto request = text.view(web::Method::options);
        web::Response response;
        auto const match = router_->resolve(request, response);
        std::get<web::Immediate> (*match.handler)(request, response);
        return response;
    };
    auto const allowed = ask("https://app.example");
    EXPECT_EQ(allowed.status, 204);
    EXPECT_TRUE(has_field(allowed, "Access-Control-Allow-Origin", "https://app.example"));
    EXPECT_TRUE(has_field(allowed, "Access-Control-Allow-Methods", "POST"));
    auto const refused = ask("https://evil.example");
    EXPECT_EQ(refused.status, 403);
    for (auto const& field : refused.headers) EXPECT_FALSE(field.first.starts_with("Access-Control")) << field.first;

    auto const ping = std::string(R"({"jsonrpc":"2.0","id":1,"method":"ping"})");
    auto const answer = post(ping, {{"Origin", "https://app.example"}}).http;
    EXPECT_TRUE(has_field(answer, "Access-Control-Allow-Origin", "https://app.example"));
    EXPECT_TRUE(has_field(answer, "Vary", "Origin"));
    for (auto const& field : post(ping).http.headers) EXPECT_FALSE(field.first.starts_with("Access-Control"));
    for (auto const& field : post(ping, {{"Origin", "https://evil.example"}}).http.headers)
        EXPECT_FALSE(field.first.starts_with("Access-Control"));
}

TEST_F(McpTransport, AnAnswerMustBeAcceptable) {
    auto const ping = std::string(R"({"jsonrpc":"2.0","id":1,"method":"ping"})");
    for (auto const* accept : {"application/json, text/event-stream", "application/json", "*/*", "application/*"})
        EXPECT_EQ(post(ping, {{"Accept", accept}}).http.status, 200) << accept;
    for (auto const* accept : {"text/event-stream", "text/html", "application/json;q=0"}) {
        auto const answer = post(ping, {{"Accept", accept}});
        EXPECT_EQ(answer.http.status, 406) << accept;
        EXPECT_EQ(answer.json["error"]["code"], -32600) << accept;
    }
}

TEST_F(McpTransport, TheVersionInTheHeaderIsOneOfOurs) {
    auto const ping = std::string(R"({"jsonrpc":"2.0","id":5,"method":"ping"})");
    for (auto const* version : {"2025-11-25", "2025-06-18", "2025-03-26"})
        EXPECT_EQ(post(ping, {{"MCP-Protocol-Version", version}}).http.status, 200) << version;
    for (auto const* version : {"2024-11-05", "1.0", "", "2099-01-01"}) {
        auto const answer = post(ping, {{"mcp-protocol-version", version}});
        EXPECT_EQ(answer.http.status, 400) << version;
        EXPECT_EQ(answer.json["id"], 5);
        EXPECT_EQ(answer.json["error"]["code"], -32022);
        EXPECT_EQ(answer.json["error"]["data"]["requested"], version);
        EXPECT_EQ(answer.json["error"]["data"]["supported"].size(), 4U);
    }
    auto const told = std::string(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    EXPECT_EQ(post(told, {{"MCP-Protocol-Version", "2025-11-25"}}).http.status, 202);
    EXPECT_EQ(post(told, {{"MCP-Protocol-Version", "1.0"}}).http.status, 400);
}

TEST_F(McpTransport, ASessionIsOneOfAnotherServer) {
    Fields const session{{"Mcp-Session-Id", "abc"}};
    for (auto const* body :
         {R"({"jsonrpc":"2.0","id":1,"method":"ping"})", R"({"jsonrpc":"2.0","method":"notifications/initialized"})"})
        EXPECT_EQ(post(body, session).http.status, 404) << body;
    auto const answer = post(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{}})", session);
    EXPECT_EQ(answer.http.status, 200);
    for (auto const& field : answer.http.headers) EXPECT_NE(field.first, "Mcp-Session-Id");
}

TEST_F(McpTransport, ThereAreNoStreamsAndNoSessions) {
    for (auto const method : {web::Method::get, web::Method::del}) {
        test::RequestText text;
        text.path = "/mcp";
        auto request = text.view(method);
        web::Response response;
        EXPECT_EQ(router_->resolve(request, response).handler, nullptr);
        EXPECT_EQ(response.status, 405);
    }
}

TEST_F(McpTransport, ListsTheToolsOfAll) {
    auto const answer = rpc("tools/list", R"({"arguments":{"meta":{}}})");
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

TEST_F(McpTransport, ErrorsForTheModelAreResults) {
    mount({site_, {std::make_shared<EchoTools>("shown", false)}});
    auto const answer = rpc("tools/call", R"({"name":"shown_tool","arguments":{"status":422}})");
    EXPECT_EQ(answer.http.status, 200);
    auto const& result = answer.json["result"];
    EXPECT_EQ(result["isError"], true);
    EXPECT_EQ(test::parsed(result["content"][0]["text"].get<std::string>())["content"], "Not now.");
    EXPECT_FALSE(result.contains("code"));
}

TEST_F(McpTransport, AnAnswerMaySpreadOverTheResult) {
    mount({site_, {std::make_shared<EchoTools>("wide", false, true)}});
    auto const result = rpc("tools/call", R"({"name":"wide_tool"})").json["result"];
    EXPECT_EQ(result["called"], "wide_tool");
    EXPECT_EQ(result["quote"], "\"<");
    EXPECT_EQ(result["structuredContent"]["called"], "wide_tool");
    auto const failed = rpc("tools/call", R"({"name":"wide_tool","arguments":{"status":409}})");
    EXPECT_EQ(failed.json["result"]["code"], "refused");
    EXPECT_EQ(failed.json["result"]["isError"], true);
    EXPECT_TRUE(failed.json["result"]["content"].is_array()) << "the answer's own \"content\" gives way";
}

TEST_F(McpTransport, ManyToolsComeInPages) {
    std::vector<std::shared_ptr<ToolSet>> sets;
    for (auto i = 0; i < 150; ++i) sets.push_back(std::make_shared<EchoTools>("a" + std::to_string(i)));
    mount({site_, sets});
    std::vector<std::string> names;
    std::string cursor = "null";
    std::size_t pages = 0;
    while (true) {
        auto const result = rpc("tools/list", "{\"cursor\":" + cursor + "}").json["result"];
        ++pages;
        for (auto const& tool : result["tools"]) names.push_back(tool["name"]);
        if (!result.contains("nextCursor")) break;
        cursor = result["nextCursor"].dump();
    }
    EXPECT_EQ(pages, 3U);
    ASSERT_EQ(names.size(), 150U);
    EXPECT_EQ(names.front(), "a0_tool");
    EXPECT_EQ(names.back(), "a149_tool");
    for (auto const* bad : {"7", R"("x")", R"("")", R"("dG9vbHM6OTk5")", R"("dG9vbHM6LTE")", R"("cHJvbXB0czo2NA")"}) {
        auto const answer = rpc("tools/list", "{\"cursor\":" + std::string(bad) + "}");
        EXPECT_EQ(answer.json["error"]["code"], -32602) << bad;
    }
}

class McpDocuments : public McpTransport {
  protected:
    McpDocuments() {
        mount({site_,
               {first_},
               {std::make_shared<Library>("a"), std::make_shared<Library>("b")},
               {std::make_shared<OnePrompt>()}});
    }
};

TEST_F(McpDocuments, AreAnnounced) {
    auto const capabilities = rpc("initialize").json["result"]["capabilities"];
    EXPECT_EQ(capabilities, test::parsed(R"({"tools":{},"resources":{},"prompts":{},"completions":{}})"));
}

TEST_F(McpDocuments, AreListedOverTheSetsPageByPage) {
    auto const uris = [](json::Value const& result) {
        std::string out;
        for (auto const& one : result["resources"]) out += one["uri"].get<std::string>() + ' ';
        return out;
    };
    auto const first = rpc("resources/list").json["result"];
    EXPECT_EQ(uris(first), "a:1 a:2 ");
    auto const second = rpc("resources/list", "{\"cursor\":" + first["nextCursor"].dump() + "}").json["result"];
    EXPECT_EQ(uris(second), "a:3 b:1 b:2 ");
    auto const third = rpc("resources/list", "{\"cursor\":" + second["nextCursor"].dump() + "}").json["result"];
    EXPECT_EQ(uris(third), "b:3 ");
    EXPECT_FALSE(third.contains("nextCursor"));
    // "resources:0:other", "resources:2:", "resources:x"
    for (auto const* bad : {R"("cmVzb3VyY2VzOjA6b3RoZXI")", R"("cmVzb3VyY2VzOjI6")", R"("cmVzb3VyY2VzOng")", R"("!")"})
        EXPECT_EQ(rpc("resources/list", "{\"cursor\":" + std::string(bad) + "}").json["error"]["code"], -32602) << bad;
    EXPECT_EQ(rpc("resources/templates/list").json["result"]["resourceTemplates"].size(), 2U);
}

TEST_F(McpDocuments, AreRead) {
    auto const read = rpc("resources/read", R"({"uri":"b:1"})").json["result"];
    EXPECT_EQ(read, test::parsed(R"({"contents":[{"uri":"b:1","mimeType":"text/plain","text":"read"}]})"));
    auto const missing = rpc("resources/read", R"({"uri":"c:1"})");
    EXPECT_EQ(missing.http.status, 200);
    EXPECT_EQ(missing.json["error"]["code"], -32002);
    EXPECT_EQ(missing.json["error"]["data"], test::parsed(R"({"uri":"c:1"})"));
    EXPECT_EQ(rpc("resources/read", R"({"uri":7})").json["error"]["code"], -32602);
    auto const denied = rpc("resources/read", R"({"uri":"b:forbidden"})");
    EXPECT_EQ(denied.http.status, 403);
    EXPECT_EQ(denied.json["error"]["message"], "Not for you.");
    EXPECT_EQ(denied.json["error"]["data"]["code"], "policy_denied");
}

TEST_F(McpDocuments, PromptsAreListedAndFilled) {
    EXPECT_EQ(rpc("prompts/list").json["result"], test::parsed(R"({"prompts":[{"name":"greet"}]})"));
    auto const filled = rpc("prompts/get", R"({"name":"greet","arguments":{"whom":"Ann"}})").json["result"];
    EXPECT_EQ(filled["messages"][0]["text"], "Hello, Ann");
    auto const missing = rpc("prompts/get", R"({"name":"greet"})");
    EXPECT_EQ(missing.json["error"]["code"], -32602);
    EXPECT_EQ(missing.json["error"]["data"]["pointer"], "/whom");
    EXPECT_EQ(rpc("prompts/get", R"({"name":"other"})").json["error"]["code"], -32602);
}

TEST_F(McpDocuments, ArgumentsAreCompleted) {
    auto const prompt = rpc("completion/complete", R"({"ref":{"type":"ref/prompt","name":"greet"},)"
                                                   R"("argument":{"name":"whom","value":"w"}})");
    EXPECT_EQ(prompt.json["result"]["completion"], test::parsed(R"({"values":["world"],"total":1,"hasMore":false})"));
    auto const many = rpc("completion/complete", R"({"ref":{"type":"ref/resource","uri":"b:{n}"},)"
                                                 R"("argument":{"name":"n","value":"x"}})");
    EXPECT_EQ(many.json["result"]["completion"]["values"].size(), 100U);
    EXPECT_EQ(many.json["result"]["completion"]["values"][0], "xb");
    EXPECT_EQ(many.json["result"]["completion"]["total"], 150);
    EXPECT_EQ(many.json["result"]["completion"]["hasMore"], true);
    for (auto const* params :
         {"{}", R"({"ref":{"type":"ref/prompt","name":"other"},"argument":{"name":"a","value":""}})",
          R"({"ref":{"type":"ref/tool","uri":"b:{n}"},"argument":{"name":"a","value":""}})",
          R"({"ref":{"type":"ref/prompt","name":"greet"}})", R"({"ref":7,"argument":[]})"})
        EXPECT_EQ(rpc("completion/complete", params).json["error"]["code"], -32602) << params;
}

TEST_F(McpTransport, ALongCallSaysThatItIsStillAtWork) {
    auto const body = std::string(R"({"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"first_tool",)"
                                  R"("arguments":{"pause_ms":1300},"_meta":{"progressToken":"p"}}})");
    test::EventSink events;
    auto const answer = post(body, {{"Accept", "application/json, text/event-stream"}}, &events);
    EXPECT_TRUE(answer.http.body.empty());
    EXPECT_EQ(events.head.content_type, web::event_stream_type);
    EXPECT_TRUE(has_field(events.head, "X-Accel-Buffering", "no"));
    EXPECT_TRUE(has_field(events.head, "Cache-Control", "no-store"));
    auto const told = messages(events);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0]["method"], "notifications/progress");
    EXPECT_EQ(told[0]["params"], test::parsed(R"({"progressToken":"p","progress":1})"));
    EXPECT_EQ(told[1]["id"], 9);
    EXPECT_EQ(told[1]["result"]["structuredContent"]["called"], "first_tool");

    test::EventSink unused;
    EXPECT_FALSE(post(body, {{"Accept", "application/json"}}, &unused).http.body.empty()) << "it reads no events";
    EXPECT_FALSE(unused.is_open());
    auto const quick = std::string(R"({"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"first_tool",)"
                                   R"("_meta":{"progressToken":7}}})");
    EXPECT_FALSE(post(quick, {{"Accept", "application/json, text/event-stream"}}, &unused).http.body.empty());
    EXPECT_FALSE(unused.is_open());
}

TEST_F(McpTransport, IsASurface) {
    auto const shown = surface(site_);
    EXPECT_EQ(shown.protocol, "mcp");
    EXPECT_EQ(shown.url, "https://shop.example/mcp");
    EXPECT_EQ(shown.versions, (std::vector<std::string>{"2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"}));
}

}  // namespace
}  // namespace b2a::protocol::mcp
