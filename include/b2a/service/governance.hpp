// SPDX-License-Identifier: Apache-2.0
// The policy pipeline: every command of every surface comes through here. Reads get a yes or an Error; mutations get an
// Authorized<Command> or a Refusal, and a Refusal leaves evidence before the caller hears of it.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <variant>

#include "b2a/base/random.hpp"
#include "b2a/base/result.hpp"
#include "b2a/policy/authorized.hpp"
#include "b2a/policy/ruleset.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/limiter.hpp"
#include "b2a/store/change_set.hpp"

namespace b2a::service {

/// The active rule set; swapped as a whole on reload, read by every lane.
class PolicyHolder {
  public:
    explicit PolicyHolder(std::shared_ptr<policy::RuleSet const> rules) : rules_(std::move(rules)) {}
    [[nodiscard]] std::shared_ptr<policy::RuleSet const> current() const { return std::atomic_load(&rules_); }
    void replace(std::shared_ptr<policy::RuleSet const> rules) {
        std::atomic_store(&rules_, std::move(rules));
        generation_.fetch_add(1, std::memory_order_acq_rel);
    }
    /// Moves with every replace(): a lane refreshes its own pointer only then.
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_.load(std::memory_order_acquire); }

  private:
    std::shared_ptr<policy::RuleSet const> rules_;
    std::atomic<std::uint64_t> generation_{1};
};

struct PolicyCounters {
    std::atomic<std::uint64_t> allowed{0};
    std::atomic<std::uint64_t> denied{0};
    std::atomic<std::uint64_t> approvals{0};
    std::atomic<std::uint64_t> rate_limited{0};
};

/// A repeated attempt at the same request (after a version conflict) is judged anew, but counted once.
enum class Attempt : std::uint8_t { first, repeated };

/// One per I/O thread; holder, limiter and counters are the process's.
class Governance {
  public:
    Governance(PolicyHolder const& rules, Limiter& limiter, Random& random, PolicyCounters& counters);
    ~Governance();

    /// For reads: rate limits, then rules; no record is made when permitted. `facts.principal` and `facts.now` are
    /// filled from the context where the caller left them out. Errors: rate_limited (with retry_after), policy_denied.
    Result<void> permit_read(RequestContext const& context, policy::Facts const& facts);

    /// For mutations. `facts.principal` and `facts.now` are filled here from the context.
    template <class Command>
    std::variant<policy::Authorized<Command>, policy::Verdict> authorize(RequestContext const& context, Command command,
                                                                         policy::Facts facts,
                                                                         Attempt attempt = Attempt::first) {
        auto verdict = judge(context, std::move(facts), attempt);
        if (verdict.decision.outcome != policy::Outcome::allow) return verdict;
        return policy::Gate::admit(std::move(command), std::move(verdict));
    }

  private:
    policy::Verdict judge(RequestContext const& context, policy::Facts facts, Attempt attempt);

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The Error a refused caller gets: policy_denied, needs_approval or rate_limited, with reason, message, decision id.
Error refusal_error(policy::Verdict const& verdict);
/// The evidence of a verdict: type, agent, decision, rules; the caller adds subject and details.
audit::Event audit_event(std::string_view type, RequestContext const& context, policy::Verdict const& verdict);

}  // namespace b2a::service
