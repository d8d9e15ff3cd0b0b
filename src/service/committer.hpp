// SPDX-License-Identifier: Apache-2.0
// The only object that commits. Business rows need an Authorized command as proof: there is no overload without one, so
// a mutation that skipped the policy pipeline does not compile. Nothing here is a coroutine: the change set is in the
// store's queue before the caller suspends.
#pragma once

#include <optional>

#include <boost/asio/awaitable.hpp>

#include "b2a/policy/authorized.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

class Committer {
  public:
    using Committed = boost::asio::awaitable<Result<store::CommitResult>>;

    explicit Committer(store::Store& store) : store_(store) {}

    /// Asserts that every event names the proof's decision.
    template <class Command>
    Committed commit(policy::Authorized<Command> const& proof, store::ChangeSet changes, Deadline deadline) {
        return submit(proof.verdict(), std::move(changes), deadline);
    }

    /// Makes a catalog draft current.
    template <class Command>
    Result<std::uint64_t> publish(policy::Authorized<Command> const& proof, store::CatalogDraft& draft,
                                  audit::Event event, Timestamp now) {
        B2A_ASSERT(event.decision_id == proof.verdict().id.text());
        return draft.publish(std::move(event), now);
    }

    /// Evidence of a refusal: no effect, so no proof.
    Committed record(policy::Verdict const& refusal, audit::Event event, Timestamp now, Deadline deadline);

    /// The same for callers without an event loop.
    Result<store::CommitResult> record_blocking(policy::Verdict const& refusal, audit::Event event, Timestamp now,
                                                Deadline deadline);

    /// The one effect of a command that a person has to approve: its checkout waits. Asserts that it does.
    struct Held {
        store::CheckoutWrite checkout;
        std::optional<store::IdempotencyWrite> idempotency;
        store::RecordWrite question;
        audit::Event event;
    };
    Committed hold(policy::Verdict const& verdict, Held held, Timestamp now, Deadline deadline);

  private:
    Committed submit(policy::Verdict const& verdict, store::ChangeSet changes, Deadline deadline);

    store::Store& store_;
};

}  // namespace b2a::service
