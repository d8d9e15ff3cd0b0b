// SPDX-License-Identifier: Apache-2.0
#include "service/committer.hpp"

#include <algorithm>

#include "b2a/store/await.hpp"

namespace b2a::service {
namespace {

store::ChangeSet evidence_only(policy::Verdict const& refusal, audit::Event event, Timestamp now) {
    B2A_ASSERT(refusal.decision.outcome != policy::Outcome::allow);
    store::ChangeSet changes;
    changes.events.push_back(std::move(event));
    changes.now = now;
    return changes;
}

}  // namespace

Committer::Committed Committer::submit(policy::Verdict const& verdict, store::ChangeSet changes, Deadline deadline) {
    auto const decision = verdict.id.text();
    B2A_ASSERT(!changes.events.empty());
    B2A_ASSERT(std::ranges::all_of(changes.events, [&](auto const& e) { return e.decision_id == decision; }));
    return store::commit(store_, std::move(changes), deadline);
}

Committer::Committed Committer::record(policy::Verdict const& refusal, audit::Event event, Timestamp now,
                                       Deadline deadline) {
    return submit(refusal, evidence_only(refusal, std::move(event), now), deadline);
}

Result<store::CommitResult> Committer::record_blocking(policy::Verdict const& refusal, audit::Event event,
                                                       Timestamp now, Deadline deadline) {
    return store::commit_blocking(store_, evidence_only(refusal, std::move(event), now), deadline);
}

Committer::Committed Committer::hold(policy::Verdict const& verdict, Held held, Timestamp now, Deadline deadline) {
    B2A_ASSERT(verdict.decision.outcome == policy::Outcome::needs_approval);
    B2A_ASSERT(held.checkout.checkout.approval_required && !held.checkout.checkout.order_id);
    store::ChangeSet changes;
    changes.checkout = std::move(held.checkout);
    changes.idempotency = std::move(held.idempotency);
    changes.records.push_back(std::move(held.question));
    changes.events.push_back(std::move(held.event));
    changes.now = now;
    return submit(verdict, std::move(changes), deadline);
}

}  // namespace b2a::service
