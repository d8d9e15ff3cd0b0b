// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/refusal.hpp"

#include "b2a/json/writer.hpp"

#include "errors.hpp"

namespace b2a::protocol::ucp {
namespace {

struct Row {
    int status;
    std::string_view code;
};

Row row_of(Refused reason) noexcept {
    switch (reason) {
        case Refused::invalid_profile_url: return {400, "invalid_profile_url"};
        case Refused::profile_unreachable: return {424, "profile_unreachable"};
        case Refused::profile_malformed: return {422, "profile_malformed"};
        case Refused::profile_not_trusted: return {403, "profile_not_trusted"};
        case Refused::version_unsupported: return {422, "version_unsupported"};
        case Refused::capabilities_incompatible: return {200, "capabilities_incompatible"};
        case Refused::signature_missing: return {401, "signature_missing"};
        case Refused::signature_invalid: return {401, "signature_invalid"};
        case Refused::signature_replayed: return {401, "signature_replayed"};
        case Refused::key_not_found: return {401, "key_not_found"};
        case Refused::digest_mismatch: return {400, "digest_mismatch"};
        case Refused::algorithm_unsupported: return {400, "algorithm_unsupported"};
        case Refused::unauthenticated: return {401, "unauthenticated"};
        case Refused::idempotency_key_invalid: return {400, "invalid_request"};
        case Refused::overloaded: return {503, "overloaded"};
    }
    return {500, "internal_error"};
}

bool is_negotiation(std::string_view code) noexcept {
    return code == "invalid_profile_url" || code == "profile_unreachable" || code == "profile_malformed" ||
           code == "profile_not_trusted" || code == "version_unsupported";
}

}  // namespace

int http_status(Refused reason) noexcept {
    return row_of(reason).status;
}

std::string_view code_of(Refused reason) noexcept {
    return row_of(reason).code;
}

int rpc_code(int http_status, std::string_view code) noexcept {
    if (is_negotiation(code)) return -32001;
    if (code == "digest_mismatch" || code == "algorithm_unsupported") return -32600;
    if (http_status >= 500 && http_status != 503) return -32603;
    if (http_status == 400 || http_status == 413 || http_status == 415 || http_status == 422) return -32602;
    return -32000;
}

void render_refusal(Refusal const& refusal, std::string_view fallback_envelope, web::Response& response) {
    auto const [status, code] = row_of(refusal.reason);
    response.error_code = code;
    if (refusal.reason != Refused::capabilities_incompatible) {
        render_flat(status, code, refusal.content, response);
        if (status == 401) response.header("WWW-Authenticate", "Signature");
        if (status == 503) response.header("Retry-After", "1");
        return;
    }
    response.body.clear();
    response.status = status;
    response.content_type = web::json_type;
    json::Writer json(response.body);
    auto const envelope = refusal.envelope.empty() ? fallback_envelope : std::string_view(refusal.envelope);
    json.begin_object().member_raw("ucp", envelope).key("messages").begin_array().begin_object();
    json.member("type", "error").member("code", code).member("content", refusal.content);
    json.member("severity", "unrecoverable").end_object().end_array().end_object();
}

}  // namespace b2a::protocol::ucp
