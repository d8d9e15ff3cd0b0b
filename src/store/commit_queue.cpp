// SPDX-License-Identifier: Apache-2.0
#include "store/commit_queue.hpp"

#include <algorithm>
#include <iterator>

#include "b2a/base/limits.hpp"

namespace b2a::store {

CommitQueue::CommitQueue(RunBatch run) : run_(std::move(run)), thread_([this] { loop(); }) {}

void CommitQueue::push(Job job) {
    std::optional<Error> refusal;
    {
        std::lock_guard const lock(mutex_);
        if (closed_) {
            refusal = Error(Code::store_unavailable, "the store is closing");
        } else if (queued_.size() - taken_ >= limits::writer_queue_jobs_max) {
            refusal = Error(Code::overloaded, "too many writes are waiting").with_retry_after(std::chrono::seconds{1});
        } else {
            queued_.push_back(std::move(job));
            depth_.store(queued_.size() - taken_, std::memory_order_relaxed);
        }
    }
    if (refusal) return job.done(std::move(*refusal));
    wake_.notify_one();
}

void CommitQueue::close() {
    {
        std::lock_guard const lock(mutex_);
        closed_ = true;
    }
    wake_.notify_one();
    std::lock_guard const joining(join_mutex_);
    if (thread_.joinable()) thread_.join();
}

bool CommitQueue::take(std::vector<Job>& batch) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return closed_ || taken_ < queued_.size(); });
    auto const count = std::min(limits::writer_batch_jobs_max, queued_.size() - taken_);
    auto const first = queued_.begin() + static_cast<std::ptrdiff_t>(taken_);
    std::move(first, first + static_cast<std::ptrdiff_t>(count), std::back_inserter(batch));
    taken_ += count;
    // Moved-from jobs are erased in bulk: once all are taken, or when a long queue is half gone.
    if (taken_ == queued_.size() || taken_ >= limits::writer_queue_jobs_max) {
        queued_.erase(queued_.begin(), queued_.begin() + static_cast<std::ptrdiff_t>(taken_));
        taken_ = 0;
    }
    depth_.store(queued_.size() - taken_, std::memory_order_relaxed);
    return count > 0;
}

void CommitQueue::loop() {
    std::vector<Job> batch;
    while (take(batch)) {
        drop_overdue(batch, std::chrono::steady_clock::now());
        if (!batch.empty()) run_(batch);
        batch.clear();
    }
}

void drop_overdue(std::vector<Job>& batch, Deadline now) {
    std::erase_if(batch, [now](Job& job) {
        if (job.deadline >= now) return false;
        job.done(Error(Code::deadline_exceeded, "the write waited too long"));
        return true;
    });
}

}  // namespace b2a::store
