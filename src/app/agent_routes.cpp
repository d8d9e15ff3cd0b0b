// SPDX-License-Identifier: Apache-2.0
#include "app/agent_routes.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/json/value.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/web/problem.hpp"

#include "app/admin_routes.hpp"
#include "app/agent_json.hpp"
#include "app/lane.hpp"
#include "app/operator_desk.hpp"

namespace b2a::app {
namespace {

using Waiting = boost::asio::awaitable<void>;

using Desk = OperatorDesk;

struct NewAgent {
    policy::Agent agent;
    bool token = false;  // wanted
};

/// "public_keys" holds JWKs as objects; the register keeps each as its text.
std::vector<std::string> read_keys(json::Reader& reader, std::string_view body) {
    std::vector<std::string> out;
    if (!reader.has("public_keys")) return out;
    auto const document = json::parse_value(body);
    auto const& keys = (*document)["public_keys"];
    if (!keys.is_array()) {
        reader.problem("public_keys", "must be a list of JWKs");
        return out;
    }
    for (auto const& key : keys) out.push_back(key.dump());
    return out;
}

Result<NewAgent> read_agent(json::View root, std::string_view body) {
    json::Reader reader(root);
    NewAgent out;
    auto const profile = reader.string("profile", limits::agent_id_bytes_max);
    auto const name = reader.string("name", limits::policy_name_bytes_max);
    if (profile.has_value() == name.has_value()) reader.problem("", "give one of profile and name");
    out.agent.id = profile ? *profile : name.value_or("");
    if (profile && !service::is_profile(*profile)) reader.problem("profile", "must be a URL");
    out.agent.owner = reader.string("owner", limits::agent_text_bytes_max).value_or("");
    out.agent.agent_class = reader.string("class", limits::policy_name_bytes_max).value_or("");
    out.agent.public_keys = read_keys(reader, body);
    out.agent.limits = service::read_agent_limits(reader);
    out.token = reader.boolean("token").value_or(!profile && out.agent.public_keys.empty());
    B2A_CHECK(reader.finish());
    return out;
}

Result<service::ChangeAgent> read_change(json::View root, std::string id) {
    json::Reader reader(root);
    service::ChangeAgent out;
    out.id = std::move(id);
    out.owner = reader.string("owner", limits::agent_text_bytes_max);
    out.agent_class = reader.string("class", limits::policy_name_bytes_max);
    out.suspended = reader.boolean("suspended");
    if (auto const limits = service::read_agent_limits(reader)) out.limits = *limits;
    B2A_CHECK(reader.finish());
    return out;
}

void send(Result<policy::Agent> const& agent, web::Response& response, std::string_view token = {}) {
    if (!agent) return web::render_problem(agent.error(), response);
    response.content_type = web::json_type;
    json::Writer out(response.body);
    write_agent(out, *agent, token);
}

void list(Desk const& desk, web::Request const& request, web::Response& response) {
    auto const allowed = check_operator(request, desk.operator_token);
    if (!allowed) return web::render_problem(allowed.error(), response);
    auto const agents = desk.lane.agents.list(operator_context(desk.shared, request));
    if (!agents) return web::render_problem(agents.error(), response);
    response.content_type = web::json_type;
    json::Writer out(response.body);
    out.begin_object().key("agents").begin_array();
    for (auto const& agent : *agents) write_agent(out, agent);
    out.end_array().end_object();
}

void show(Desk const& desk, web::Request const& request, web::Response& response) {
    auto const allowed = check_operator(request, desk.operator_token);
    if (!allowed) return web::render_problem(allowed.error(), response);
    send(desk.lane.agents.get(operator_context(desk.shared, request), std::string(request.param("id"))), response);
}

Waiting add(Desk desk, web::Request const& request, web::Response& response) {
    json::Document document;
    auto const body = desk.open(request, document);
    if (!body) co_return web::render_problem(body.error(), response);
    auto read = read_agent(*body, request.body);
    if (!read) co_return web::render_problem(read.error(), response);
    std::string token;
    if (read->token) token = issue_token(read->agent, *desk.shared.random);
    service::AddAgent command{std::move(read->agent)};
    auto context = operator_context(desk.shared, request);
    auto const added = co_await desk.lane.agents.add(std::move(context), std::move(command));
    if (added) {
        response.status = 201;
        response.header("Cache-Control", "no-store");
        desk.shared.keeper->refresh();
    }
    send(added, response, token);
}

Waiting change(Desk desk, web::Request const& request, web::Response& response) {
    json::Document document;
    auto const body = desk.open(request, document);
    if (!body) co_return web::render_problem(body.error(), response);
    auto command = read_change(*body, std::string(request.param("id")));
    if (!command) co_return web::render_problem(command.error(), response);
    auto context = operator_context(desk.shared, request);
    auto const changed = co_await desk.lane.agents.change(std::move(context), *std::move(command));
    desk.shared.keeper->refresh();
    send(changed, response);
}

Waiting remove(Desk desk, web::Request const& request, web::Response& response) {
    auto const allowed = check_operator(request, desk.operator_token);
    if (!allowed) co_return web::render_problem(allowed.error(), response);
    service::RemoveAgent command{std::string(request.param("id"))};
    auto context = operator_context(desk.shared, request);
    auto const removed = co_await desk.lane.agents.remove(std::move(context), std::move(command));
    desk.shared.keeper->refresh();
    send(removed, response);
}

/// Signed for the authority that was asked only if that is us: elsewhere it would prove that others hold our keys.
void key_directory(Shared& shared, web::Request const& request, web::Response& response) {
    auto const host = to_ascii_lower(trim(request.headers.find("Host").value_or("")));
    auto const ours = protocol::authorities_of(shared.site);
    if (std::ranges::find(ours, host) == ours.end())
        return web::render_problem(Error(Code::invalid_request, "this is not the authority of our keys", "Host"),
                                   response);
    auto const ring = shared.signing->current();
    response.content_type = identity::directory_type;
    json::Writer out(response.body);
    out.begin_object().key("keys").begin_array();
    for (auto const& key : ring->keys()) identity::write_jwk(out, key.kid, key.key.public_key());
    out.end_array().end_object();
    for (auto& [name, value] : identity::sign_directory(request, response, *ring, shared.clock.now()))
        response.header(std::move(name), std::move(value));
    response.header("Cache-Control", "public, max-age=60");
}

}  // namespace

void add_agent_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token) {
    Desk const desk{shared, lane, operator_token};
    using In = web::Request const&;
    using Out = web::Response&;
    constexpr std::string_view all = "/admin/v1/agents";
    constexpr std::string_view one = "/admin/v1/agents/{id}";
    router.add(web::Method::get, all, "admin.agents", web::Immediate([=](In in, Out out) { list(desk, in, out); }));
    router.add(web::Method::post, all, "admin.agent_add",
               web::Awaiting([=](In in, Out out) { return add(desk, in, out); }));
    router.add(web::Method::get, one, "admin.agent", web::Immediate([=](In in, Out out) { show(desk, in, out); }));
    router.add(web::Method::patch, one, "admin.agent_change",
               web::Awaiting([=](In in, Out out) { return change(desk, in, out); }));
    router.add(web::Method::del, one, "admin.agent_remove",
               web::Awaiting([=](In in, Out out) { return remove(desk, in, out); }));
}

void add_key_directory(web::Router& router, Shared& shared) {
    router.add(web::Method::get, identity::directory_path, "identity.keys",
               web::Immediate([&shared](web::Request const& request, web::Response& response) {
                   key_directory(shared, request, response);
               }));
}

}  // namespace b2a::app
