// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/reply.hpp"

#include <algorithm>

namespace b2a::protocol {

std::optional<std::string_view> client_request_id(web::Request const& request) noexcept {
    auto const id = request.headers.find("Request-Id");
    if (!id || id->empty() || id->size() > request_id_bytes_max) return std::nullopt;
    auto const printable = [](char c) { return c > 0x20 && c < 0x7f; };
    if (!std::all_of(id->begin(), id->end(), printable)) return std::nullopt;
    return id;
}

void stamp(web::Request const& request, service::RequestContext const& context, web::Response& response) {
    auto const given = client_request_id(request);
    response.header("Request-Id", given ? std::string(*given) : context.id.text());
    response.agent = context.principal.id;
}

void add_audit_entry(Site const& site, std::optional<std::uint64_t> seq, web::Response& response) {
    if (!seq || site.audit_origin.empty()) return;
    response.header("Audit-Entry", site.audit_origin + '#' + std::to_string(*seq));
}

void add_error_fields(Error const& error, web::Response& response) {
    auto const set_once = [&](std::string_view name, std::string value) {
        auto const same = [&](auto const& field) { return field.first == name; };
        if (std::none_of(response.headers.begin(), response.headers.end(), same))
            response.header(std::string(name), std::move(value));
    };
    if (error.retry_after) set_once("Retry-After", std::to_string(error.retry_after->count()));
    if (error.code == Code::unauthenticated) set_once("WWW-Authenticate", "Bearer realm=\"b2a\"");
    response.error_code = to_text(error.code);
    if (!error.decision_id.empty()) response.decision = error.decision_id;
}

}  // namespace b2a::protocol
