// SPDX-License-Identifier: Apache-2.0
#include "app/admin_routes.hpp"

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/web/problem.hpp"

#include "app/gateway.hpp"

namespace b2a::app {
namespace {

constexpr std::string_view sandbox_admin_token = "sandbox-admin";
constexpr std::int64_t audit_page_default = 100;
constexpr std::int64_t audit_page_max = 1000;
constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";

void health(web::Response& response) {
    response.content_type = web::json_type;
    response.body = R"({"status":"ok"})";
}

void ready(Shared& shared, Lane& lane, web::Response& response) {
    auto const writer = shared.store->stats().commit_errors == 0;
    auto const catalog = lane.catalog.snapshot().variant_count() > 0;
    auto const keeper = shared.keeper->healthy();
    response.status = keeper ? 200 : 503;
    response.content_type = web::json_type;
    json::Writer out(response.body);
    out.begin_object().member("status", keeper ? "ready" : "unready").key("checks").begin_object();
    out.member("background_work", keeper).member("no_commit_errors", writer).member("catalog_not_empty", catalog);
    out.end_object().member("catalog_revision", lane.catalog.snapshot().revision());
    out.member("policy", to_hex(shared.policy->current()->digest())).end_object();
}

void metrics(Shared& shared, Lane& lane, http::Counters const& http, web::Response& response) {
    response.content_type = metrics_type;
    auto& out = response.body;
    shared.metrics.render(out);
    auto const counter = [&](std::string_view name, std::string_view help, std::uint64_t value) {
        render_metric(out, name, "counter", help, value);
    };
    auto const gauge = [&](std::string_view name, std::string_view help, std::uint64_t value) {
        render_metric(out, name, "gauge", help, value);
    };
    gauge("b2a_connections_open", "Connections of agents open now.", http.connections_open);
    counter("b2a_connections_total", "Connections of agents accepted.", http.connections_total);
    counter("b2a_connections_refused_total", "Connections refused at the limit.", http.connections_refused);
    counter("b2a_timeouts_total", "Connections closed for slowness.", http.timeouts);
    counter("b2a_stray_exceptions_total", "Exceptions that reached the session's barrier; each is a defect.",
            http.stray_exceptions);
    auto const store = shared.store->stats();
    counter("b2a_commits_total", "Change sets committed.", store.commits);
    counter("b2a_commit_batches_total", "Transactions that carried them.", store.batches);
    counter("b2a_commit_errors_total", "Transactions that failed.", store.commit_errors);
    gauge("b2a_writer_queue", "Change sets waiting for the writer.", store.queue_depth);
    gauge("b2a_wal_bytes", "Size of the write-ahead log.", store.wal_bytes);
    auto const outbox = shared.outbox->stats();
    counter("b2a_notices_delivered_total", "Order notices that the other side took.", outbox.delivered);
    counter("b2a_notice_attempts_failed_total", "Attempts to deliver that failed.", outbox.failed_attempts);
    counter("b2a_notices_dead_total", "Order notices given up on.", outbox.dead);
    auto const directory = shared.directory->stats();
    gauge("b2a_profiles_known", "Documents of other parties that are kept.", directory.documents);
    counter("b2a_profile_fetches_total", "Fetches of such documents.", directory.fetches);
    counter("b2a_profile_fetches_failed_total", "Of these, the ones that failed.", directory.failures);
    auto const& policy = shared.policy_counters;
    counter("b2a_policy_allowed_total", "Decisions: allow.", policy.allowed.load());
    counter("b2a_policy_denied_total", "Decisions: deny.", policy.denied.load());
    counter("b2a_policy_approvals_total", "Decisions: a human is asked.", policy.approvals.load());
    counter("b2a_policy_rate_limited_total", "Requests over an allowance.", policy.rate_limited.load());
    counter("b2a_policy_reloads_failed_total", "Rule files that were refused; the rules before them stay.",
            shared.policy_reloads_failed.load());
    auto const& snapshot = lane.catalog.snapshot();
    gauge("b2a_catalog_revision", "Revision that answers reads.", snapshot.revision());
    gauge("b2a_catalog_variants", "Sellable units in it.", snapshot.variant_count());
    gauge("b2a_audit_signed_size", "Entries under the newest checkpoint.", shared.keeper->checkpoint_size());
}

void audit_page(Lane& lane, web::Request const& request, web::Response& response) {
    auto const number = [&](std::string_view name, std::int64_t fallback) {
        auto const text = web::query_value(request.query, name);
        return text ? parse_int(*text).value_or(-1) : fallback;
    };
    auto const from = number("from", 0);
    auto const limit = number("limit", audit_page_default);
    if (from < 0 || limit < 1 || limit > audit_page_max)
        return web::render_problem(Error(Code::invalid_request, "from and limit (1 to 1000) are integers"), response);
    auto const entries = lane.reader->audit_entries(static_cast<std::uint64_t>(from), static_cast<std::size_t>(limit));
    if (!entries) return web::render_problem(entries.error(), response);
    response.content_type = web::json_type;
    json::Writer out(response.body);
    out.begin_object().key("entries").begin_array();
    for (auto const& entry : *entries)
        out.begin_object()
            .member("seq", entry.seq)
            .member("leaf", to_hex(entry.leaf))
            .member_raw("entry", entry.body)
            .end_object();
    out.end_array().end_object();
}

}  // namespace

Result<Digest> load_operator_token(Config const& config) {
    if (config.sandbox) return crypto::sha256(sandbox_admin_token);
    if (config.operator_token_file.empty()) return Digest{};
    B2A_TRY(content, read_file(config.operator_token_file));
    auto const token = trim(content);
    if (token.empty()) return Error(Code::invalid_request, config.operator_token_file + ": is empty");
    return crypto::sha256(token);
}

Result<void> check_operator(web::Request const& request, Digest const& token) {
    if (token == Digest{}) return {};
    auto const field = request.headers.find("Authorization");
    constexpr std::string_view scheme = "Bearer ";
    if (field && field->size() > scheme.size() && iequals(field->substr(0, scheme.size()), scheme) &&
        crypto::constant_time_equal(crypto::sha256(trim(field->substr(scheme.size()))), token))
        return {};
    return Error(Code::unauthenticated, "the operator API asks for its bearer token");
}

service::RequestContext operator_context(Shared& shared, web::Request const& request) {
    service::RequestContext context;
    context.now = shared.clock.now();
    context.id = RequestId::make(context.now, *shared.random);
    context.principal = {"operator", policy::TrustLevel::operator_, policy::Protocol::admin, "operator", true, {}};
    context.peer = request.peer;
    context.deadline = request.deadline;
    context.request_digest = crypto::sha256(request.body);
    return context;
}

void add_admin_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token,
                      std::function<http::Counters()> agent_counters) {
    router.add(web::Method::get, "/healthz", "admin.health",
               [](web::Request const&, web::Response& response) { health(response); });
    router.add(web::Method::get, "/readyz", "admin.ready",
               [&](web::Request const&, web::Response& response) { ready(shared, lane, response); });
    router.add(web::Method::get, "/metrics", "admin.metrics",
               [&, counters = std::move(agent_counters)](web::Request const&, web::Response& response) {
                   metrics(shared, lane, counters(), response);
               });
    router.add(web::Method::get, "/admin/v1/audit", "admin.audit",
               [&lane, operator_token](web::Request const& request, web::Response& response) {
                   if (auto const allowed = check_operator(request, operator_token); !allowed)
                       return web::render_problem(allowed.error(), response);
                   audit_page(lane, request, response);
               });
    router.fallback("/", [](web::Request const&, web::Response& response, int status) {
        web::render_problem(Error(status == 405 ? Code::method_not_allowed : Code::not_found), response);
    });
}

void add_transparency_routes(web::Router& router, Lane& lane) {
    router.add(web::Method::get, "/audit/checkpoint", "audit.checkpoint",
               [&lane](web::Request const&, web::Response& response) {
                   auto const note = lane.reader->last_checkpoint();
                   if (!note) return web::render_problem(note.error(), response);
                   if (!*note) return web::render_problem(Error(Code::not_found, "nothing is signed yet"), response);
                   response.content_type = web::text_type;
                   response.body = **note;
               });
}

}  // namespace b2a::app
