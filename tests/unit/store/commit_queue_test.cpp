// SPDX-License-Identifier: Apache-2.0
#include "store/commit_queue.hpp"

#include <future>

#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

namespace b2a::store {
namespace {

Job job(Deadline deadline, Store::Done done) {
    return {CheckpointWrite{}, deadline, std::move(done)};
}

TEST(CommitQueue, BatchesWhatArrivedMeanwhileUpToTheLimit) {
    std::promise<void> entered, go;
    std::vector<std::size_t> sizes;
    std::vector<std::uint64_t> order;
    {
        CommitQueue queue([&](std::vector<Job>& batch) {
            if (sizes.empty()) {
                entered.set_value();
                go.get_future().wait();
            }
            sizes.push_back(batch.size());
            for (auto const& one : batch) order.push_back(std::get<CheckpointWrite>(one.work).size);
        });
        queue.push({CheckpointWrite{0, {}}, Deadline::max(), {}});
        entered.get_future().wait();
        for (std::uint64_t i = 1; i <= 300; ++i) queue.push({CheckpointWrite{i, {}}, Deadline::max(), {}});
        EXPECT_EQ(queue.depth(), 300U);
        go.set_value();
    }
    auto const most = limits::writer_batch_jobs_max;
    EXPECT_EQ(sizes, (std::vector<std::size_t>{1, most, most, 300 - 2 * most}));
    for (std::uint64_t i = 0; i <= 300; ++i) EXPECT_EQ(order[i], i);
}

TEST(CommitQueue, KeepsTheOrderOverManyBatches) {
    std::uint64_t next = 0;
    bool ordered = true;
    CommitQueue queue([&](std::vector<Job>& batch) {
        for (auto const& one : batch) ordered = ordered && std::get<CheckpointWrite>(one.work).size == next++;
    });
    std::uint64_t pushed = 0;
    for (std::uint64_t i = 0; i < 50'000; ++i) {
        bool refused = false;
        queue.push(
            {CheckpointWrite{pushed, {}}, Deadline::max(), [&](Result<CommitResult> const&) { refused = true; }});
        if (!refused) ++pushed;
    }
    queue.close();
    EXPECT_TRUE(ordered);
    EXPECT_EQ(next, pushed);
}

TEST(CommitQueue, DropsOnlyOverdueJobs) {
    auto const now = Deadline{} + std::chrono::seconds{10};
    std::vector<Code> answers;
    auto const note = [&](Result<CommitResult> const& result) { answers.push_back(result.error().code); };
    std::vector<Job> batch;
    batch.push_back(job(now, note));
    batch.push_back(job(now - std::chrono::nanoseconds{1}, note));
    batch.push_back(job(Deadline::max(), note));
    drop_overdue(batch, now);
    EXPECT_EQ(batch.size(), 2U);
    EXPECT_EQ(answers, std::vector{Code::deadline_exceeded});
}

}  // namespace
}  // namespace b2a::store
