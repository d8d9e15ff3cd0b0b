// SPDX-License-Identifier: Apache-2.0
// Rules are data: TOML, type-checked and compiled at load into one list per action. See config/policies/default.toml
// for the language. Loading is all-or-nothing; every problem carries line and column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
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
/// for callers whose identity is only a claim, which costs nothing to change. The last two are for what is bought:
/// each product by itself, over all agents; and everything together.
enum class LimitKey : std::uint8_t { principal, peer, agent_class, product, everyone };
std::string_view to_text(LimitKey key) noexcept;

/// What a limit counts. Requests are counted in memory, in a sliding window. The others count what was bought, in the
/// store and in the order's transaction, in windows that begin at multiples of their length in UTC.
enum class LimitKind : std::uint8_t { requests, orders, quantity, amount };
std::string_view to_text(LimitKind kind) noexcept;

/// An allowance: at most `count` (or the amount in its currency) per `window_s` seconds. Whom it concerns is compiled:
/// RuleSet::applies().
struct RateLimit {
    std::string id;
    std::vector<Action> actions;
    LimitKind kind = LimitKind::requests;
    LimitKey per = LimitKey::principal;
    std::int64_t count = 0;
    std::vector<Money> amounts;  // kind amount: one a currency; another currency has no allowance
    std::int64_t window_s = 60;
    std::string code;
    std::string message;
};

struct LoadProblem {
    int line = 0;
    int column = 0;
    std::string message;
};

/// How one condition fared: yes, no, or unknown where the fact is absent.
struct Answered {
    std::string block;      // "when", "unless", "require"
    std::string condition;  // "agent.trust_level.gte 1"
    std::string truth;
};
struct Finding {
    std::string rule;
    std::string effect;
    std::string mode;
    bool matched = false;
    std::vector<Answered> conditions;
};

/// A caller and what is asked of it, owning both.
struct Example {
    std::string name;
    Principal principal;
    Facts facts;  // point its principal at the one above before use
};

/// A request from facts as TOML lines, in the language of a [[test]]'s input: "agent.trust_level = 4". Error:
/// invalid_request with "input:line:column: message" lines.
Result<Example> read_example(Action action, std::string_view input);

struct SelfTest {
    std::string name;
    std::string failure;  // empty: passed
};

/// What a read must be narrowed to: the obligations of the rules that permit it.
struct ReadTerms {
    std::size_t page_max = std::numeric_limits<std::size_t>::max();
    bool mask_buyer = false;
    friend bool operator==(ReadTerms const&, ReadTerms const&) = default;
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
    /// For a read that is permitted. Costs nothing where no rule obliges.
    [[nodiscard]] ReadTerms terms(Facts const& facts) const noexcept;
    /// What a purchase would take from the allowances of orders, quantities and amounts; `peer` is the network address.
    [[nodiscard]] std::vector<Draw> draws(Facts const& facts, std::string_view peer) const;

    [[nodiscard]] std::vector<RateLimit> const& rate_limits() const noexcept;
    /// Positions in rate_limits() of those that count requests of the action, in file order.
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
    /// Every rule that names the action, and how the facts answer each of its conditions.
    [[nodiscard]] std::vector<Finding> explain(Facts const& facts) const;
    /// What the rules say, one text each, by id: for comparing two sets.
    [[nodiscard]] std::map<std::string, std::string> statements() const;
    /// The facts of the [[test]] cases, by name.
    [[nodiscard]] std::vector<Example> examples() const;

    RuleSet(RuleSet const&) = delete;
    RuleSet& operator=(RuleSet const&) = delete;
    ~RuleSet();

  private:
    struct Impl;
    explicit RuleSet(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::policy
