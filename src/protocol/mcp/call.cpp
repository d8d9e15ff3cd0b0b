// SPDX-License-Identifier: Apache-2.0
#include "protocol/mcp/call.hpp"

#include "b2a/base/assert.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/reply.hpp"
#include "b2a/web/problem.hpp"

#include "access.hpp"

namespace b2a::protocol::mcp {
namespace {

/// The members that every result has since 2026-07-28.
std::string modern_members(Site const& site, std::string_view type, std::optional<Caching> caching) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("resultType", type);
    if (caching) {
        json.member("ttlMs", caching->ttl_ms);
        json.member("cacheScope", caching->scope == Caching::Scope::everyone ? "public" : "private");
    }
    json.key("_meta").begin_object().key("io.modelcontextprotocol/serverInfo").begin_object();
    json.member("name", "b2a").member("title", site.title).member("version", site.software_version);
    json.end_object().end_object().end_object();
    return out;
}

}  // namespace

Call::Call(Parts parts, Message message, Terms terms) :
    parts_(parts), message_(std::move(message)), terms_(std::move(terms)) {}

std::optional<std::string_view> Call::text(std::string_view key) const {
    auto const value = message_.params.get(key);
    return value ? value->as_string() : std::nullopt;
}

void Call::write_result(std::string_view type, std::string_view object, std::optional<Caching> caching) {
    B2A_ASSERT(object.size() >= 2 && object.front() == '{' && object.back() == '}');
    parts_.response.status = 200;
    well_ = true;
    if (!modern()) {
        answer_ = result_message(message_.id, object);
        return;
    }
    auto whole = modern_members(parts_.site, type, caching);
    whole.pop_back();
    if (object.size() > 2) whole += ',';
    whole += object.substr(1);
    answer_ = result_message(message_.id, whole);
}

void Call::result(std::string_view object, std::optional<Caching> caching) {
    write_result("complete", object, caching);
}

void Call::input_required(std::string_view object) {
    B2A_ASSERT(modern());
    write_result("input_required", object, std::nullopt);
}

void Call::refuse(Refusal const& refusal) {
    parts_.response.status = refusal.status;
    well_ = false;
    answer_ = error_message(message_.id, refusal);
}

/// The HTTP status stays with refusals that HTTP has something to say about: whom to prove to be, when to come again.
void Call::refuse(Error const& error) {
    auto const status = web::http_status(error.code);
    std::string data;
    json::Writer json(data);
    json.begin_object().member("code", to_text(error.code));
    json.member_if("pointer", error.pointer);
    json.member_if("reason", error.reason);
    json.member_if("decision_id", error.decision_id);
    json.end_object();
    auto const code = status >= 500 ? internal_error : invalid_params;
    auto const detail = error.detail.empty() ? std::string("the request was refused") : error.detail;
    refuse({status == 400 || status == 404 || status == 422 ? 200 : status, code, detail, std::move(data)});
    add_error_fields(error, parts_.response);
}

boost::asio::awaitable<bool> Call::tell(std::string message) {
    auto& events = parts_.events;
    if (!events.is_open()) {
        if (!terms_.takes_events || events.ending()) co_return false;
        web::Response head;
        head.content_type = web::event_stream_type;
        head.header("Cache-Control", "no-store");
        head.header("X-Accel-Buffering", "no");
        share_with_page(parts_.request, head);
        auto const opened = co_await events.open(head);
        if (!opened) co_return false;
    }
    auto event = web::event_text(message);
    auto const heard = co_await events.send(std::move(event));
    co_return heard;
}

boost::asio::awaitable<void> Call::finish() {
    auto& response = parts_.response;
    if (parts_.events.is_open()) {
        response.body.clear();
        auto event = web::event_text(answer_);
        co_await parts_.events.send(std::move(event));
        co_return;
    }
    response.body = std::move(answer_);
    response.content_type = web::json_type;
}

}  // namespace b2a::protocol::mcp
