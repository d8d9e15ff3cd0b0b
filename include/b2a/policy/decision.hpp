// SPDX-License-Identifier: Apache-2.0
// The record of one evaluation: it is what the caller gets, what governance enforces and what the audit log keeps.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "b2a/base/bytes.hpp"

namespace b2a::policy {

enum class Outcome : std::uint8_t { allow, deny, needs_approval };
std::string_view to_text(Outcome outcome) noexcept;

struct Reason {
    std::string rule;     // rule id
    std::string code;     // stable, snake_case
    std::string message;  // safe for the agent: what to do about it
};

struct Decision {
    Outcome outcome = Outcome::deny;
    std::vector<Reason> reasons;           // of the rules that decided; a default deny has code "no_rule_permits"
    std::vector<std::string> matched;      // ids of all enforced rules that matched, in file order
    std::vector<std::string> shadow;       // ids of shadow rules that would have matched
    std::vector<std::string> obligations;  // names, e.g. "receipt", "disclose_allergens"
    Digest ruleset{};                      // SHA-256 of the canonical rule set
};

}  // namespace b2a::policy
