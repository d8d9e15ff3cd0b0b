// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <exception>

#include "b2a/json/writer.hpp"

#include "paging.hpp"
#include "progress.hpp"
#include "protocol/mcp/fixtures/fixtures.hpp"
#include "server.hpp"

namespace b2a::protocol::mcp {
namespace {

/// Members of a tool's result that an answer which is spread over it must not name again.
constexpr std::array<std::string_view, 5> own_members{"\"content\"", "\"structuredContent\"", "\"isError\"",
                                                      "\"_meta\"", "\"resultType\""};

enum class Outcome : std::uint8_t { success, failure };

/// The answer as text for the model and as JSON for the program; `spread`: its members once more beside them.
std::string tool_result(std::string_view payload, Outcome outcome, bool spread) {
    std::string out;
    out.reserve(payload.size() * (spread ? 3 : 2) + 128);
    json::Writer json(out);
    json.begin_object().key("content").begin_array().begin_object().member("type", "text").member("text", payload);
    json.end_object().end_array();
    bool const object = payload.size() >= 2 && payload.front() == '{' && payload.back() == '}';
    if (object && outcome == Outcome::success) json.member_raw("structuredContent", payload);
    if (outcome == Outcome::failure) json.member("isError", true);
    json.end_object();
    if (!object || !spread) return out;
    out.pop_back();
    for (auto const member : split_json(payload.substr(1, payload.size() - 2))) {
        auto const own = [&](std::string_view name) { return member.starts_with(name); };
        if (std::ranges::none_of(own_members, own)) (out += ',') += member;
    }
    out += '}';
    return out;
}

/// The HTTP status stays with a JSON-RPC error: it is the first thing that UCP clients look at.
void pass_refusal(Call& call, ToolSet const& set) {
    auto& response = call.response();
    auto const code = set.rpc_code(response);
    auto data = std::move(response.body);
    response.body.clear();
    if (!code) return call.result(tool_result(data, Outcome::failure, set.spreads_answer()));
    json::Document document;
    auto const body = document.parse(data);
    auto const content = body ? body->get("content") : std::nullopt;
    auto const message = content ? content->as_string() : std::nullopt;
    std::string text(message.value_or("the request was refused"));
    call.refuse(Refusal{response.status, *code, std::move(text), std::move(data)});
}

}  // namespace

Waiting Server::list_tools(Call& call) {
    call.response().operation = "mcp.tools_list";
    auto const arguments = call.params().get("arguments").value_or(json::View());
    std::string tools;
    if (deps_.fixtures) tools = deps_.fixtures->tools();
    for (auto const& set : deps_.tools) {
        co_await set->list(call.request(), arguments, tools, call.response());
        if (call.response().status >= 400) co_return pass_refusal(call, *set);
    }
    auto const page = page_of(tools, "tools", call.params());
    if (!page) co_return call.refuse(Refusal{200, invalid_params, "cursor is none of ours"});
    std::string out;
    json::Writer json(out);
    json.begin_object().member_raw("tools", '[' + page->items + ']').member_if("nextCursor", page->next_cursor);
    json.end_object();
    call.result(out, for_caller);
}

Waiting Server::call_tool(Call& call) {
    auto const name = call.text("name");
    if (name && deps_.fixtures && deps_.fixtures->has_tool(*name)) {
        co_await deps_.fixtures->call_tool(call);
        co_return;
    }
    auto const set = std::ranges::find_if(deps_.tools, [&](auto const& one) { return name && one->has(*name); });
    if (set == deps_.tools.end())
        co_return call.refuse(Refusal{200, invalid_params, "unknown tool: " + std::string(name.value_or(""))});
    co_await run_tool(call, **set, *name);
}

Waiting Server::run_tool(Call& call, ToolSet& set, std::string_view name) {
    Invocation const invocation{name, call.params().get("arguments").value_or(json::View())};
    Ticker ticker(call);
    co_await ticker.start();
    std::exception_ptr failure;
    try {
        co_await set.call(call.request(), invocation, call.response());
    } catch (std::exception const&) {  // the session's barrier has the last word, once nothing else speaks
        failure = std::current_exception();
    }
    co_await ticker.stop();
    if (failure) std::rethrow_exception(failure);
    auto& response = call.response();
    if (response.status >= 400) co_return pass_refusal(call, set);
    auto const payload = std::move(response.body);
    response.body.clear();
    call.result(tool_result(payload, Outcome::success, set.spreads_answer()));
}

}  // namespace b2a::protocol::mcp
