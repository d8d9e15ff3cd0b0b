// SPDX-License-Identifier: Apache-2.0
// Authorized<Command> is the proof that a command passed the policy pipeline. Only Gate makes one, only from an
// allowing Decision; every mutating service function takes one, so an unchecked mutation does not compile.
#pragma once

#include <chrono>
#include <optional>
#include <utility>

#include "b2a/base/assert.hpp"
#include "b2a/base/id.hpp"
#include "b2a/policy/decision.hpp"
#include "b2a/policy/facts.hpp"

namespace b2a::policy {

/// What is kept of a decision: for the audit entry and for the caller.
struct Verdict {
    DecisionId id;
    Decision decision;
    Principal principal;
    Action action = Action::catalog_search;
    std::optional<std::chrono::seconds> retry_after;  // set when a rate limit refused, before any rule was asked
    std::string stop;                                 // id of the stop that refused; reasons say the rest
    bool suspended = false;                           // the stop is for everybody: come back later
    std::chrono::seconds stop_ends_in{0};             // or when to ask again
    std::string facts;                                // for the evidence: facts_to_json()
    std::string shadow;                               // what the shadow set would have said, where that differs
};

template <class Command>
class [[nodiscard]] Authorized {
  public:
    Authorized(Authorized&&) noexcept = default;
    Authorized& operator=(Authorized&&) noexcept = default;
    Authorized(Authorized const&) = delete;
    Authorized& operator=(Authorized const&) = delete;

    [[nodiscard]] Command const& command() const noexcept { return command_; }
    [[nodiscard]] Verdict const& verdict() const noexcept { return verdict_; }

  private:
    friend class Gate;
    Authorized(Command command, Verdict verdict) : command_(std::move(command)), verdict_(std::move(verdict)) {}

    Command command_;
    Verdict verdict_;
};

/// The only maker of Authorized. Used by service::Governance and by nobody else (tidy test).
class Gate {
  public:
    /// Asserts that the verdict allows.
    template <class Command>
    static Authorized<Command> admit(Command command, Verdict verdict) {
        B2A_ASSERT(verdict.decision.outcome == Outcome::allow);
        return Authorized<Command>(std::move(command), std::move(verdict));
    }
};

}  // namespace b2a::policy
