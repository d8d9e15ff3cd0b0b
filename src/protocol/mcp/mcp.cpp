// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/mcp.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/text.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/jsonrpc.hpp"

namespace b2a::protocol::mcp {
namespace {

using Waiting = boost::asio::awaitable<void>;
using json::View;
using rpc::invalid_params;
using rpc::invalid_request;
using rpc::Message;
using rpc::method_not_found;
using rpc::parse_error;
using rpc::read_message;
using rpc::write_error;
using rpc::write_result;
using web::Request;
using web::Response;

constexpr std::string_view path = "/mcp";
constexpr std::array<std::string_view, 3> versions{"2025-11-25", "2025-06-18", "2025-03-26"};

/// Browsers say where a page comes from; a page of somebody else's must not use this endpoint (DNS rebinding).
bool foreign_origin(Request const& request, Site const& site) {
    auto const origin = request.headers.find("Origin");
    return origin && !iequals(*origin, site.base_url);
}

std::string initialize_result(View params, Site const& site) {
    auto const asked = params.get("protocolVersion");
    auto const text = asked ? asked->as_string().value_or("") : std::string_view();
    auto const known = std::ranges::find(versions, text);
    std::string out;
    json::Writer json(out);
    json.begin_object().member("protocolVersion", known == versions.end() ? versions.front() : *known);
    json.key("capabilities").begin_object().key("tools").begin_object().end_object().end_object();
    json.key("serverInfo").begin_object().member("name", "b2a").member("title", site.title);
    json.member("version", site.software_version).end_object();
    json.member("instructions", "Tools to search the catalog of " + site.title +
                                    " and to buy from it. Each call names your agent's profile in "
                                    "meta[\"ucp-agent\"].profile; see " +
                                    site.base_url + "/.well-known/ucp.");
    json.end_object();
    return out;
}

std::string call_result(std::string_view payload) {
    std::string out;
    out.reserve(payload.size() * 2 + 128);
    json::Writer json(out);
    json.begin_object().key("content").begin_array().begin_object().member("type", "text").member("text", payload);
    json.end_object().end_array().member_raw("structuredContent", payload).end_object();
    return out;
}

/// An error that the model behind the client is to read and to act on.
std::string tool_error(std::string_view payload) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("content").begin_array().begin_object().member("type", "text").member("text", payload);
    json.end_object().end_array().member("isError", true).end_object();
    return out;
}

class Server {
  public:
    explicit Server(Deps deps) : deps_(std::move(deps)) {}

    Waiting serve(Request const& request, Response& response) {
        response.operation = "mcp.request";
        if (foreign_origin(request, deps_.site)) {
            response.status = 403;
            co_return write_error(response, {}, invalid_request, "the Origin is not one of ours");
        }
        if (!web::has_json_content(request)) {
            response.status = 415;
            co_return write_error(response, {}, invalid_request, "send application/json");
        }
        // A document of this call's own: it is read after suspensions.
        json::Document document;
        auto const root = document.parse(request.body);
        if (!root) {
            response.status = 400;
            co_return write_error(response, {}, parse_error, root.error().detail);
        }
        auto const message = read_message(*root);
        if (!message) {
            response.status = 400;
            co_return write_error(response, {}, invalid_request, message.error().detail);
        }
        if (message->response || message->id.empty()) {
            response.status = 202;  // nothing to say to a notification or an answer
            co_return;
        }
        co_await dispatch(request, *message, response);
        // Answers of tools carry a caching rule of their own, made for GET; here every answer is one caller's.
        std::erase_if(response.headers, [](auto const& field) { return field.first == "Cache-Control"; });
        response.header("Cache-Control", "no-store");
    }

  private:
    Waiting dispatch(Request const& request, Message const& message, Response& response) {
        if (message.method == "initialize")
            co_return write_result(response, message.id, initialize_result(message.params, deps_.site));
        if (message.method == "ping") co_return write_result(response, message.id, "{}");
        if (message.method == "tools/list") {
            co_await list(request, message, response);
            co_return;
        }
        if (message.method == "tools/call") {
            co_await call(request, message, response);
            co_return;
        }
        write_error(response, message.id, method_not_found, "unknown method: " + message.method);
    }

    Waiting list(Request const& request, Message const& message, Response& response) {
        response.operation = "mcp.tools_list";
        auto const arguments = message.params.get("arguments").value_or(View());
        std::string tools;
        for (auto const& set : deps_.tools) {
            co_await set->list(request, arguments, tools, response);
            if (response.status >= 400) co_return wrap_error(*set, message.id, response);
        }
        response.status = 200;
        write_result(response, message.id, "{\"tools\":[" + tools + "]}");
    }

    Waiting call(Request const& request, Message const& message, Response& response) {
        auto const name = message.params.get("name");
        auto const text = name ? name->as_string() : std::nullopt;
        auto const set = std::ranges::find_if(deps_.tools, [&](auto const& s) { return text && s->has(*text); });
        if (set == deps_.tools.end()) {
            response.status = 400;
            co_return write_error(response, message.id, invalid_params, "unknown tool");
        }
        auto const arguments = message.params.get("arguments").value_or(View());
        Invocation const invocation{*text, arguments};
        co_await (*set)->call(request, invocation, response);
        if (response.status >= 400) co_return wrap_error(**set, message.id, response);
        response.status = 200;
        write_result(response, message.id, call_result(response.body));
    }

    /// The HTTP status stays with a JSON-RPC error: it is the first thing that UCP clients look at.
    static void wrap_error(ToolSet const& set, std::string_view id, Response& response) {
        auto const code = set.rpc_code(response);
        auto const data = std::move(response.body);
        if (!code) {
            response.status = 200;
            return write_result(response, id, tool_error(data));
        }
        json::Document document;
        auto const body = document.parse(data);
        auto const content = body ? body->get("content") : std::nullopt;
        auto const message = content ? content->as_string() : std::nullopt;
        write_error(response, id, *code, message.value_or("the request was refused"), data);
    }

    Deps deps_;
};

}  // namespace

void mount(web::Router& router, Deps deps) {
    auto const server = std::make_shared<Server>(std::move(deps));
    router.add(web::Method::post, path, "mcp.request",
               web::Awaiting(
                   [server](Request const& request, Response& response) { return server->serve(request, response); }));
}

Surface surface(Site const& site) {
    Surface out{"mcp", {}, site.base_url + std::string(path), site.base_url + std::string(path)};
    for (auto const version : versions) out.versions.emplace_back(version);
    return out;
}

}  // namespace b2a::protocol::mcp
