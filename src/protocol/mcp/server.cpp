// SPDX-License-Identifier: Apache-2.0
#include "protocol/mcp/server.hpp"

#include <algorithm>
#include <array>

#include "b2a/json/writer.hpp"

#include "protocol/mcp/fixtures/fixtures.hpp"

namespace b2a::protocol::mcp {
namespace {

using web::EventStream;
using web::Request;
using web::Response;

constexpr std::string_view path = "/mcp";
constexpr std::array<std::string_view, 8> log_levels{"debug", "info",     "notice", "warning",
                                                     "error", "critical", "alert",  "emergency"};

void refuse(Response& response, std::string_view id, Refusal const& refusal) {
    response.status = refusal.status;
    response.body = error_message(id, refusal);
    response.content_type = web::json_type;
}

/// Sessions are for servers that remember; a client that brings one has met another server, and has to start anew.
bool brings_session(Request const& request, Message const& message) {
    auto const version = request.headers.find("MCP-Protocol-Version");
    bool const modern = version && std::ranges::find(modern_versions, *version) != modern_versions.end();
    return !modern && message.method != "initialize" && request.headers.find("Mcp-Session-Id").has_value();
}

}  // namespace

Server::Server(Deps deps) : deps_(std::move(deps)), access_(deps_.site, deps_.allowed_hosts, deps_.allowed_origins) {
    if (!deps_.fixtures) return;
    deps_.resources.push_back(deps_.fixtures->resources());
    deps_.prompts.push_back(deps_.fixtures->prompts());
}

std::span<Server::Method const> Server::methods() {
    using enum Method::Eras;
    static constexpr std::array<Method, 14> table{{
        {"initialize", legacy, &Server::always, &Server::initialize},
        {"ping", legacy, &Server::always, &Server::ping},
        {"logging/setLevel", legacy, &Server::has_fixtures, &Server::set_level},
        {"server/discover", modern, &Server::always, &Server::discover},
        {"tools/list", both, &Server::always, &Server::list_tools},
        {"tools/call", both, &Server::always, &Server::call_tool},
        {"resources/list", both, &Server::has_resources, &Server::list_resources},
        {"resources/templates/list", both, &Server::has_resources, &Server::list_templates},
        {"resources/read", both, &Server::has_resources, &Server::read_resource},
        {"resources/subscribe", legacy, &Server::has_fixtures, &Server::watch_resource},
        {"resources/unsubscribe", legacy, &Server::has_fixtures, &Server::watch_resource},
        {"prompts/list", both, &Server::has_prompts, &Server::list_prompts},
        {"prompts/get", both, &Server::has_prompts, &Server::get_prompt},
        {"completion/complete", both, &Server::has_completions, &Server::complete},
    }};
    return table;
}

Server::Method const* Server::find(Call const& call) const {
    auto const other = call.modern() ? Method::Eras::legacy : Method::Eras::modern;
    for (auto const& method : methods())
        if (method.name == call.message().method && method.eras != other && (this->*method.offered)()) return &method;
    return nullptr;
}

Waiting Server::serve(Request const& request, Response& response, EventStream& events) {
    response.operation = "mcp.request";
    if (auto const refusal = access_.refusal(request)) {
        refuse(response, {}, *refusal);
        co_return;
    }
    co_await take(request, response, events);
    // Answers of tools carry a caching rule of their own, made for GET; here every answer is one caller's.
    std::erase_if(response.headers, [](auto const& field) { return field.first == "Cache-Control"; });
    response.header("Cache-Control", "no-store");
    share_with_page(request, response);
}

Waiting Server::take(Request const& request, Response& response, EventStream& events) {
    // A document of this call's own: it is read after suspensions.
    json::Document document;
    auto const root = document.parse(request.body);
    if (!root) co_return refuse(response, {}, {400, parse_error, root.error().detail});
    auto message = read_message(*root);
    if (!message) co_return refuse(response, {}, {400, invalid_request, message.error().detail});
    if (brings_session(request, *message))
        co_return refuse(response, message->id, {404, invalid_request, "there is no such session"});
    auto terms = negotiate(request, *message);
    auto const* refusal = std::get_if<Refusal>(&terms);
    bool const silent = message->response || message->id.empty();
    if (refusal != nullptr && (!silent || refusal->code == unsupported_version))
        co_return refuse(response, message->id, *refusal);
    if (silent) {
        if (message->response && deps_.fixtures) deps_.fixtures->questions().answer(message->id, request.body);
        response.status = 202;
        co_return;
    }
    Call::Parts const parts{deps_.site, request, response, events};
    Call call(parts, std::move(*message), std::get<Terms>(std::move(terms)));
    if (auto const* method = find(call)) {
        co_await (this->*method->run)(call);
    } else {
        call.refuse(Refusal{call.modern() ? 404 : 200, method_not_found, "unknown method: " + call.message().method});
    }
    co_await call.finish();
}

std::string Server::capabilities(Era era) const {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("tools").begin_object().end_object();
    if (has_resources()) {
        json.key("resources").begin_object();
        if (era == Era::legacy && has_fixtures()) json.member("subscribe", true);
        json.end_object();
    }
    if (has_prompts()) json.key("prompts").begin_object().end_object();
    if (has_completions()) json.key("completions").begin_object().end_object();
    if (has_fixtures()) json.key("logging").begin_object().end_object();
    json.end_object();
    return out;
}

std::string Server::instructions() const {
    auto out = "Tools to search the catalog of " + deps_.site.title + " and to buy from it.";
    for (auto const& tools : deps_.tools)
        if (auto const more = tools->instructions(); !more.empty()) out += ' ' + more;
    return out;
}

Waiting Server::initialize(Call& call) {
    auto const asked = call.text("protocolVersion").value_or("");
    auto const known = std::ranges::find(legacy_versions, asked);
    std::string out;
    json::Writer json(out);
    json.begin_object().member("protocolVersion", known == legacy_versions.end() ? legacy_versions.front() : *known);
    json.member_raw("capabilities", capabilities(Era::legacy));
    json.key("serverInfo").begin_object().member("name", "b2a").member("title", deps_.site.title);
    json.member("version", deps_.site.software_version).end_object();
    json.member("instructions", instructions()).end_object();
    call.result(out);
    co_return;
}

Waiting Server::ping(Call& call) {
    call.result("{}");
    co_return;
}

/// There is nothing to keep it in; tools log from "info" on.
Waiting Server::set_level(Call& call) {
    if (std::ranges::find(log_levels, call.text("level").value_or("")) == log_levels.end()) {
        call.refuse(Refusal{200, invalid_params, "level is none that there is"});
    } else {
        call.result("{}");
    }
    co_return;
}

Waiting Server::discover(Call& call) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("supportedVersions").begin_array();
    for (auto const version : modern_versions) json.value(version);
    json.end_array().member_raw("capabilities", capabilities(Era::modern));
    json.member("instructions", instructions()).end_object();
    call.result(out, for_everyone);
    co_return;
}

void mount(web::Router& router, Deps deps) {
    auto const server = std::make_shared<Server>(std::move(deps));
    router.add(web::Method::options, path, "mcp.preflight",
               web::Immediate([server](Request const& request, Response& response) {
                   server->answer_preflight(request, response);
               }));
    router.add(web::Method::post, path, "mcp.request",
               web::Streaming([server](Request const& request, Response& response, EventStream& events) {
                   return server->serve(request, response, events);
               }));
}

Surface surface(Site const& site) {
    Surface out{"mcp", {}, site.base_url + std::string(path), site.base_url + std::string(path)};
    for (auto const version : modern_versions) out.versions.emplace_back(version);
    for (auto const version : legacy_versions) out.versions.emplace_back(version);
    return out;
}

}  // namespace b2a::protocol::mcp
