// SPDX-License-Identifier: Apache-2.0
#include "app/admin_routes.hpp"

#include <algorithm>
#include <chrono>

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/disclosures.hpp"
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

/// Prometheus text, a figure at a time.
struct MetricsPage {
    std::string& out;
    void counter(std::string_view name, std::string_view help, std::uint64_t value) const {
        render_metric(out, name, "counter", help, value);
    }
    void gauge(std::string_view name, std::string_view help, std::uint64_t value) const {
        render_metric(out, name, "gauge", help, value);
    }
};

void write_traffic(MetricsPage const& page, http::Counters const& http) {
    page.gauge("b2a_connections_open", "Connections of agents open now.", http.connections_open);
    page.gauge("b2a_event_streams_open", "Answers to agents that are being written in pieces.", http.streams_open);
    page.counter("b2a_connections_total", "Connections of agents accepted.", http.connections_total);
    page.counter("b2a_connections_refused_total", "Connections refused at the limit.", http.connections_refused);
    page.counter("b2a_timeouts_total", "Connections closed for slowness.", http.timeouts);
    page.counter("b2a_stray_exceptions_total", "Exceptions that reached the session's barrier; each is a defect.",
                 http.stray_exceptions);
}

void write_store(MetricsPage const& page, Shared const& shared) {
    auto const store = shared.store->stats();
    page.counter("b2a_commits_total", "Change sets committed.", store.commits);
    page.counter("b2a_commit_batches_total", "Transactions that carried them.", store.batches);
    page.counter("b2a_commit_errors_total", "Transactions that failed.", store.commit_errors);
    page.gauge("b2a_writer_queue", "Change sets waiting for the writer.", store.queue_depth);
    page.gauge("b2a_wal_bytes", "Size of the write-ahead log.", store.wal_bytes);
}

void write_parties(MetricsPage const& page, Shared const& shared) {
    auto const outbox = shared.outbox->stats();
    page.counter("b2a_notices_delivered_total", "Order notices that the other side took.", outbox.delivered);
    page.counter("b2a_notice_attempts_failed_total", "Attempts to deliver that failed.", outbox.failed_attempts);
    page.counter("b2a_notices_dead_total", "Order notices given up on.", outbox.dead);
    auto const directory = shared.directory->stats();
    page.gauge("b2a_profiles_known", "Documents of other parties that are kept.", directory.documents);
    page.counter("b2a_profile_fetches_total", "Fetches of such documents.", directory.fetches);
    page.counter("b2a_profile_fetches_failed_total", "Of these, the ones that failed.", directory.failures);
    page.gauge("b2a_agents_registered", "Agents that the brand knows.", shared.agents.current()->size());
    page.gauge("b2a_signatures_remembered", "Signatures that are not taken again.", shared.used_signatures->size());
    page.counter("b2a_signatures_replayed_total", "Signatures refused because they had been used.",
                 shared.used_signatures->refused());
}

void write_policy(MetricsPage const& page, Shared const& shared) {
    auto const& policy = shared.policy_counters;
    page.counter("b2a_policy_allowed_total", "Decisions: allow.", policy.allowed.load());
    page.counter("b2a_policy_denied_total", "Decisions: deny.", policy.denied.load());
    page.counter("b2a_policy_approvals_total", "Decisions: a human is asked.", policy.approvals.load());
    page.counter("b2a_policy_rate_limited_total", "Requests over an allowance.", policy.rate_limited.load());
    page.counter("b2a_policy_stopped_total", "Requests that a stop turned away.", policy.stopped.load());
    page.counter("b2a_policy_shadow_same_total", "Decisions that the shadow rules agree with.",
                 policy.shadow_same.load());
    page.counter("b2a_policy_shadow_stricter_total", "Allowed requests that they would not let through.",
                 policy.shadow_stricter.load());
    page.counter("b2a_policy_shadow_wider_total", "Other requests that they would decide otherwise.",
                 policy.shadow_wider.load());
    page.counter("b2a_evidence_failed_total", "Refused reads whose entry could not be written.",
                 policy.evidence_failed.load());
    if (shared.decision_point) {
        auto const external = shared.decision_point->stats();
        page.counter("b2a_decision_point_asked_total", "Questions to the external decision point.", external.asked);
        page.counter("b2a_decision_point_failed_total", "Of these, without an answer that counts.", external.failed);
        page.counter("b2a_decision_point_skipped_total", "Not asked, because it failed too often.", external.skipped);
    }
    page.counter("b2a_policy_reloads_failed_total", "Rule files that were refused; the rules before them stay.",
                 shared.policy_reloads_failed.load());
}

void write_answers(MetricsPage const& page, Shared const& shared, Lane& lane) {
    auto const& snapshot = lane.catalog.snapshot();
    page.counter("b2a_undisclosed_answers_total",
                 "Answers not sent because a disclosure was missing; each is a defect.",
                 protocol::undisclosed_answers().load());
    page.gauge("b2a_catalog_revision", "Revision that answers reads.", snapshot.revision());
    page.gauge("b2a_catalog_variants", "Sellable units in it.", snapshot.variant_count());
    page.counter("b2a_audit_write_errors_total", "Transactions that failed and with them their evidence.",
                 shared.store->stats().commit_errors);
    auto const age = shared.clock.now() - shared.keeper->checkpoint_time();
    page.gauge(
        "b2a_audit_checkpoint_age_seconds", "Since a checkpoint last covered the whole log.",
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(age).count())));
    if (auto const head = lane.reader->audit_head())
        page.counter("b2a_audit_entries_total", "Entries of the audit log.", head->size);
    page.gauge("b2a_audit_signed_size", "Entries under the newest checkpoint.", shared.keeper->checkpoint_size());
}

void metrics(Shared& shared, Lane& lane, http::Counters const& http, web::Response& response) {
    response.content_type = metrics_type;
    shared.metrics.render(response.body);
    MetricsPage const page{response.body};
    write_traffic(page, http);
    write_store(page, shared);
    write_parties(page, shared);
    write_policy(page, shared);
    write_answers(page, shared, lane);
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
    context.principal.id = "operator";
    context.principal.trust = policy::TrustLevel::operator_;
    context.principal.protocol = policy::Protocol::admin;
    context.principal.agent_class = "operator";
    context.principal.registered = true;
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

}  // namespace b2a::app
