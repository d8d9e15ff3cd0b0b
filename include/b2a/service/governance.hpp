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
#include "b2a/service/decision_point.hpp"
#include "b2a/service/limiter.hpp"
#include "b2a/service/policy_holder.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

struct PolicyCounters {
    std::atomic<std::uint64_t> allowed{0};
    std::atomic<std::uint64_t> denied{0};
    std::atomic<std::uint64_t> approvals{0};
    std::atomic<std::uint64_t> rate_limited{0};
    std::atomic<std::uint64_t> stopped{0};
    std::atomic<std::uint64_t> shadow_same{0};      // decisions that the shadow set would have made too
    std::atomic<std::uint64_t> shadow_stricter{0};  // that it would have refused, or asked a person about
    std::atomic<std::uint64_t> shadow_wider{0};     // refused ones that it would have let through
    std::atomic<std::uint64_t> evidence_failed{0};  // refused reads whose entry could not be written
};

/// What a lane's governance may lean on; without it (tools, tests) refused reads leave no entry, allowances are checked
/// by the writer only and nobody else is asked.
struct GovernanceBacking {
    store::Store* store = nullptr;
    store::Reader* reader = nullptr;
    DecisionPoint* external = nullptr;
};

/// A repeated attempt at the same request (after a version conflict) is judged anew, but counted once.
enum class Attempt : std::uint8_t { first, repeated };

/// One per I/O thread; holder, limiter and counters are the process's.
class Governance {
  public:
    Governance(PolicyHolder const& rules, Limiter& limiter, Random& random, PolicyCounters& counters,
               GovernanceBacking backing = {});
    ~Governance();

    /// For reads: stops, rate limits, rules; no record is made when permitted. `facts.principal` and `facts.now` are
    /// filled from the context where the caller left them out. Says what the answer must be narrowed to. Errors:
    /// suspended, rate_limited (with retry_after), policy_denied.
    Result<policy::ReadTerms> permit_read(RequestContext const& context, policy::Facts const& facts);

    /// Rules and stops against facts of which nobody asks: no limit counts it, nothing is recorded.
    policy::Decision would_decide(policy::Facts const& facts);

    template <class Command>
    using Decided = std::variant<policy::Authorized<Command>, policy::Verdict>;

    /// For mutations by agents: asks the external decision point first, where there is one for this action.
    template <class Command>
    boost::asio::awaitable<Decided<Command>> decide(RequestContext const& context, Command command, policy::Facts facts,
                                                    Attempt attempt) {
        facts = co_await consulted(context, std::move(facts));
        co_return authorize(context, std::move(command), std::move(facts), attempt);
    }

    /// For mutations by operators. `facts.principal` and `facts.now` are filled here from the context.
    template <class Command>
    Decided<Command> authorize(RequestContext const& context, Command command, policy::Facts facts,
                               Attempt attempt = Attempt::first) {
        auto verdict = judge(context, std::move(facts), attempt);
        if (verdict.decision.outcome != policy::Outcome::allow) return verdict;
        return policy::Gate::admit(std::move(command), std::move(verdict));
    }

  private:
    /// Keeps the external decision point's word in the facts.
    boost::asio::awaitable<policy::Facts> consulted(RequestContext const& context, policy::Facts facts);
    policy::Verdict judge(RequestContext const& context, policy::Facts facts, Attempt attempt);

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The Error a refused caller gets: suspended, policy_denied, needs_approval or rate_limited, with reason, message,
/// remedy and decision id.
Error refusal_error(policy::Verdict const& verdict);
/// The evidence of a verdict: type, agent, decision, rules; the caller adds subject and details.
audit::Event audit_event(std::string_view type, RequestContext const& context, policy::Verdict const& verdict);

}  // namespace b2a::service
