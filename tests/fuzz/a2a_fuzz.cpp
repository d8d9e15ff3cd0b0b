// SPDX-License-Identifier: Apache-2.0
// Bodies posted to the A2A endpoint, as either version: the answer is one JSON-RPC message with a result or an error, a
// tool runs at most as often as the method may need it, and only with arguments that are JSON.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "b2a/json/value.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/a2a.hpp"

#include "fuzz/target.hpp"

namespace b2a::protocol::a2a {
namespace {

/// A shop whose answers depend on what it is asked: refusals, outcomes without a resource, checkouts in every state.
class CountingShop final : public ToolSet {
  public:
    [[nodiscard]] bool has(std::string_view) const override { return true; }
    boost::asio::awaitable<void> list(web::Request const&, json::View, std::string&, web::Response&) override {
        co_return;
    }
    boost::asio::awaitable<void> call(web::Request const&, Invocation invocation, web::Response& response) override {
        constexpr std::array<std::string_view, 5> states{"incomplete", "complete_in_progress", "requires_escalation",
                                                         "completed", "canceled"};
        ++calls;
        FUZZ_CHECK(!invocation.name.empty() && invocation.arguments.is(json::Kind::object));
        auto const weight = invocation.arguments.size() + invocation.conversation.size() + invocation.name.size();
        response.status = weight % 7 == 0 ? 422 : 200;
        response.content_type = web::json_type;
        json::Writer out(response.body);
        out.begin_object();
        if (weight % 7 == 0) out.member("code", "invalid_request").member("content", invocation.name);
        else if (weight % 5 == 0)
            out.key("messages").begin_array().begin_object().member("code", "not_found").end_object().end_array();
        else out.member("id", "chk_1").member("status", states.at(weight % states.size()));
        out.end_object();
        co_return;
    }
    [[nodiscard]] std::optional<int> rpc_code(web::Response const&) const override { return std::nullopt; }

    int calls = 0;
};

struct Endpoint {
    Endpoint() {
        site.base_url = "https://shop.example";
        site.title = "Fuzz & Sons";
        mount(router, {site, shop, {{"https://ucp.example/1", "UCP", "{}"}}});
    }

    web::Response post(std::string_view body, std::string_view version) {
        web::Request request;
        request.method = web::Method::post;
        request.method_text = "POST";
        request.target = request.path = "/a2a";
        request.headers.add("Content-Type", "application/json");
        request.headers.add("UCP-Agent", "profile=\"https://agent.example/ucp\"");
        request.headers.add("A2A-Version", version);
        request.body = body;
        web::Response response;
        auto const match = router.resolve(request, response);
        FUZZ_CHECK(match.handler != nullptr);
        boost::asio::io_context loop(1);
        bool done = false;
        auto handled = std::get<web::Awaiting>(*match.handler)(request, response);
        boost::asio::co_spawn(loop, std::move(handled), [&](std::exception_ptr failure) { done = failure == nullptr; });
        loop.run();
        FUZZ_CHECK(done);
        return response;
    }

    Site site;
    std::shared_ptr<CountingShop> shop = std::make_shared<CountingShop>();
    web::Router router;
};

void check(std::string_view body, std::string_view version) {
    Endpoint endpoint;
    auto const response = endpoint.post(body, version);
    FUZZ_CHECK(response.status == 200);
    auto const asked = json::parse_value(body);
    auto const method = asked && asked->is_object() ? asked->value("method", json::Value()) : json::Value();
    bool const cancels = method == "CancelTask" || method == "tasks/cancel";
    bool const asks = cancels || method == "SendMessage" || method == "message/send" || method == "GetTask" ||
                      method == "tasks/get" || method == "ListTasks";
    FUZZ_CHECK(endpoint.shop->calls <= (cancels ? 2 : asks ? 1 : 0));
    auto const answer = json::parse_value(response.body);
    FUZZ_CHECK(answer.ok() && (*answer)["jsonrpc"] == "2.0");
    FUZZ_CHECK(answer->contains("result") != answer->contains("error"));
    if (answer->contains("result")) FUZZ_CHECK(asked.ok() && (*answer)["id"] == (*asked)["id"]);
    // The same message, the same answer.
    Endpoint again;
    FUZZ_CHECK(again.post(body, version).body == response.body);
}

}  // namespace
}  // namespace b2a::protocol::a2a

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = b2a::fuzz::text(data, size);
    b2a::protocol::a2a::check(text, "1.0");
    b2a::protocol::a2a::check(text, "0.3");
    return 0;
}
