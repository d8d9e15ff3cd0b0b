// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/error.hpp"

namespace b2a {

std::string_view to_text(Code code) noexcept {
    switch (code) {
        case Code::invalid_request: return "invalid_request";
        case Code::unauthenticated: return "unauthenticated";
        case Code::forbidden: return "forbidden";
        case Code::policy_denied: return "policy_denied";
        case Code::needs_approval: return "needs_approval";
        case Code::not_found: return "not_found";
        case Code::method_not_allowed: return "method_not_allowed";
        case Code::not_acceptable: return "not_acceptable";
        case Code::conflict: return "conflict";
        case Code::idempotency_conflict: return "idempotency_conflict";
        case Code::out_of_stock: return "out_of_stock";
        case Code::unprocessable: return "unprocessable";
        case Code::selection_rejected: return "selection_rejected";
        case Code::payload_too_large: return "payload_too_large";
        case Code::headers_too_large: return "headers_too_large";
        case Code::unsupported_media: return "unsupported_media";
        case Code::unsupported_version: return "unsupported_version";
        case Code::rate_limited: return "rate_limited";
        case Code::allowance_exceeded: return "allowance_exceeded";
        case Code::suspended: return "suspended";
        case Code::overloaded: return "overloaded";
        case Code::deadline_exceeded: return "deadline_exceeded";
        case Code::upstream_failed: return "upstream_failed";
        case Code::store_unavailable: return "store_unavailable";
        case Code::not_implemented: return "not_implemented";
        case Code::internal: return "internal";
    }
    return "internal";
}

}  // namespace b2a
