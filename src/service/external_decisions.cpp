// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/external_decisions.hpp"

#include "b2a/json/view.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::service {
namespace {

constexpr int failures_max = 5;
constexpr std::chrono::seconds closed_for{5};
constexpr std::size_t answer_bytes_max = 16 * 1024;

void write_texts(json::Writer& json, std::string_view name, std::optional<std::vector<std::string>> const& texts) {
    if (!texts) return;
    json.key(name).begin_array();
    for (auto const& text : *texts) json.value(text);
    json.end_array();
}

void write_resource(json::Writer& json, policy::Facts const& facts) {
    auto const action = policy::to_text(facts.action);
    json.begin_object().member("type", action.substr(0, action.find('.'))).member("id", "current");
    json.key("properties").begin_object();
    if (facts.total) json.member("total", facts.total->minor).member("currency", facts.total->currency.code());
    if (facts.item_count) json.member("item_count", *facts.item_count);
    if (facts.quantity_max) json.member("quantity_max", *facts.quantity_max);
    if (facts.country) json.member("country", *facts.country);
    if (facts.payment_handler) json.member("payment_handler", *facts.payment_handler);
    write_texts(json, "tags", facts.tags);
    write_texts(json, "categories", facts.categories);
    json.end_object().end_object();
}

void write_evaluation(json::Writer& json, policy::Facts const& facts) {
    auto const& agent = *facts.principal;
    json.begin_object().key("subject").begin_object().member("type", "agent").member("id", agent.id);
    json.key("properties").begin_object().member("trust_level", static_cast<std::int64_t>(agent.trust));
    json.member_if("class", agent.agent_class).member("registered", agent.registered).end_object().end_object();
    json.key("action").begin_object().member("name", policy::to_text(facts.action)).end_object().key("resource");
    write_resource(json, facts);
    json.key("context").begin_object().member("time", to_rfc3339(facts.now));
    json.member("transport", policy::to_text(agent.protocol));
    if (facts.mandate_verified) json.member("mandate_verified", *facts.mandate_verified);
    json.end_object().end_object();
}

bool has_obligations(json::View answer) {
    auto const context = answer.get("context");
    auto const obligations = context ? context->get("obligations") : std::nullopt;
    return obligations && obligations->size() > 0;
}

}  // namespace

std::string decision_question(policy::Facts const& facts, ExternalDecisions::Dialect dialect) {
    std::string out;
    json::Writer json(out);
    if (dialect == ExternalDecisions::Dialect::opa) json.begin_object().key("input");
    write_evaluation(json, facts);
    if (dialect == ExternalDecisions::Dialect::opa) json.end_object();
    return out;
}

std::optional<bool> decision_answer(std::string_view body, ExternalDecisions::Dialect dialect) {
    json::Document document;
    auto const root = document.parse(body);
    if (!root || !root->is(json::Kind::object)) return std::nullopt;
    if (dialect == ExternalDecisions::Dialect::authzen) {
        auto const decision = root->get("decision");
        auto const permits = decision ? decision->as_bool() : std::nullopt;
        if (permits == true && has_obligations(*root)) return false;
        return permits;
    }
    auto const result = root->get("result");
    if (!result) return false;
    if (auto const permits = result->as_bool()) return permits;
    auto const allow = result->get("allow");
    return allow && allow->as_bool() == true;
}

bool ExternalDecisions::is_open(Timestamp now) noexcept {
    auto until = closed_until_.load(std::memory_order_relaxed);
    if (failures_.load(std::memory_order_relaxed) < failures_max) return true;
    if (to_micros(now) < until) return false;
    // One caller goes first to see whether it is back; the others wait for what comes of it.
    return closed_until_.compare_exchange_strong(until, to_micros(now + closed_for), std::memory_order_relaxed);
}

void ExternalDecisions::note(bool success, Timestamp now) noexcept {
    if (success) {
        failures_.store(0, std::memory_order_relaxed);
        return;
    }
    failed_.fetch_add(1, std::memory_order_relaxed);
    if (failures_.fetch_add(1, std::memory_order_relaxed) + 1 >= failures_max)
        closed_until_.store(to_micros(now + closed_for), std::memory_order_relaxed);
}

boost::asio::awaitable<bool> ExternalDecisions::permits(policy::Facts const& facts) {
    auto const now = clock_.now();
    if (!is_open(now)) {
        skipped_.fetch_add(1, std::memory_order_relaxed);
        co_return options_.permit_on_error;
    }
    asked_.fetch_add(1, std::memory_order_relaxed);
    web::OutboundRequest request;
    request.method = web::Method::post;
    request.url = options_.url;
    request.headers.emplace_back("Content-Type", web::json_type);
    request.headers.emplace_back("Accept", web::json_type);
    request.body = decision_question(facts, options_.dialect);
    request.reply_bytes_max = answer_bytes_max;
    request.timeout = options_.timeout;
    auto const reply = co_await outbound_.send(std::move(request));
    auto const answer = reply && reply->status == 200 ? decision_answer(reply->body, options_.dialect) : std::nullopt;
    note(answer.has_value(), clock_.now());
    co_return answer.value_or(options_.permit_on_error);
}

ExternalDecisions::Stats ExternalDecisions::stats() const noexcept {
    return {asked_.load(std::memory_order_relaxed), failed_.load(std::memory_order_relaxed),
            skipped_.load(std::memory_order_relaxed)};
}

}  // namespace b2a::service
