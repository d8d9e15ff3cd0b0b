// SPDX-License-Identifier: Apache-2.0
// What only the fixtures use of the transport: questions to clients, and state that clients carry. The features
// themselves are judged by the conformance suite (interop/mcp_conformance).
#include <thread>

#include "b2a/crypto/random.hpp"

#include "mcp_fixture.hpp"
#include "protocol/mcp/fixtures/request_state.hpp"

namespace b2a::protocol::mcp {
namespace {

constexpr char const* call_elicitation = R"({"jsonrpc":"2.0","id":3,"method":"tools/call",)"
                                         R"("params":{"name":"test_elicitation","arguments":{"message":"Hi"}}})";

class McpFixtures : public McpTransport {
  protected:
    McpFixtures() { mount({site_, {first_}, {}, {}, {}, {}, fixtures_}); }

    /// The id of the question in an event, as JSON text.
    static std::string question_id(std::string const& event) {
        auto const begin = event.find('{');
        auto const message = test::parsed(event.substr(begin, event.rfind('}') - begin + 1));
        return message.contains("method") && message.contains("id") ? message["id"].dump() : std::string();
    }
    static std::string accepted(std::string const& id) {
        return R"({"jsonrpc":"2.0","id":)" + id +
               R"(,"result":{"action":"accept","content":{"username":"ann","email":"a@example.com"}}})";
    }

    std::unique_ptr<Random> random_ = crypto::seeded_random(7);
    std::shared_ptr<Fixtures> fixtures_ = make_conformance_fixtures(*random_);
    Fields const streams_{{"Accept", "application/json, text/event-stream"}};
};

TEST_F(McpFixtures, AreOfferedFirst) {
    auto const capabilities = rpc("initialize").json["result"]["capabilities"];
    EXPECT_EQ(capabilities["resources"]["subscribe"], true);
    EXPECT_TRUE(capabilities.contains("logging"));
    auto const tools = rpc("tools/list").json["result"]["tools"];
    EXPECT_EQ(tools.front()["name"], "test_simple_text");
    EXPECT_EQ(tools.back()["name"], "first_tool");
    for (auto const& tool : tools) {
        if (tool["name"] == "first_tool") continue;
        EXPECT_TRUE(tool["description"].is_string() && tool["inputSchema"]["type"] == "object") << tool;
        auto const answer = rpc("tools/call", json::Value{{"name", tool["name"]}}.dump());
        EXPECT_TRUE(answer.json["result"]["content"].is_array()) << tool["name"] << answer.http.body;
    }
    EXPECT_EQ(rpc("tools/call", R"({"name":"test_nothing"})").json["error"]["code"], -32602);
}

TEST_F(McpFixtures, LevelsAndWatchesAreChecked) {
    EXPECT_EQ(rpc("logging/setLevel", R"({"level":"info"})").json["result"], json::Value::object());
    EXPECT_EQ(rpc("logging/setLevel", R"({"level":"loud"})").json["error"]["code"], -32602);
    EXPECT_EQ(rpc("resources/subscribe", R"({"uri":"test://static-text"})").json["result"], json::Value::object());
    EXPECT_EQ(rpc("resources/subscribe", R"({"uri":"test://none"})").json["error"]["code"], -32002);
}

TEST_F(McpFixtures, AQuestionIsAnsweredOnAnotherThread) {
    // Another I/O thread's endpoint, with the same fixtures.
    web::Router other;
    mcp::mount(other, {site_, {first_}, {}, {}, {}, {}, fixtures_});
    std::thread answering;
    test::EventSink events;
    events.on_send = [&](std::string const& event) {
        auto const id = question_id(event);
        if (id.empty()) return;
        answering = std::thread([&other, body = accepted(id)] {
            test::RequestText text{{{"Content-Type", "application/json"}}, body};
            text.path = "/mcp";
            auto request = text.view();
            web::Response response;
            test::EventSink none(false);
            auto const match = other.resolve(request, response);
            boost::asio::io_context loop(1);
            boost::asio::co_spawn(loop, std::get<web::Streaming>(*match.handler)(request, response, none),
                                  [](std::exception_ptr const& failure) { EXPECT_EQ(failure, nullptr); });
            loop.run();
            EXPECT_EQ(response.status, 202);
        });
    };
    post(call_elicitation, streams_, &events);
    answering.join();
    auto const told = messages(events);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0]["method"], "elicitation/create");
    EXPECT_EQ(told[0]["params"]["message"], "Hi");
    EXPECT_GE(told[0]["id"].get<std::string>().size(), 26U) << "nobody else can guess it";
    auto const text = told[1]["result"]["content"][0]["text"].get<std::string>();
    EXPECT_NE(text.find("ann"), std::string::npos) << text;
}

TEST_F(McpFixtures, AnswersToNobodyAreTaken) {
    EXPECT_EQ(post(accepted(R"("ask-0123456789abcdefghjkmnpqrs")")).http.status, 202);
    EXPECT_EQ(post(accepted("7")).http.status, 202);
}

TEST_F(McpFixtures, AClientThatLeavesOrCannotBeAskedEndsTheCall) {
    test::EventSink leaves;
    leaves.on_send = [&](std::string const& event) {
        if (!question_id(event).empty()) leaves.end();
    };
    post(call_elicitation, streams_, &leaves);
    EXPECT_EQ(messages(leaves).back()["result"]["isError"], true);

    test::EventSink gone(true, 0);
    post(call_elicitation, streams_, &gone);
    EXPECT_TRUE(gone.body.empty());

    test::EventSink closed(false);
    EXPECT_EQ(post(call_elicitation, streams_, &closed).json["result"]["isError"], true);
    EXPECT_EQ(post(call_elicitation, {{"Accept", "application/json"}}).json["result"]["isError"], true);
}

TEST(McpRequestState, IsKeptFromClients) {
    auto const random = crypto::seeded_random(1);
    RequestState const state(*random);
    RequestState const other(*random);
    auto const sealed = state.sealed("tool 1", "name=ann");
    EXPECT_EQ(state.opened("tool 1", sealed), "name=ann");
    EXPECT_EQ(state.opened("tool 2", sealed), std::nullopt);
    EXPECT_EQ(other.opened("tool 1", sealed), std::nullopt);
    EXPECT_EQ(state.opened("tool 1", sealed + "-TAMPERED"), std::nullopt);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        if (changed != sealed) EXPECT_EQ(state.opened("tool 1", changed), std::nullopt) << i;
    }
    auto const large = std::string(5000, 'a') + ".";
    for (std::string_view const bad : {std::string_view(), std::string_view("."), std::string_view("x"),
                                       std::string_view("a.b.c"), std::string_view(large)})
        EXPECT_EQ(state.opened("tool 1", bad), std::nullopt);
    EXPECT_EQ(state.opened("", state.sealed("", "")), "");
}

}  // namespace
}  // namespace b2a::protocol::mcp
