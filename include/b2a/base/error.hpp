// SPDX-License-Identifier: Apache-2.0
// The one error vocabulary. Expected failures travel as values of Error; each protocol maps Code to its own wire
// shape in one total switch. `detail` is safe to show to a client, InternalNote never leaves the process.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace b2a {

enum class Code : std::uint8_t {
    invalid_request,  // malformed syntax or shape
    unauthenticated,  // no or unusable credentials
    forbidden,        // known caller, not allowed
    policy_denied,    // a governance rule said no
    needs_approval,   // a governance rule asks a human first
    not_found,
    method_not_allowed,
    not_acceptable,
    conflict,              // the resource changed meanwhile
    idempotency_conflict,  // same key, other request
    out_of_stock,          // pointer names the variant
    unprocessable,         // well-formed, but breaks a business rule
    selection_rejected,    // a choice that is not on offer; pointer is a JSONPath, the resource stays as it was
    payload_too_large,
    headers_too_large,
    unsupported_media,
    unsupported_version,
    rate_limited,
    allowance_exceeded,  // a quantity, an amount or a mandate is used up; pointer names whose it is
    suspended,           // the brand has stopped this for now
    overloaded,
    deadline_exceeded,
    upstream_failed,
    store_unavailable,
    not_implemented,
    internal,
};

/// Stable snake_case name, the same on every surface and in the audit log.
std::string_view to_text(Code code) noexcept;

/// Text for operators only. A type of its own, so that it cannot slip into a response body.
struct InternalNote {
    std::string text;
};

struct Error {
    explicit Error(Code c, std::string d = {}, std::string p = {}) :
        code(c), detail(std::move(d)), pointer(std::move(p)) {}

    Error&& with_note(std::string text) && {
        note.text = std::move(text);
        return std::move(*this);
    }
    Error&& with_retry_after(std::chrono::seconds after) && {
        retry_after = after;
        return std::move(*this);
    }

    Code code;
    std::string detail;   // for the client
    std::string pointer;  // RFC 6901 pointer into the request, or a subject id; empty if none
    std::optional<std::chrono::seconds> retry_after;
    std::string decision_id;  // set on policy refusals
    std::string reason;       // stable policy reason code, set on policy refusals
    std::string remedy;       // what the caller can do about a policy refusal, a stable word
    InternalNote note;
};

}  // namespace b2a
