// SPDX-License-Identifier: Apache-2.0
// Bodies posted to the MCP endpoint, with the headers that a client of their era sends with them: the answer is one
// JSON-RPC message with a result or an error (or nothing, for notifications), and a tool runs only when it was called
// by its name.
#include <map>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "b2a/json/value.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/mcp.hpp"

#include "fuzz/target.hpp"
#include "support/event_sink.hpp"

namespace b2a::protocol::mcp {
namespace {

class CountingTools final : public ToolSet {
  public:
    [[nodiscard]] bool has(std::string_view name) const override { return name == "search" || name == "buy"; }
    boost::asio::awaitable<void> list(web::Request const&, json::View, std::string& tools, web::Response&) override {
        tools += R"({"name":"search","inputSchema":{}},{"name":"buy","inputSchema":{}})";
        co_return;
    }
    boost::asio::awaitable<void> call(web::Request const&, Invocation invocation, web::Response& response) override {
        ++calls;
        FUZZ_CHECK(has(invocation.name));
        auto const arguments = invocation.arguments;
        response.status = arguments.get("refuse") ? 422 : 200;
        response.content_type = web::json_type;
        json::Writer out(response.body);
        out.begin_object().member("code", invocation.name).member("members", std::uint64_t{arguments.size()});
        out.member("content", arguments.get("content").value_or(json::View()).as_string().value_or("none"));
        out.end_object();
        co_return;
    }
    [[nodiscard]] std::optional<int> rpc_code(web::Response const& response) const override { return -response.status; }

    int calls = 0;
};

/// One document, which has every URI, and one prompt.
class Documents final : public ResourceSet, public PromptSet {
  public:
    boost::asio::awaitable<Result<Listing>> list(web::Request const&, std::string cursor) override {
        Listing out;
        out.items = R"({"uri":"a:1"})";
        out.next_cursor = std::move(cursor);
        co_return out;
    }
    [[nodiscard]] std::string templates() const override { return R"({"uriTemplate":"a:{n}"})"; }
    boost::asio::awaitable<Result<std::string>> read(web::Request const&, std::string uri) override {
        std::string out;
        json::Writer json(out);
        json.begin_object().member("uri", uri).member("text", "read").end_object();
        co_return out;
    }
    [[nodiscard]] std::string list() const override { return R"({"name":"greet"})"; }
    [[nodiscard]] bool has(std::string_view name) const override { return name == "greet"; }
    boost::asio::awaitable<Result<std::string>> get(web::Request const&, std::string name, json::View) override {
        FUZZ_CHECK(has(name));
        co_return R"({"messages":[]})";
    }
    boost::asio::awaitable<std::optional<std::vector<std::string>>> complete(web::Request const&,
                                                                             Completion asked) override {
        co_return std::vector<std::string>{std::string(asked.beginning)};
    }
};

/// What a client of the modern era repeats in header fields; empty for another one's message.
std::map<std::string, std::string> repeated(json::Value const& message) {
    static constexpr auto version = "io.modelcontextprotocol/protocolVersion";
    auto const text = [](json::Value const& of, char const* key) {
        auto const found = of.is_object() ? of.find(key) : of.end();
        return of.is_object() && found != of.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (!message.is_object()) return {};
    auto const params = message.value("params", json::Value());
    if (!params.is_object() || text(params.value("_meta", json::Value()), version).empty()) return {};
    auto const method = text(message, "method");
    return {{"MCP-Protocol-Version", text(params["_meta"], version)},
            {"Mcp-Method", method},
            {"Mcp-Name", text(params, method == "resources/read" ? "uri" : "name")}};
}

struct Endpoint {
    Endpoint() {
        site.base_url = "https://shop.example";
        site.title = "Fuzz & Sons";
        auto const documents = std::make_shared<Documents>();
        mount(router, {site, {tools}, {documents}, {documents}});
    }

    web::Response post(std::string_view body, std::map<std::string, std::string> const& fields) {
        web::Request request;
        request.method = web::Method::post;
        request.method_text = "POST";
        request.target = request.path = "/mcp";
        request.headers.add("Content-Type", "application/json");
        for (auto const& [name, value] : fields) request.headers.add(name, value);
        request.body = body;
        web::Response response;
        auto const match = router.resolve(request, response);
        FUZZ_CHECK(match.handler != nullptr);
        boost::asio::io_context loop(1);
        bool done = false;
        test::EventSink events(false);
        auto handled = std::get<web::Streaming>(*match.handler)(request, response, events);
        boost::asio::co_spawn(loop, std::move(handled), [&](std::exception_ptr failure) { done = failure == nullptr; });
        loop.run();
        FUZZ_CHECK(done);
        return response;
    }

    Site site;
    std::shared_ptr<CountingTools> tools = std::make_shared<CountingTools>();
    web::Router router;
};

void check(std::string_view body) {
    Endpoint endpoint;
    auto const asked = json::parse_value(body);
    auto const response = endpoint.post(body, asked ? repeated(*asked) : std::map<std::string, std::string>());
    bool const is_call = asked && asked->is_object() && asked->value("method", json::Value()) == "tools/call";
    FUZZ_CHECK(endpoint.tools->calls <= (is_call ? 1 : 0));
    if (response.body.empty()) {
        FUZZ_CHECK(response.status == 202 && endpoint.tools->calls == 0);
        return;
    }
    auto const answer = json::parse_value(response.body);
    FUZZ_CHECK(answer.ok() && (*answer)["jsonrpc"] == "2.0");
    FUZZ_CHECK(answer->contains("result") != answer->contains("error"));
    if (answer->contains("result")) FUZZ_CHECK(asked.ok() && (*answer)["id"] == (*asked)["id"]);
}

}  // namespace
}  // namespace b2a::protocol::mcp

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    b2a::protocol::mcp::check(b2a::fuzz::text(data, size));
    return 0;
}
