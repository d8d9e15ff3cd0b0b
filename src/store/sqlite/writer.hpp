// SPDX-License-Identifier: Apache-2.0
// The group commit: one thread, one transaction per batch, answers only after COMMIT. State kept between transactions
// (the tree's edge, the idempotency window) is thrown away and read anew whenever a batch fails.
#pragma once

#include <atomic>
#include <memory>

#include "store/commit_queue.hpp"
#include "store/sqlite/apply.hpp"
#include "store/sqlite/checkpointer.hpp"

namespace b2a::store::sqlite {

class Writer {
  public:
    static Result<std::unique_ptr<Writer>> start(std::string const& path, bool create);
    ~Writer() { close(); }

    void submit(Job job) { queue_->push(std::move(job)); }
    void on_stock(Store::StockListener listener) { stock_listener_ = std::move(listener); }
    void on_notice(Store::NoticeListener listener) { notice_listener_ = std::move(listener); }
    [[nodiscard]] std::shared_ptr<IdempotencyWindow const> window() const { return window_; }
    [[nodiscard]] Store::Stats stats() const;
    void close();

  private:
    Writer(Connection connection, AuditLog log, Idempotency idempotency, Applier applier,
           std::shared_ptr<IdempotencyWindow> window, std::unique_ptr<Checkpointer> checkpointer);

    void run_batch(std::vector<Job>& batch);
    Result<void> write_batch(std::vector<Job>& batch, std::vector<Result<CommitResult>>& results, Effects& effects);
    Applier::Applied apply(Job const& job, Effects& effects);
    void tell(Effects const& effects) const;

    Connection connection_;
    AuditLog log_;
    Idempotency idempotency_;
    Applier applier_;
    std::shared_ptr<IdempotencyWindow> window_;
    std::unique_ptr<Checkpointer> checkpointer_;
    Store::StockListener stock_listener_;
    Store::NoticeListener notice_listener_;
    std::atomic<std::uint64_t> commits_{0}, batches_{0}, commit_errors_{0};
    std::atomic<int> wal_frames_{0};
    std::unique_ptr<CommitQueue> queue_;  // last: its thread uses all of the above
};

}  // namespace b2a::store::sqlite
