// SPDX-License-Identifier: Apache-2.0
// Rules are data: TOML, type-checked and compiled at load into one list per action. See config/policies/default.toml
// for the language. Loading is all-or-nothing; every problem carries line and column.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/policy/decision.hpp"
#include "b2a/policy/facts.hpp"

namespace b2a::policy {

/// A request allowance: at most `count` per `window_s` seconds for each principal (or peer, when anonymous).
struct RateLimit {
    std::string id;
    std::vector<Action> actions;
    std::int64_t count = 0;
    std::int64_t window_s = 60;
    std::string code;
    std::string message;
};

struct LoadProblem {
    int line = 0;
    int column = 0;
    std::string message;
};

struct SelfTest {
    std::string name;
    std::string failure;  // empty: passed
};

class RuleSet {
  public:
    /// `source` is the TOML text, `name` its file name for messages.
    /// Error invalid_request: detail is "name:line:column: message" lines joined by '\n'.
    static Result<std::shared_ptr<RuleSet const>> load(std::string_view source, std::string_view name);

    /// Deterministic, no I/O, bounded by the number of rules. deny > needs_approval > allow > default; the default is
    /// deny for mutating actions and allow for reads.
    [[nodiscard]] Decision evaluate(Facts const& facts) const;
    /// evaluate() for reads on the hot path: true if the outcome is allow, no record made.
    [[nodiscard]] bool permits(Facts const& facts) const noexcept;

    [[nodiscard]] std::vector<RateLimit> const& rate_limits() const noexcept;
    /// Runs the [[test]] cases beside the rules.
    [[nodiscard]] std::vector<SelfTest> run_tests() const;
    [[nodiscard]] Digest const& digest() const noexcept;
    [[nodiscard]] std::size_t size() const noexcept;

    RuleSet(RuleSet const&) = delete;
    RuleSet& operator=(RuleSet const&) = delete;
    ~RuleSet();

  private:
    struct Impl;
    explicit RuleSet(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::policy
