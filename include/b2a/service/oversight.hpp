// SPDX-License-Identifier: Apache-2.0
// What people at the brand do to govern: stops, approvals, and which rules are active. Every act passes the policy
// pipeline and leaves an entry; stops and approvals are records, so that the command line reaches a running server.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "b2a/domain/checkout.hpp"
#include "b2a/policy/approval.hpp"
#include "b2a/policy/replay.hpp"
#include "b2a/policy/stop.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

struct AddStop {
    policy::StopScope scope;
    std::string reason;
    std::optional<std::chrono::seconds> lasts;
};
struct LiftStop {
    std::string id;
};
struct DecideApproval {
    std::string checkout;
    bool grant = false;
    std::string note;
};
struct ActivateRules {
    std::string source;  // the TOML text, kept so that old decisions can be explained
    std::shared_ptr<policy::RuleSet const> rules;
    std::string name;  // of the file
    bool shadow = false;
    bool only_if_new = false;  // a start with the rules of the last run changes nothing
};

/// A decision as it was recorded.
struct DecisionView {
    policy::Recorded recorded;
    std::string type;  // of the entry
    std::string entry;
};
/// With the rules that made it, where they were kept.
struct TracedDecision {
    DecisionView view;
    std::shared_ptr<policy::RuleSet const> rules;
};

/// Stops in force or expired; sorted out by the caller.
Result<std::vector<policy::Stop>> load_stops(store::Reader& reader);

class Oversight {
  public:
    Oversight(store::Store& store, store::Reader& reader, Governance& governance, Random& random);
    ~Oversight();

    /// The stop's id. Takes effect with the next reload of stops: Keeper's, or the caller's.
    boost::asio::awaitable<Result<std::string>> add_stop(RequestContext context, AddStop command);
    boost::asio::awaitable<Result<store::Receipt>> lift_stop(RequestContext context, LiftStop command);
    Result<std::vector<policy::Stop>> stops(RequestContext const& context);
    /// What the scope would have stopped among the decisions recorded since `since`.
    Result<policy::StopPreview> preview(RequestContext const& context, policy::StopScope const& scope, Timestamp since);

    /// Of one state, the last asked first; open ones that have expired are left out.
    Result<std::vector<policy::Approval>> approvals(RequestContext const& context, policy::ApprovalState state,
                                                    std::size_t limit);
    /// Moves the held checkout on as well. Errors: not_found, conflict (decided, expired, or the purchase changed).
    boost::asio::awaitable<Result<policy::Approval>> decide(RequestContext context, DecideApproval command);

    /// Evidence that these rules govern from now on; replacing the active ones is the caller's part.
    boost::asio::awaitable<Result<void>> activate(RequestContext context, ActivateRules command);
    /// Evidence that a reload failed and the old rules stay.
    boost::asio::awaitable<Result<store::Receipt>> note_failure(RequestContext context, std::string name);
    /// Recorded decisions since `since`, judged by `candidate`.
    Result<policy::ReplayReport> replay(RequestContext const& context, policy::RuleSet const& candidate,
                                        Timestamp since);
    /// What the active rules say to this; nothing is counted and nothing recorded. `facts.principal` is set.
    Result<policy::Decision> evaluate(RequestContext const& context, policy::Facts const& facts);
    /// not_found for ids that left no entry.
    Result<TracedDecision> decision(RequestContext const& context, DecisionId id);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Calls fn for each recorded decision since `since`, in order. The first entry is found by bisection: times in the log
/// never go back.
Result<void> each_decision(store::Reader& reader, Timestamp since, std::function<void(policy::Recorded)> const& fn);

/// By id: it holds the time, so that a few entries have to be read. not_found for ids that left no entry.
Result<DecisionView> find_decision(store::Reader& reader, DecisionId id);

/// For agents: their own decisions only.
class DecisionService {
  public:
    DecisionService(store::Reader& reader, Governance& governance) : reader_(reader), governance_(governance) {}
    /// Unknown ids and those of other agents are both not_found.
    Result<DecisionView> get(RequestContext const& context, DecisionId id);

  private:
    store::Reader& reader_;
    Governance& governance_;
};

}  // namespace b2a::service
