// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/errors.hpp"

#include "b2a/json/writer.hpp"
#include "b2a/protocol/reply.hpp"

namespace b2a::protocol::ucp {
namespace {

/// status 200 stands for an error_response; `severity` is used by it only.
struct Projection {
    int status;
    std::string_view code;
    std::string_view severity = {};
};

Projection project(Code code) noexcept {
    switch (code) {
        case Code::invalid_request: return {400, "invalid_request"};
        case Code::unauthenticated: return {401, "unauthenticated"};
        case Code::forbidden: return {403, "forbidden"};
        case Code::policy_denied: return {403, "policy_denied"};
        case Code::needs_approval: return {403, "needs_approval"};
        case Code::not_found: return {200, "not_found", "unrecoverable"};
        case Code::method_not_allowed: return {405, "method_not_allowed"};
        case Code::not_acceptable: return {406, "not_acceptable"};
        case Code::conflict: return {409, "conflict"};
        case Code::idempotency_conflict: return {409, "idempotency_conflict"};
        case Code::out_of_stock: return {200, "out_of_stock", "recoverable"};
        case Code::unprocessable: return {400, "unprocessable"};
        case Code::selection_rejected: return {200, "invalid_selection", "recoverable"};
        case Code::payload_too_large: return {400, "request_too_large"};
        case Code::headers_too_large: return {431, "headers_too_large"};
        case Code::unsupported_media: return {415, "unsupported_media_type"};
        case Code::unsupported_version: return {422, "version_unsupported"};
        case Code::rate_limited: return {429, "rate_limited"};
        case Code::allowance_exceeded: return {403, "allowance_exceeded"};
        case Code::suspended: return {503, "suspended"};
        case Code::overloaded: return {503, "overloaded"};
        case Code::deadline_exceeded: return {503, "deadline_exceeded"};
        case Code::upstream_failed: return {502, "upstream_failed"};
        case Code::store_unavailable: return {503, "store_unavailable"};
        case Code::not_implemented: return {501, "not_implemented"};
        case Code::internal: return {500, "internal_error"};
    }
    return {500, "internal_error"};
}

/// A profile problem has a code of its own; a policy refusal speaks with the rule's reason.
std::string_view flat_code(Error const& error, Projection const& projection) noexcept {
    if (error.code == Code::invalid_request && error.pointer == "UCP-Agent") return "invalid_profile_url";
    return error.reason.empty() ? projection.code : std::string_view(error.reason);
}

std::string content_of(Error const& error, std::string_view code) {
    auto out = error.detail.empty() ? std::string(code) : error.detail;
    // What is not there is not named either: an unknown id and somebody else's get the same answer.
    bool const point = error.code != Code::not_found && !error.pointer.empty();
    if (point && out.find(error.pointer) == std::string::npos) out += " (" + error.pointer + ')';
    return out;
}

void render_outcome(Error const& error, Projection const& projection, std::string_view envelope,
                    web::Response& response) {
    // A refused selection may say more precisely what is wrong with it, and its pointer is a JSONPath already.
    bool const selection = error.code == Code::selection_rejected;
    auto const code = selection && !error.reason.empty() ? std::string_view(error.reason) : projection.code;
    json::Writer json(response.body);
    json.begin_object().member_raw("ucp", envelope).key("messages").begin_array().begin_object();
    json.member("type", "error").member("code", code);
    if (selection) json.member_if("path", error.pointer);
    json.member("content", selection ? error.detail : content_of(error, code));
    json.member("severity", projection.severity);
    json.end_object().end_array().end_object();
}

}  // namespace

void render_flat(int status, std::string_view code, std::string_view content, web::Response& response) {
    response.body.clear();
    json::Writer json(response.body);
    json.begin_object().member("code", code).member("content", content).end_object();
    response.status = status;
    response.content_type = web::json_type;
}

void render_unavailable(Error const& error, std::string_view envelope, web::Response& response) {
    response.body.clear();
    response.status = 200;
    response.content_type = web::json_type;
    render_outcome(error, {200, "item_unavailable", "unrecoverable"}, envelope, response);
    add_error_fields(error, response);
}

void render_error(Error const& error, std::string_view envelope, web::Response& response) {
    auto const projection = project(error.code);
    response.body.clear();
    response.status = projection.status;
    response.content_type = web::json_type;
    if (projection.status == 200) {
        render_outcome(error, projection, envelope, response);
    } else {
        auto const code = flat_code(error, projection);
        json::Writer json(response.body);
        json.begin_object().member("code", code).member("content", content_of(error, code));
        json.member_if("remedy", error.remedy).member_if("decision_id", error.decision_id).end_object();
    }
    add_error_fields(error, response);
    bool const busy = projection.status == 503 || projection.status == 429;
    if (busy && !error.retry_after) response.header("Retry-After", "1");
}

}  // namespace b2a::protocol::ucp
