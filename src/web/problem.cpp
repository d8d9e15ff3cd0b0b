// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/problem.hpp"

#include <string>
#include <string_view>

#include "b2a/base/encoding.hpp"

namespace b2a::web {
namespace {

std::string_view title(Code code) noexcept {
    switch (code) {
        case Code::invalid_request: return "The request is malformed";
        case Code::unauthenticated: return "Credentials are missing or unusable";
        case Code::forbidden: return "The caller may not do this";
        case Code::policy_denied: return "A policy refused the request";
        case Code::needs_approval: return "A person has to approve the request first";
        case Code::not_found: return "There is no such resource";
        case Code::method_not_allowed: return "The resource does not support this method";
        case Code::not_acceptable: return "No acceptable representation";
        case Code::conflict: return "The resource has changed meanwhile";
        case Code::idempotency_conflict: return "The idempotency key belongs to another request";
        case Code::out_of_stock: return "Not enough stock";
        case Code::unprocessable: return "A business rule is not met";
        case Code::selection_rejected: return "The choice is not on offer";
        case Code::payload_too_large: return "The body is too large";
        case Code::headers_too_large: return "The header is too large";
        case Code::unsupported_media: return "The media type is not supported";
        case Code::unsupported_version: return "The protocol version is not supported";
        case Code::rate_limited: return "Too many requests";
        case Code::allowance_exceeded: return "Allowance used up";
        case Code::suspended: return "Suspended";
        case Code::overloaded: return "The server is overloaded";
        case Code::deadline_exceeded: return "The request took too long";
        case Code::upstream_failed: return "An upstream service failed";
        case Code::store_unavailable: return "The store is unavailable";
        case Code::not_implemented: return "Not implemented";
        case Code::internal: return "Internal error";
    }
    return "Internal error";
}

/// JSON string escapes. This floor has no JSON module; text that is not UTF-8 loses its foreign bytes.
void append_text(std::string& out, std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    bool const utf8 = is_utf8(text);
    for (auto const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < 0x20) {
            out += "\\u00";
            out.push_back(digits[byte >> 4U]);
            out.push_back(digits[byte & 15U]);
        } else {
            out.push_back(byte >= 0x80 && !utf8 ? '?' : c);
        }
    }
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
    out += ",\"";
    out += name;
    out += "\":\"";
    append_text(out, value);
    out.push_back('"');
}

}  // namespace

int http_status(Code code) noexcept {
    switch (code) {
        case Code::invalid_request: return 400;
        case Code::unauthenticated: return 401;
        case Code::forbidden: return 403;
        case Code::policy_denied: return 403;
        case Code::needs_approval: return 403;
        case Code::not_found: return 404;
        case Code::method_not_allowed: return 405;
        case Code::not_acceptable: return 406;
        case Code::conflict: return 409;
        case Code::idempotency_conflict: return 409;
        case Code::out_of_stock: return 409;
        case Code::unprocessable: return 422;
        case Code::selection_rejected: return 422;
        case Code::payload_too_large: return 413;
        case Code::headers_too_large: return 431;
        case Code::unsupported_media: return 415;
        case Code::unsupported_version: return 400;
        case Code::rate_limited: return 429;
        case Code::allowance_exceeded: return 403;
        case Code::suspended: return 503;
        case Code::overloaded: return 503;
        case Code::deadline_exceeded: return 504;
        case Code::upstream_failed: return 502;
        case Code::store_unavailable: return 503;
        case Code::not_implemented: return 501;
        case Code::internal: return 500;
    }
    return 500;
}

void render_problem(Error const& error, Response& response) {
    render_problem(error, http_status(error.code), response);
}

void render_problem(Error const& error, int status, Response& response) {
    auto const code = to_text(error.code);
    auto& body = response.body;
    body = "{\"type\":\"urn:b2a:error:";
    body += code;
    body.push_back('"');
    append_member(body, "title", title(error.code));
    body += ",\"status\":";
    body += std::to_string(status);
    if (!error.detail.empty()) append_member(body, "detail", error.detail);
    append_member(body, "code", code);
    if (!error.pointer.empty()) append_member(body, "pointer", error.pointer);
    if (!error.reason.empty()) append_member(body, "reason", error.reason);
    if (!error.remedy.empty()) append_member(body, "remedy", error.remedy);
    if (!error.decision_id.empty()) append_member(body, "decision_id", error.decision_id);
    body.push_back('}');
    response.status = status;
    response.content_type = problem_type;
    response.error_code = code;
    if (error.retry_after) response.header("Retry-After", std::to_string(error.retry_after->count()));
}

}  // namespace b2a::web
