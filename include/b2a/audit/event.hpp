// SPDX-License-Identifier: Apache-2.0
// One entry of the audit log. canonical_bytes() is RFC 8785 JSON and is what the Merkle leaf hashes; an Event holds no
// personal data, only references, digests and salted commitments (trust.md §4.2.7).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "b2a/base/bytes.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"

namespace b2a::audit {

struct Event {
    std::string type;  // "checkout.created", "order.placed", "request.refused", "catalog.published", …
    std::string request_id;
    std::string decision_id;
    std::string agent;  // principal id (a URL or a name, never a person)
    std::int64_t trust = 0;
    std::string protocol;
    std::string action;
    std::string outcome;  // "allow", "deny", "needs_approval"
    std::vector<std::string> rules;
    std::vector<std::string> reasons;
    std::string ruleset;                                       // hex digest
    std::string facts;                                         // canonical JSON object: what the rules were asked about
    std::string subject;                                       // "chk_…", "ord_…", "catalog"
    std::vector<std::pair<std::string, std::string>> details;  // small facts: total, currency, revision; any order
    std::string idempotency_key_hash;                          // hex
    std::string request_digest;                                // hex SHA-256 of the request body
    std::string commitment;  // hex SHA-256(salt ‖ canonical personal data), salt kept with the order
};

/// The entry's bytes: members in RFC 8785 order, empty members left out, "seq" and "time" added by the log.
/// At most limits::audit_entry_bytes_max bytes, else payload_too_large.
Result<std::string> canonical_bytes(Event const& event, std::uint64_t seq, Timestamp time);

}  // namespace b2a::audit
