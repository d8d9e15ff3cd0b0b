// SPDX-License-Identifier: Apache-2.0
// Keeps the write-ahead log short without stalling commits. Above a threshold a thread of its own copies the log into
// the database file (PASSIVE) beside the running writer; the writer then copies the few remaining pages and starts the
// log anew (RESTART) between two batches. PASSIVE alone would let the log grow without bound under constant load.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/sqlite/connection.hpp"

namespace b2a::store::sqlite {

class Checkpointer {
  public:
    static Result<std::unique_ptr<Checkpointer>> start(std::string const& path);
    ~Checkpointer();
    Checkpointer(Checkpointer const&) = delete;
    Checkpointer& operator=(Checkpointer const&) = delete;

    /// Called by the writer's thread between batches, with the log's length after the last commit.
    void after_batch(Connection& writer, int wal_frames);

  private:
    explicit Checkpointer(Connection connection);
    void loop();
    void copy_passively();
    bool restart(Connection& writer);

    Connection connection_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool wanted_ = false;
    bool stopping_ = false;
    std::atomic<bool> busy_{false};
    std::atomic<int> copied_frames_{0};  // of the present log, by the last passive run
    int retry_above_ = 0;                // after a RESTART that a reader prevented
    std::thread thread_;
};

}  // namespace b2a::store::sqlite
