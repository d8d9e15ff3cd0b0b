// SPDX-License-Identifier: Apache-2.0
// What would have been: recorded decisions judged anew by a candidate rule set, or held against a stop. Rate limits and
// allowances are not replayed: what they count depends on what was let through.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "b2a/policy/record.hpp"
#include "b2a/policy/ruleset.hpp"
#include "b2a/policy/stop.hpp"

namespace b2a::policy {

/// Minor units by currency code.
using Revenue = std::map<std::string, std::int64_t>;

struct ReplayReport {
    struct Change {
        std::uint64_t seq = 0;
        std::string decision_id, subject, agent, action;
        Outcome was = Outcome::deny;
        Outcome would = Outcome::deny;
        std::vector<std::string> codes;  // of what would decide
    };
    std::uint64_t decisions = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t refused = 0;    // allowed then, would not be
    std::uint64_t permitted = 0;  // not allowed then, would be
    Revenue at_stake;             // of purchases among the refused, each checkout once
    std::map<std::string, std::uint64_t> refused_by_agent;
    std::map<std::string, std::uint64_t> refused_by_rule;
    std::vector<Change> changes;  // the first limits::policy_changes_max
};

class Replay {
  public:
    explicit Replay(RuleSet const& candidate) : candidate_(candidate) {}
    void add(Recorded recorded);
    [[nodiscard]] ReplayReport const& report() const noexcept { return report_; }

  private:
    RuleSet const& candidate_;
    ReplayReport report_;
    std::set<std::string> counted_;
};

struct StopPreview {
    std::uint64_t requests = 0;  // that were allowed and would be stopped
    std::set<std::string> agents;
    std::uint64_t orders = 0;
    Revenue revenue;
};
void add(StopPreview& preview, StopScope const& scope, Recorded recorded);

/// What differs between two sets: ids of rules and limits, and the test cases of either that end differently.
struct Difference {
    std::vector<std::string> added, removed, changed;
    struct Case {
        std::string name;
        Outcome was = Outcome::deny;
        Outcome would = Outcome::deny;
    };
    std::vector<Case> cases;
    [[nodiscard]] bool empty() const noexcept {
        return added.empty() && removed.empty() && changed.empty() && cases.empty();
    }
};
Difference difference(RuleSet const& before, RuleSet const& after);

}  // namespace b2a::policy
