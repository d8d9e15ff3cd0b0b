// SPDX-License-Identifier: Apache-2.0
// The bounded queue in front of the one writer thread. A batch is whatever arrived while the batch before it was being
// made durable: no gather delay, which measurably loses throughput. Thread-safe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "store/job.hpp"

namespace b2a::store {

class CommitQueue {
  public:
    using RunBatch = std::function<void(std::vector<Job>& batch)>;

    /// `run` gets at most limits::writer_batch_jobs_max jobs at a time and answers each of them.
    explicit CommitQueue(RunBatch run);
    ~CommitQueue() { close(); }
    CommitQueue(CommitQueue const&) = delete;
    CommitQueue& operator=(CommitQueue const&) = delete;

    /// Answers on the calling thread when the queue is full (overloaded) or closed (store_unavailable).
    void push(Job job);
    /// Waits until everything that was queued is answered. Idempotent.
    void close();
    [[nodiscard]] std::size_t depth() const noexcept { return depth_.load(std::memory_order_relaxed); }

  private:
    void loop();
    bool take(std::vector<Job>& batch);

    RunBatch run_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Job> queued_;
    std::size_t taken_ = 0;  // jobs at the front of queued_ that are already with the writer
    bool closed_ = false;
    std::atomic<std::size_t> depth_{0};
    std::mutex join_mutex_;
    std::thread thread_;
};

/// Answers overdue jobs with deadline_exceeded and removes them, keeping the order of the others.
void drop_overdue(std::vector<Job>& batch, Deadline now);

}  // namespace b2a::store
