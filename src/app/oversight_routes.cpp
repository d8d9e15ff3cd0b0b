// SPDX-License-Identifier: Apache-2.0
#include "app/oversight_routes.hpp"

#include "b2a/base/encoding.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/web/problem.hpp"

#include "app/admin_routes.hpp"
#include "app/governor.hpp"
#include "app/lane.hpp"
#include "app/operator_desk.hpp"
#include "app/oversight_json.hpp"

namespace b2a::app {
namespace {

namespace asio = boost::asio;
using In = web::Request const&;
using Out = web::Response&;

constexpr std::size_t text_bytes_max = 1000;
constexpr std::size_t approvals_listed_max = 200;
constexpr std::string_view since_default = "7d";

struct Desk : OperatorDesk {
    Result<Timestamp> since(In in) const {
        auto const text = web::query_value(in.query, "since").value_or(std::string(since_default));
        auto const span = parse_span(text);
        if (!span) return Error(Code::invalid_request, "since is a time such as 7d, 12h or 30m");
        return shared.clock.now() - *span;
    }
};

template <class T>
void answer(Out out, Result<T> const& result, std::function<void(json::Writer&, T const&)> const& render) {
    if (!result) return web::render_problem(result.error(), out);
    out.content_type = web::json_type;
    json::Writer json(out.body);
    render(json, *result);
}

void list_stops(Desk const& desk, In in, Out out) {
    if (auto const ok = check_operator(in, desk.operator_token); !ok) return web::render_problem(ok.error(), out);
    auto const now = desk.shared.clock.now();
    answer<std::vector<policy::Stop>>(out, desk.lane.oversight.stops(desk.context(in)), [&](auto& json, auto& stops) {
        json.begin_object().key("stops").begin_array();
        for (auto const& stop : stops) write(json, stop, now);
        json.end_array().end_object();
    });
}

Result<service::AddStop> read_stop(json::View body) {
    json::Reader reader(body);
    service::AddStop command;
    command.reason = reader.string("reason", text_bytes_max, json::Presence::required).value_or("");
    auto const lasts = reader.string("lasts", text_bytes_max);
    if (lasts) command.lasts = parse_span(*lasts);
    if (lasts && !command.lasts) reader.problem("lasts", "is a time such as 30m, 12h or 7d");
    auto const scope = reader.raw("scope");
    if (!scope) reader.problem("scope", "is required; {} stops everything that agents do");
    B2A_CHECK(reader.finish());
    B2A_TRY(parsed, policy::read_scope(*scope));
    command.scope = std::move(parsed);
    return command;
}

asio::awaitable<void> add_stop(Desk desk, In in, Out out) {
    json::Document document;
    auto const body = desk.open(in, document);
    if (!body) co_return web::render_problem(body.error(), out);
    auto command = read_stop(*body);
    if (!command) co_return web::render_problem(command.error(), out);
    auto context = desk.context(in);
    auto const id = co_await desk.lane.oversight.add_stop(std::move(context), std::move(*command));
    if (!id) co_return web::render_problem(id.error(), out);
    desk.shared.keeper->refresh();
    out.status = 201;
    out.content_type = web::json_type;
    json::Writer json(out.body);
    json.begin_object().member("id", *id).end_object();
}

asio::awaitable<void> lift_stop(Desk desk, In in, Out out) {
    if (auto const ok = check_operator(in, desk.operator_token); !ok) co_return web::render_problem(ok.error(), out);
    auto context = desk.context(in);
    service::LiftStop command{std::string(in.param("id"))};
    auto const done = co_await desk.lane.oversight.lift_stop(std::move(context), std::move(command));
    if (!done) co_return web::render_problem(done.error(), out);
    desk.shared.keeper->refresh();
    out.content_type = web::json_type;
    json::Writer json(out.body);
    json.begin_object().member("lifted", in.param("id")).end_object();
}

void preview_stop(Desk const& desk, In in, Out out) {
    json::Document document;
    auto const body = desk.open(in, document);
    if (!body) return web::render_problem(body.error(), out);
    auto const since = desk.since(in);
    if (!since) return web::render_problem(since.error(), out);
    auto const scope = policy::read_scope(*body);
    if (!scope) return web::render_problem(scope.error(), out);
    answer<policy::StopPreview>(out, desk.lane.oversight.preview(desk.context(in), *scope, *since),
                                [](auto& json, auto& preview) { write(json, preview); });
}

void list_approvals(Desk const& desk, In in, Out out) {
    if (auto const ok = check_operator(in, desk.operator_token); !ok) return web::render_problem(ok.error(), out);
    auto const state = policy::approval_state_from_text(web::query_value(in.query, "state").value_or("open"));
    if (!state)
        return web::render_problem(Error(Code::invalid_request, "state is one of: open, granted, denied, used"), out);
    auto const found = desk.lane.oversight.approvals(desk.context(in), *state, approvals_listed_max);
    answer<std::vector<policy::Approval>>(out, found, [](auto& json, auto& approvals) {
        json.begin_object().key("approvals").begin_array();
        for (auto const& approval : approvals) write(json, approval);
        json.end_array().end_object();
    });
}

asio::awaitable<void> decide_approval(Desk desk, In in, Out out) {
    json::Document document;
    auto const body = desk.open(in, document);
    if (!body) co_return web::render_problem(body.error(), out);
    json::Reader reader(*body);
    auto const word = reader.string("decision", text_bytes_max, json::Presence::required).value_or("");
    if (word != "grant" && word != "deny") reader.problem("decision", "is \"grant\" or \"deny\"");
    service::DecideApproval command;
    command.checkout = in.param("id");
    command.grant = word == "grant";
    command.note = reader.string("note", text_bytes_max).value_or("");
    if (auto const ok = reader.finish(); !ok) co_return web::render_problem(ok.error(), out);
    auto context = desk.context(in);
    auto const decided = co_await desk.lane.oversight.decide(std::move(context), std::move(command));
    answer<policy::Approval>(out, decided, [](auto& json, auto& approval) { write(json, approval); });
}

void show_policy(Desk const& desk, In in, Out out) {
    if (auto const ok = check_operator(in, desk.operator_token); !ok) return web::render_problem(ok.error(), out);
    auto const active = desk.shared.policy->active();
    out.content_type = web::json_type;
    json::Writer json(out.body);
    json.begin_object().member("digest", to_hex(active->rules->digest()));
    json.member("rules", std::uint64_t{active->rules->size()});
    if (active->shadow) json.member("shadow", to_hex(active->shadow->digest()));
    json.member("stops", std::uint64_t{active->stops.size()}).end_object();
}

void answer_policy(Desk const& desk, Out out, Result<void> const& done) {
    if (!done) return web::render_problem(done.error(), out);
    auto const active = desk.shared.policy->active();
    out.content_type = web::json_type;
    json::Writer json(out.body);
    json.begin_object().member("digest", to_hex(active->rules->digest()));
    if (active->shadow) json.member("shadow", to_hex(active->shadow->digest()));
    json.end_object();
}

asio::awaitable<void> reload(Desk desk, In in, Out out) {
    if (auto const ok = check_operator(in, desk.operator_token); !ok) co_return web::render_problem(ok.error(), out);
    auto context = desk.context(in);
    auto const done = co_await reload_configured(desk.lane.oversight, *desk.shared.policy, std::move(context),
                                                 desk.shared.config, Occasion::reload);
    if (!done) desk.shared.policy_reloads_failed.fetch_add(1);
    answer_policy(desk, out, done);
}

/// Body: the rules as TOML.
asio::awaitable<void> put_shadow(Desk desk, In in, Out out) {
    if (auto const ok = check_operator(in, desk.operator_token); !ok) co_return web::render_problem(ok.error(), out);
    auto loaded = checked_rules("shadow", std::string(in.body));
    if (!loaded) co_return web::render_problem(loaded.error(), out);
    std::optional<LoadedRules> tried(std::move(*loaded));
    auto context = desk.context(in);
    auto const done =
        co_await activate_shadow(desk.lane.oversight, *desk.shared.policy, std::move(context), std::move(tried));
    answer_policy(desk, out, done);
}

asio::awaitable<void> drop_shadow(Desk desk, In in, Out out) {
    if (auto const ok = check_operator(in, desk.operator_token); !ok) co_return web::render_problem(ok.error(), out);
    auto context = desk.context(in);
    std::optional<LoadedRules> none;
    auto const done =
        co_await activate_shadow(desk.lane.oversight, *desk.shared.policy, std::move(context), std::move(none));
    answer_policy(desk, out, done);
}

/// Body: the candidate as TOML.
void replay(Desk const& desk, In in, Out out) {
    if (auto const ok = check_operator(in, desk.operator_token); !ok) return web::render_problem(ok.error(), out);
    auto const since = desk.since(in);
    if (!since) return web::render_problem(since.error(), out);
    auto const candidate = checked_rules("candidate", std::string(in.body));
    if (!candidate) return web::render_problem(candidate.error(), out);
    answer<policy::ReplayReport>(out, desk.lane.oversight.replay(desk.context(in), *candidate->rules, *since),
                                 [](auto& json, auto& report) { write(json, report); });
}

/// {"action", "input": TOML lines as in a [[test]]}
void explain(Desk const& desk, In in, Out out) {
    json::Document document;
    auto const body = desk.open(in, document);
    if (!body) return web::render_problem(body.error(), out);
    json::Reader reader(*body);
    auto const action =
        policy::action_from_text(reader.string("action", text_bytes_max, json::Presence::required).value_or(""));
    auto const input = reader.string("input", limits::policy_source_bytes_max).value_or("");
    if (!action) reader.problem("action", "names no action");
    if (auto const ok = reader.finish(); !ok) return web::render_problem(ok.error(), out);
    auto example = policy::read_example(*action, input);
    if (!example) return web::render_problem(example.error(), out);
    example->facts.principal = &example->principal;
    out.content_type = web::json_type;
    json::Writer json(out.body);
    write_explanation(json, *desk.shared.policy->current(), example->facts);
}

void show_decision(Desk const& desk, In in, Out out) {
    if (auto const ok = check_operator(in, desk.operator_token); !ok) return web::render_problem(ok.error(), out);
    auto const id = DecisionId::parse(in.param("id"));
    if (!id) return web::render_problem(Error(Code::not_found, "no such decision"), out);
    auto found = desk.lane.oversight.decision(desk.context(in), *id);
    if (!found) return web::render_problem(found.error(), out);
    auto& recorded = found->view.recorded;
    recorded.facts.principal = &recorded.principal;
    out.content_type = web::json_type;
    json::Writer json(out.body);
    json.begin_object().member_raw("entry", found->view.entry);
    if (found->rules) {
        json.key("explanation");
        write_explanation(json, *found->rules, recorded.facts);
    }
    json.end_object();
}

}  // namespace

void add_oversight_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token) {
    Desk const desk{{shared, lane, operator_token}};
    using Task = asio::awaitable<void> (*)(Desk, In, Out);
    using Act = void (*)(Desk const&, In, Out);
    auto const act = [&](web::Method method, std::string_view path, std::string_view name, Act handler) {
        router.add(method, path, name, web::Immediate([=](In in, Out out) { handler(desk, in, out); }));
    };
    auto const task = [&](web::Method method, std::string_view path, std::string_view name, Task handler) {
        router.add(method, path, name, web::Awaiting([=](In in, Out out) { return handler(desk, in, out); }));
    };
    using web::Method;
    act(Method::get, "/admin/v1/stops", "admin.stops", list_stops);
    task(Method::post, "/admin/v1/stops", "admin.stop_add", add_stop);
    act(Method::post, "/admin/v1/stops/preview", "admin.stop_preview", preview_stop);
    task(Method::del, "/admin/v1/stops/{id}", "admin.stop_lift", lift_stop);
    act(Method::get, "/admin/v1/approvals", "admin.approvals", list_approvals);
    task(Method::post, "/admin/v1/approvals/{id}", "admin.approval_decide", decide_approval);
    act(Method::get, "/admin/v1/policy", "admin.policy", show_policy);
    task(Method::post, "/admin/v1/policy/reload", "admin.policy_reload", reload);
    task(Method::put, "/admin/v1/policy/shadow", "admin.policy_shadow", put_shadow);
    task(Method::del, "/admin/v1/policy/shadow", "admin.policy_shadow_end", drop_shadow);
    act(Method::post, "/admin/v1/policy/replay", "admin.policy_replay", replay);
    act(Method::post, "/admin/v1/policy/explain", "admin.policy_explain", explain);
    act(Method::get, "/admin/v1/decisions/{id}", "admin.decision", show_decision);
}

}  // namespace b2a::app
