// SPDX-License-Identifier: Apache-2.0
// A decision as the audit log keeps it: enough of the facts to judge the same request again, and nothing of a person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/policy/decision.hpp"
#include "b2a/policy/facts.hpp"

namespace b2a::policy {

/// The facts beside what every entry says anyway (who, what, when): RFC 8785 JSON, empty ones left out.
std::string facts_to_json(Facts const& facts);

struct Recorded {
    std::uint64_t seq = 0;
    std::string decision_id;
    std::string subject;
    std::string ruleset;
    Timestamp time{};
    Outcome outcome = Outcome::deny;
    std::vector<std::string> codes;
    std::vector<std::string> rules;
    Principal principal;
    Facts facts;  // point its principal at the one above before use
};

/// nullopt for an entry that records no decision with facts. `entry` is the entry's canonical JSON.
Result<std::optional<Recorded>> read_recorded(std::string_view entry);

}  // namespace b2a::policy
