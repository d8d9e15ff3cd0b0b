// SPDX-License-Identifier: Apache-2.0
#include "app/oversight_json.hpp"

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"

namespace b2a::app {
namespace {

void write_texts(json::Writer& out, std::string_view name, std::vector<std::string> const& texts) {
    out.key(name).begin_array();
    for (auto const& text : texts) out.value(text);
    out.end_array();
}

void write_revenue(json::Writer& out, std::string_view name, policy::Revenue const& revenue) {
    out.key(name).begin_object();
    for (auto const& [currency, minor] : revenue) out.member(currency, minor);
    out.end_object();
}

void write_counts(json::Writer& out, std::string_view name, std::map<std::string, std::uint64_t> const& counts) {
    out.key(name).begin_object();
    for (auto const& [key, count] : counts) out.member(key, count);
    out.end_object();
}

void write_finding(json::Writer& out, policy::Finding const& finding) {
    out.begin_object().member("rule", finding.rule).member("effect", finding.effect).member("mode", finding.mode);
    out.member("matched", finding.matched).key("conditions").begin_array();
    for (auto const& one : finding.conditions)
        out.begin_object()
            .member("block", one.block)
            .member("condition", one.condition)
            .member("holds", one.truth)
            .end_object();
    out.end_array().end_object();
}

}  // namespace

void write(json::Writer& out, policy::Stop const& stop, Timestamp now) {
    out.begin_object().member("id", stop.id).member("in_force", policy::is_in_force(stop, now));
    out.member("created", to_rfc3339(stop.created)).member("author", stop.author);
    if (stop.expires) out.member("expires", to_rfc3339(*stop.expires));
    out.member("reason", stop.reason).member_raw("scope", policy::to_json(stop.scope)).end_object();
}

void write(json::Writer& out, policy::Approval const& approval) {
    out.begin_object().member("checkout", approval.checkout).member("state", policy::to_text(approval.state));
    out.member("agent", approval.agent).key("total").begin_object().member("amount", approval.total.minor);
    out.member("currency", approval.total.currency.code()).end_object();
    out.member("item_count", approval.item_count);
    write_texts(out, "reasons", approval.codes);
    out.member("decision_id", approval.decision).member("asked", to_rfc3339(approval.asked));
    out.member("expires", to_rfc3339(approval.expires)).member_if("decided_by", approval.decided_by);
    if (approval.decided != Timestamp{}) out.member("decided", to_rfc3339(approval.decided));
    out.member_if("note", approval.note).end_object();
}

void write(json::Writer& out, policy::StopPreview const& preview) {
    out.begin_object().member("requests", preview.requests).member("agents", std::uint64_t{preview.agents.size()});
    out.member("orders", preview.orders);
    write_revenue(out, "revenue", preview.revenue);
    out.end_object();
}

void write(json::Writer& out, policy::ReplayReport const& report) {
    out.begin_object().member("decisions", report.decisions).member("unchanged", report.unchanged);
    out.member("refused", report.refused).member("permitted", report.permitted);
    write_revenue(out, "revenue_at_stake", report.at_stake);
    write_counts(out, "refused_by_agent", report.refused_by_agent);
    write_counts(out, "refused_by_rule", report.refused_by_rule);
    out.key("changes").begin_array();
    for (auto const& change : report.changes) {
        out.begin_object().member("seq", change.seq).member("decision_id", change.decision_id);
        out.member("agent", change.agent).member("action", change.action).member_if("subject", change.subject);
        out.member("was", policy::to_text(change.was)).member("would", policy::to_text(change.would));
        write_texts(out, "reasons", change.codes);
        out.end_object();
    }
    out.end_array().end_object();
}

void write(json::Writer& out, policy::Difference const& difference) {
    out.begin_object();
    write_texts(out, "added", difference.added);
    write_texts(out, "removed", difference.removed);
    write_texts(out, "changed", difference.changed);
    out.key("tests").begin_array();
    for (auto const& one : difference.cases)
        out.begin_object()
            .member("name", one.name)
            .member("was", policy::to_text(one.was))
            .member("would", policy::to_text(one.would))
            .end_object();
    out.end_array().end_object();
}

void write_explanation(json::Writer& out, policy::RuleSet const& rules, policy::Facts const& facts) {
    auto const decision = rules.evaluate(facts);
    out.begin_object().member("decision", policy::to_text(decision.outcome));
    out.member("ruleset", to_hex(decision.ruleset)).key("reasons").begin_array();
    for (auto const& reason : decision.reasons)
        out.begin_object()
            .member("rule", reason.rule)
            .member("code", reason.code)
            .member("message", reason.message)
            .member("remedy", policy::to_text(reason.remedy))
            .end_object();
    out.end_array();
    write_texts(out, "obligations", decision.obligations);
    write_texts(out, "shadow", decision.shadow);
    out.key("limits").begin_array();
    rules.for_each_limit(facts, [&](std::size_t, policy::RateLimit const& limit) { out.value(limit.id); });
    for (auto const& draw : rules.draws(facts, {})) out.value(draw.reason.rule);
    out.end_array().key("rules").begin_array();
    for (auto const& finding : rules.explain(facts)) write_finding(out, finding);
    out.end_array().end_object();
}

std::optional<std::chrono::seconds> parse_span(std::string_view text) noexcept {
    constexpr std::int64_t most = 366 * 86'400;
    if (text.empty()) return std::nullopt;
    auto const unit = text.back();
    auto const scale = unit == 's' ? 1 : unit == 'm' ? 60 : unit == 'h' ? 3600 : unit == 'd' ? 86'400 : 0;
    auto const count = parse_int<std::int32_t>(text.substr(0, text.size() - 1));
    if (scale == 0 || !count || *count < 1 || std::int64_t{*count} * scale > most) return std::nullopt;
    return std::chrono::seconds(std::int64_t{*count} * scale);
}

}  // namespace b2a::app
