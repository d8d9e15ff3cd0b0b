// SPDX-License-Identifier: Apache-2.0
// The record of one evaluation: it is what the caller gets, what governance enforces and what the audit log keeps.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "b2a/base/bytes.hpp"
#include "b2a/base/time.hpp"

namespace b2a::policy {

enum class Outcome : std::uint8_t { allow, deny, needs_approval };
std::string_view to_text(Outcome outcome) noexcept;

/// What a refused agent can do about it.
enum class Remedy : std::uint8_t {
    none,
    authenticate,     // prove who you are, or more of the request
    present_mandate,  // show that the user allowed this
    reduce,           // ask for less
    wait,             // an allowance comes back
    await_approval,   // a person at the brand decides
};
std::string_view to_text(Remedy remedy) noexcept;

struct Reason {
    std::string rule;     // rule id
    std::string code;     // stable, snake_case
    std::string message;  // safe for the agent: what to do about it
    Remedy remedy = Remedy::none;
    friend bool operator==(Reason const&, Reason const&) = default;
};

/// What a permitted purchase takes from an allowance that is counted in the store. An unknown amount has a cap of 0.
struct Draw {
    Digest key{};
    Reason reason;  // for the one who finds it used up
    std::int64_t amount = 0;
    std::int64_t cap = 0;
    Timestamp expires{};
};

struct Decision {
    Outcome outcome = Outcome::deny;
    std::vector<Reason> reasons;           // of the rules that decided; a default deny has code "no_rule_permits"
    std::vector<std::string> matched;      // ids of all enforced rules that matched, in file order
    std::vector<std::string> shadow;       // ids of shadow rules that would have matched
    std::vector<std::string> obligations;  // names, e.g. "receipt", "disclose_allergens"
    std::vector<Draw> draws;               // if it allows
    std::chrono::seconds approval_ttl{0};  // if it needs approval: how long the question stands
    Digest ruleset{};                      // SHA-256 of the canonical rule set
};

}  // namespace b2a::policy
