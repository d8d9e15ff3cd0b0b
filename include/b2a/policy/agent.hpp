// SPDX-License-Identifier: Apache-2.0
// An agent that the brand knows: the register's record, and the limits that are its own.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "b2a/base/bytes.hpp"
#include "b2a/base/money.hpp"
#include "b2a/base/time.hpp"

namespace b2a::policy {

/// Bounds beside those of the rules; what is absent is not bounded here. Amounts hold at most one entry a currency: a
/// total in another currency is over the bound.
struct AgentLimits {
    std::optional<std::int64_t> requests_per_minute;
    std::optional<std::int64_t> quantity_max;  // of one line
    std::vector<Money> order_total_max;
    std::vector<Money> daily_total_max;  // of completed orders, days in UTC
    friend bool operator==(AgentLimits const&, AgentLimits const&) = default;
};

struct Agent {
    std::string id;  // its profile URL, or a name for agents with a token or a key only
    std::string owner;
    std::string agent_class;
    std::vector<Digest> tokens;            // SHA-256 of bearer tokens; the tokens themselves are not kept
    std::vector<std::string> keys;         // RFC 7638 thumbprints
    std::vector<std::string> public_keys;  // JWKs as JSON text, for agents whose keys are not fetched
    std::shared_ptr<AgentLimits const> limits;
    bool suspended = false;
    Timestamp created{};
};

}  // namespace b2a::policy
