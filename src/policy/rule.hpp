// SPDX-License-Identifier: Apache-2.0
// The parsed form of a rule file, between TOML (parse.cpp) and the compiled lists (compile.cpp). Everything here is
// already type-checked: a Condition holds values of its attribute's type only.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/time.hpp"
#include "b2a/policy/decision.hpp"
#include "b2a/policy/facts.hpp"
#include "b2a/policy/ruleset.hpp"

#include "policy/schema.hpp"

namespace b2a::policy {

struct Condition {
    Attribute attribute = Attribute::agent_id;
    Op op = Op::eq;
    // One of the three is filled, by type_of(attribute). Sorted, so that order in a list never matters.
    std::vector<std::int64_t> numbers;  // integer, boolean, country, protocol, action; datetime in microseconds
    std::vector<std::string> texts;     // text, text_set
    std::vector<Money> amounts;         // at most one per currency
};

using Block = std::vector<Condition>;  // all must hold
using ActionSet = std::bitset<action_count>;

/// In the order in which they are gone through: who is refused early learns nothing of what comes later.
enum class Stage : std::uint8_t { admission, identity, authority, offer, transaction, disclosure };
enum class Effect : std::uint8_t { permit, forbid, require, approve };
enum class Mode : std::uint8_t { enforce, shadow, off };
std::string_view to_text(Stage stage) noexcept;
std::string_view to_text(Effect effect) noexcept;
std::string_view to_text(Mode mode) noexcept;

struct Rule {
    std::string id;
    Effect effect = Effect::forbid;
    Mode mode = Mode::enforce;
    Stage stage = Stage::authority;
    ActionSet actions;
    Block when;
    Block unless;
    Block require;
    std::optional<Timestamp> valid_from;
    std::optional<Timestamp> valid_until;
    std::string code;
    std::string message;
    Remedy remedy = Remedy::none;
    std::chrono::seconds approval_ttl{0};  // effect approve
    std::string note;
    std::string owner;
    std::vector<std::string> obligations;
};

struct Limit {
    RateLimit rate;
    ActionSet actions;
    Block when;
    Block unless;
};

struct TestCase {
    struct Expectation {
        Outcome outcome = Outcome::deny;
        std::optional<std::string> rule;  // one of the deciding rules
        std::optional<std::string> code;  // one of the reason codes
        std::optional<std::vector<std::string>> obligations;
        std::optional<std::vector<std::string>> shadow;
        std::optional<std::vector<std::string>> limits;
    };
    std::string name;
    Principal principal;
    Facts facts;  // without principal: the runner points it at the one above
    Expectation expect;
};

struct RuleFile {
    std::vector<Rule> rules;
    std::vector<Limit> limits;
    std::vector<TestCase> tests;
};

}  // namespace b2a::policy
