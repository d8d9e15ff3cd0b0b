// SPDX-License-Identifier: Apache-2.0
// Rules are data: TOML, type-checked and compiled at load into one list per action. See config/policies/default.toml
// for the language. Loading is all-or-nothing; every problem carries line and column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/policy/decision.hpp"
#include "b2a/policy/facts.hpp"

namespace b2a::policy {

/// Whose requests a limit counts together. `principal` falls back to the peer when the caller is anonymous; `peer` is
/// for callers whose identity is only a claim, which costs nothing to change.
enum class LimitKey : std::uint8_t { principal, peer };

/// A request allowance: at most `count` per `window_s` seconds. Whom it concerns is compiled: RuleSet::applies().
struct RateLimit {
    std::string id;
    std::vector<Action> actions;
    LimitKey per = LimitKey::principal;
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
    /// what needs_permit() says: deny for mutating actions and operator.read, allow for the other reads.
    [[nodiscard]] Decision evaluate(Facts const& facts) const;
    /// evaluate() for reads on the hot path: true if the outcome is allow, no record made.
    [[nodiscard]] bool permits(Facts const& facts) const noexcept;

    [[nodiscard]] std::vector<RateLimit> const& rate_limits() const noexcept;
    /// Positions in rate_limits() of those that name the action, in file order.
    [[nodiscard]] std::span<std::uint32_t const> limits_of(Action action) const noexcept;
    /// The `when` of that limit against the facts; an absent fact makes the limit apply.
    [[nodiscard]] bool applies(std::size_t limit, Facts const& facts) const noexcept;
    /// Calls fn(position, RateLimit const&) for each limit that applies, without allocating. All of them bind.
    template <class F>
    void for_each_limit(Facts const& facts, F&& fn) const {
        for (auto const limit : limits_of(facts.action))
            if (applies(limit, facts)) fn(std::size_t{limit}, rate_limits()[limit]);
    }
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
