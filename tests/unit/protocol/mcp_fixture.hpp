// SPDX-License-Identifier: Apache-2.0
// The MCP transport by itself, around tools and documents that know nothing of it.
#pragma once

#include <algorithm>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "b2a/protocol/mcp.hpp"

#include "fixture.hpp"
#include "support/event_sink.hpp"

namespace b2a::protocol::mcp {

/// Says what it was asked; answers with the status that its arguments name, as an error that is told (`tell` false) or
/// shown to the model; takes its time if they say so.
class EchoTools final : public ToolSet {
  public:
    explicit EchoTools(std::string prefix, bool told = true, bool spreads = false) :
        prefix_(std::move(prefix)), told_(told), spreads_(spreads) {}

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
        if (auto const pause = invocation.arguments.get("pause_ms")) {
            auto const executor = co_await boost::asio::this_coro::executor;
            boost::asio::steady_timer timer(executor, std::chrono::milliseconds(pause->as_int().value_or(0)));
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        auto const status = invocation.arguments.get("status");
        if (status) {
            refuse(static_cast<int>(status->as_int().value_or(500)), response);
            co_return;
        }
        response.status = 201;
        response.content_type = web::json_type;
        response.body = R"({"called":")" + std::string(invocation.name) + R"(","quote":"\"<"})";
    }
    [[nodiscard]] std::optional<int> rpc_code(web::Response const& response) const override {
        return told_ ? std::optional(-response.status) : std::nullopt;
    }
    [[nodiscard]] bool spreads_answer() const override { return spreads_; }

    int calls = 0;

  private:
    static void refuse(int status, web::Response& response) {
        response.status = status;
        response.content_type = web::json_type;
        response.header("Retry-After", "7");
        response.body = R"({"code":"refused","content":"Not now."})";
    }
    std::string prefix_;
    bool told_;
    bool spreads_;
};

/// Two documents a page; "b:forbidden" is not for everybody.
class Library final : public ResourceSet {
  public:
    explicit Library(std::string scheme) : scheme_(std::move(scheme)) {}

    boost::asio::awaitable<Result<Listing>> list(web::Request const&, std::string cursor) override {
        if (!cursor.empty() && cursor != "second") co_return Error(Code::invalid_request, "no such page");
        Listing out;
        out.items = cursor.empty() ? item("1") + ',' + item("2") : item("3");
        if (cursor.empty()) out.next_cursor = "second";
        co_return out;
    }
    [[nodiscard]] std::string templates() const override { return R"({"uriTemplate":")" + scheme_ + R"(:{n}"})"; }
    boost::asio::awaitable<Result<std::string>> read(web::Request const&, std::string uri) override {
        if (uri == scheme_ + ":forbidden") co_return Error(Code::policy_denied, "Not for you.");
        if (!uri.starts_with(scheme_ + ':')) co_return Error(Code::not_found);
        co_return R"({"uri":")" + uri + R"(","mimeType":"text/plain","text":"read"})";
    }
    boost::asio::awaitable<std::optional<std::vector<std::string>>> complete(web::Request const&,
                                                                             Completion asked) override {
        if (asked.ref != scheme_ + ":{n}") co_return std::nullopt;
        co_return std::vector<std::string>(150, std::string(asked.beginning) + scheme_);
    }

  private:
    [[nodiscard]] std::string item(std::string const& n) const { return R"({"uri":")" + scheme_ + ':' + n + R"("})"; }
    std::string scheme_;
};

class OnePrompt final : public PromptSet {
  public:
    [[nodiscard]] std::string list() const override { return R"({"name":"greet"})"; }
    [[nodiscard]] bool has(std::string_view name) const override { return name == "greet"; }
    boost::asio::awaitable<Result<std::string>> get(web::Request const&, std::string, json::View arguments) override {
        auto const whom = arguments.get("whom");
        if (!whom) co_return Error(Code::invalid_request, "whom is missing", "/whom");
        co_return R"({"messages":[{"text":"Hello, )" + std::string(whom->as_string().value_or("")) + R"("}]})";
    }
    boost::asio::awaitable<std::optional<std::vector<std::string>>> complete(web::Request const&,
                                                                             Completion asked) override {
        if (asked.ref != "greet") co_return std::nullopt;
        co_return std::vector<std::string>{"world"};
    }
};

inline bool has_field(web::Response const& response, std::string_view name, std::string_view value) {
    return std::ranges::any_of(response.headers,
                               [&](auto const& field) { return field.first == name && field.second == value; });
}

class McpTransport : public testing::Test {
  protected:
    McpTransport() { mount({site_, {first_, second_}}); }

    struct Answer {
        web::Response http;
        json::Value json;
    };
    using Fields = std::vector<std::pair<std::string, std::string>>;

    void mount(Deps deps) {
        router_.emplace();
        mcp::mount(*router_, std::move(deps));
    }
    /// The handler's end of one request; `running` is called while it waits for something.
    Answer post(std::string const& body, Fields const& more = {}, test::EventSink* events = nullptr) {
        test::RequestText text{{{"Content-Type", "application/json"}}, body};
        for (auto const& field : more) {
            if (field.first == "Content-Type") text.fields.clear();
            text.fields.push_back(field);
        }
        text.path = "/mcp";
        auto request = text.view();
        Answer out;
        auto const match = router_->resolve(request, out.http);
        EXPECT_NE(match.handler, nullptr);
        test::EventSink none(false);
        bool done = false;
        auto& sink = events == nullptr ? none : *events;
        boost::asio::io_context loop(1);
        boost::asio::co_spawn(loop, std::get<web::Streaming>(*match.handler)(request, out.http, sink),
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
    /// The messages of a stream.
    static std::vector<json::Value> messages(test::EventSink const& events) {
        std::vector<json::Value> out;
        static constexpr std::string_view begin = "event: message\ndata: ";
        for (std::string_view rest = events.body; !rest.empty();) {
            auto const end = rest.find("\n\n");
            EXPECT_TRUE(rest.starts_with(begin) && end != std::string_view::npos) << rest;
            if (end == std::string_view::npos) break;
            out.push_back(test::parsed(std::string(rest.substr(begin.size(), end - begin.size()))));
            rest.remove_prefix(end + 2);
        }
        return out;
    }

    Site site_ = test::make_site();
    std::shared_ptr<EchoTools> first_ = std::make_shared<EchoTools>("first");
    std::shared_ptr<EchoTools> second_ = std::make_shared<EchoTools>("second");
    std::optional<web::Router> router_;
};

}  // namespace b2a::protocol::mcp
