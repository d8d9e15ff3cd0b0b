// SPDX-License-Identifier: Apache-2.0
#include "service/committer.hpp"

#include <gtest/gtest.h>

#include "b2a/store/sqlite.hpp"

namespace b2a::service {
namespace {

struct SomeCommand {};

template <class Writer, class... Args>
concept commits = requires(Writer& writer, Args... args) { writer.commit(std::move(args)...); };

// Business rows cannot be committed without the proof that policy said yes: this does not compile.
static_assert(!commits<Committer, store::ChangeSet, Deadline>);
static_assert(!commits<Committer, policy::Verdict, store::ChangeSet, Deadline>);
static_assert(!commits<Committer, SomeCommand, store::ChangeSet, Deadline>);
static_assert(commits<Committer, policy::Authorized<SomeCommand>, store::ChangeSet, Deadline>);
// And nobody but the gate can make that proof, or use it twice.
static_assert(!std::is_constructible_v<policy::Authorized<SomeCommand>, SomeCommand, policy::Verdict>);
static_assert(!std::is_copy_constructible_v<policy::Authorized<SomeCommand>>);

/// The memory store has a writer thread, and a plain fork would copy only the caller's.
void die_in_a_new_process() {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
}

TEST(CommitterDeathTest, AnAllowedCommandIsNoRefusal) {
    die_in_a_new_process();
    auto const store = store::make_memory_store();
    Committer committer(*store);
    policy::Verdict allowed;
    allowed.decision.outcome = policy::Outcome::allow;
    EXPECT_DEATH((void)committer.record(allowed, audit::Event(), Timestamp(), Deadline()), "allow");
}

TEST(CommitterDeathTest, OnlyACheckoutThatWaitsCanBeHeld) {
    die_in_a_new_process();
    auto const store = store::make_memory_store();
    Committer committer(*store);
    policy::Verdict waits;
    waits.decision.outcome = policy::Outcome::needs_approval;
    EXPECT_DEATH((void)committer.hold(waits, Committer::Held(), Timestamp(), Deadline()), "approval_required");
}

}  // namespace
}  // namespace b2a::service
