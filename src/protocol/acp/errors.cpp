// SPDX-License-Identifier: Apache-2.0
#include "protocol/acp/errors.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/reply.hpp"

#include "version.hpp"

namespace b2a::protocol::acp {
namespace {

constexpr std::string_view invalid = "invalid_request";
constexpr std::string_view processing = "processing_error";
constexpr std::string_view unavailable = "service_unavailable";

struct Projection {
    int status;
    std::string_view type;
    std::string_view code;
};

Projection project(Code code) noexcept {
    switch (code) {
        case Code::invalid_request: return {400, invalid, "invalid_request"};
        case Code::unauthenticated: return {401, invalid, "unauthorized"};
        case Code::forbidden: return {403, invalid, "forbidden"};
        case Code::policy_denied: return {403, invalid, "policy_denied"};
        case Code::needs_approval: return {403, invalid, "approval_required"};
        case Code::not_found: return {404, invalid, "not_found"};
        case Code::method_not_allowed: return {405, invalid, "method_not_allowed"};
        case Code::not_acceptable: return {406, invalid, "not_acceptable"};
        case Code::conflict: return {409, invalid, "conflict"};
        case Code::idempotency_conflict: return {422, invalid, "idempotency_conflict"};
        case Code::out_of_stock: return {422, invalid, "out_of_stock"};
        case Code::unprocessable: return {422, invalid, "unprocessable"};
        case Code::selection_rejected: return {400, invalid, "invalid_selection"};
        case Code::payload_too_large: return {413, invalid, "request_too_large"};
        case Code::headers_too_large: return {431, invalid, "headers_too_large"};
        case Code::unsupported_media: return {415, invalid, "unsupported_media_type"};
        case Code::unsupported_version: return {400, invalid, "unsupported_api_version"};
        case Code::rate_limited: return {429, unavailable, "rate_limited"};
        case Code::allowance_exceeded: return {403, invalid, "allowance_exceeded"};
        case Code::suspended: return {503, unavailable, "suspended"};
        case Code::overloaded: return {503, unavailable, "overloaded"};
        case Code::deadline_exceeded: return {503, unavailable, "deadline_exceeded"};
        case Code::upstream_failed: return {502, processing, "upstream_failed"};
        case Code::store_unavailable: return {503, unavailable, "store_unavailable"};
        case Code::not_implemented: return {501, processing, "not_implemented"};
        case Code::internal: return {500, processing, "internal_error"};
    }
    return {500, processing, "internal_error"};
}

/// The object is closed, so what a refused caller may do about it goes into the text.
std::string message_of(Error const& error, std::string_view code) {
    auto out = error.detail.empty() ? std::string(code) : error.detail;
    if (!error.decision_id.empty()) out += " (decision " + error.decision_id + ")";
    return out;
}

void write_flat(Projection const& projection, std::string_view code, std::string_view message, std::string_view param,
                web::Response& response) {
    response.body.clear();
    json::Writer json(response.body);
    json.begin_object().member("type", projection.type).member("code", code).member("message", message);
    json.member_if("param", param);
    if (code == "missing_api_version" || code == "unsupported_api_version")
        json.key("supported_versions").begin_array().value(version).end_array();
    json.end_object();
    response.status = projection.status;
    response.content_type = web::json_type;
}

bool is_name(std::string_view text) {
    auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    auto const digit = [](char c) { return c >= '0' && c <= '9'; };
    return !text.empty() && letter(text.front()) &&
           std::ranges::all_of(text, [&](char c) { return letter(c) || digit(c); });
}

/// A name selector in brackets (RFC 9535, 2.3.1), for what a client made up.
std::string quoted(std::string_view name) {
    constexpr std::size_t bytes_max = 64;
    std::string out = "['";
    for (auto const c : name.substr(0, bytes_max))
        if (c != '\'' && c != '\\' && c >= 0x20 && c < 0x7f) out += c;
    return out + "']";
}

}  // namespace

std::string param_of(std::string_view pointer) {
    if (pointer.starts_with('$')) return std::string(pointer);
    if (!pointer.starts_with('/')) return {};
    std::string out = "$";
    for (auto const part : split(pointer.substr(1), '/')) {
        if (parse_int<std::uint32_t>(part)) out += "[" + std::string(part) + "]";
        else if (is_name(part)) out += "." + std::string(part);
        else out += quoted(part);
    }
    return out;
}

void render_error(Error const& error, web::Response& response) {
    auto const projection = project(error.code);
    auto const code = error.reason.empty() ? projection.code : std::string_view(error.reason);
    // What is not there is not named: an unknown id and somebody else's get the same answer.
    auto const param = error.code == Code::not_found ? std::string() : param_of(error.pointer);
    write_flat(projection, code, message_of(error, code), param, response);
    add_error_fields(error, response);
    bool const busy = projection.status == 503 || projection.status == 429;
    if (busy && !error.retry_after) response.header("Retry-After", "1");
}

void render_miss(int status, web::Response& response) {
    if (status == 405)
        return write_flat(project(Code::method_not_allowed), "method_not_allowed", "see the Allow field", {}, response);
    write_flat(project(Code::not_found), "not_found", "no such operation; see /.well-known/acp.json", {}, response);
}

Error missing_version() {
    Error error(Code::invalid_request, "send API-Version: " + std::string(version));
    error.reason = "missing_api_version";
    return error;
}

Error unsupported_version() {
    return Error(Code::unsupported_version, "this API version is not served; " + std::string(version) + " is");
}

Error missing_key() {
    Error error(Code::invalid_request, "send an Idempotency-Key, so that a repeated request has one effect");
    error.reason = "idempotency_key_required";
    return error;
}

}  // namespace b2a::protocol::acp
