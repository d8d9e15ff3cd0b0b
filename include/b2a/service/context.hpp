// SPDX-License-Identifier: Apache-2.0
// What a protocol adapter knows about a request before it is parsed: who, when, how long, and under which idempotency
// key. Built once per request by protocol/common.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "b2a/base/bytes.hpp"
#include "b2a/base/id.hpp"
#include "b2a/base/time.hpp"
#include "b2a/policy/facts.hpp"

namespace b2a::service {

struct IdempotencyKey {
    Digest key{};          // over (principal, operation, client key)
    Digest fingerprint{};  // of the raw body
};

struct RequestContext {
    RequestId id;
    policy::Principal principal;
    std::string_view peer;  // for rate limits of anonymous callers
    Timestamp now{};
    Deadline deadline{};
    std::optional<IdempotencyKey> idempotency;
    Digest request_digest{};  // SHA-256 of the raw body, only for mutations
};

}  // namespace b2a::service
