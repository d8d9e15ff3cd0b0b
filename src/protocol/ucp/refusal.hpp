// SPDX-License-Identifier: Apache-2.0
// What UCP refuses before an operation runs (overview, "Negotiation errors"; signatures, "Errors"): a row a code, with
// its HTTP status and its JSON-RPC code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "b2a/web/message.hpp"

namespace b2a::protocol::ucp {

enum class Refused : std::uint8_t {
    invalid_profile_url,
    profile_unreachable,
    profile_malformed,
    profile_not_trusted,
    version_unsupported,
    capabilities_incompatible,  // a business outcome: an error_response with status 200
    signature_missing,
    signature_invalid,
    signature_replayed,
    key_not_found,
    digest_mismatch,
    algorithm_unsupported,
    unauthenticated,
    idempotency_key_invalid,
    overloaded,
};

struct Refusal {
    Refused reason = Refused::invalid_profile_url;
    std::string content;
    std::string envelope = {};  // the "ucp" member of an error_response in the version agreed on; empty: none was
};

int http_status(Refused reason) noexcept;
std::string_view code_of(Refused reason) noexcept;

/// The JSON-RPC code for an answer with an HTTP error status and that UCP code (ucp.dev, MCP binding).
int rpc_code(int http_status, std::string_view code) noexcept;

/// The flat {"code","content"} body with its status; capabilities_incompatible as an error_response, with
/// `fallback_envelope` where the refusal has none.
void render_refusal(Refusal const& refusal, std::string_view fallback_envelope, web::Response& response);

}  // namespace b2a::protocol::ucp
