// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>

#include "b2a/store/sqlite.hpp"

#include "store/commit_queue.hpp"
#include "store/memory/state.hpp"
#include "store/stock_plan.hpp"

namespace b2a::store {
namespace memory {

Result<std::vector<AuditEntry>> State::render(std::vector<audit::Event> const& events, Timestamp now) const {
    std::vector<AuditEntry> entries;
    for (auto const& event : events) {
        auto const seq = frontier.size() + entries.size();
        B2A_TRY(body, audit::canonical_bytes(event, seq, std::max(now, last_time)));
        auto const leaf = audit::leaf_hash(as_bytes(body));
        entries.push_back({seq, std::move(body), leaf});
    }
    return entries;
}

void State::append(std::vector<AuditEntry> entries, Timestamp now) {
    for (auto& entry : entries) {
        frontier.append(entry.leaf);
        std::vector<audit::Tile> changed;
        edge.append(entry.leaf, changed);
        for (auto& tile : changed) tiles.insert_or_assign(tile.id, std::move(tile.hashes));
        log.push_back(std::move(entry));
    }
    last_time = std::max(now, last_time);
}

namespace {

template <class Row, class Rows>
Result<void> check_version(std::optional<Row> const& row, Rows const& rows) {
    if (!row) return {};
    auto const found = rows.find(row->id);
    auto const stored = found == rows.end() ? 0 : found->second.version;
    if (stored != row->expected_version) return Error(Code::conflict, "the resource was changed meanwhile");
    return {};
}

/// With the mutex held. New levels are appended to `moved`, and `noticed` set when a notice became pending.
Result<CommitResult> apply(State& state, PreparedChanges& job, std::vector<StockLevel>& moved, bool& noticed) {
    if (job.idempotency) {
        auto const found = state.replies.find(job.idempotency->key);
        if (found != state.replies.end()) {
            if (found->second.fingerprint == job.idempotency->fingerprint)
                return CommitResult(Replay{found->second.reply});
            return Error(Code::idempotency_conflict, "the idempotency key was used for another request");
        }
    }
    B2A_CHECK(check_version(job.checkout, state.checkouts));
    B2A_CHECK(check_version(job.order, state.orders));
    B2A_CHECK(check_version(job.cart, state.carts));
    B2A_CHECK(state.check_notices(job));
    B2A_CHECK(state.check_governance(job));
    B2A_CHECK(state.check_erasure(job));
    auto const level_of = [&state](std::string const& id) -> Result<std::optional<std::int64_t>> {
        auto const found = state.stock.find(id);
        return found == state.stock.end() ? std::nullopt : std::optional(found->second);
    };
    B2A_TRY(levels, plan_stock(job.stock, job.stock_set, level_of));
    B2A_TRY(entries, state.render(job.events, job.now));

    Receipt const receipt{entries.front().seq, entries.front().leaf};
    if (auto& row = job.checkout)
        state.checkouts[row->id] = {row->expected_version + 1, row->expires, std::move(row->body)};
    if (job.order && job.order->expected_version == 0)
        state.order_entries[job.order->id] = receipt.audit_seq + job.order->event;
    if (auto& row = job.order)
        state.orders[row->id] = {row->expected_version + 1, Timestamp::max(), std::move(row->body)};
    if (auto& row = job.cart) state.carts[row->id] = {row->expected_version + 1, row->expires, std::move(row->body)};
    noticed = noticed || !job.notices.empty() || !job.requeue.empty();
    state.write_notices(job);
    state.write_governance(job);
    B2A_CHECK(state.write_erasure(job));
    if (auto& kept = job.idempotency)
        state.replies.emplace(kept->key, KeptReply{kept->fingerprint, std::move(kept->reply)});
    for (auto& level : levels) {
        state.stock.insert_or_assign(level.variant_id, level.quantity);
        moved.push_back(std::move(level));
    }
    state.append(std::move(entries), job.now);
    return CommitResult(receipt);
}

class MemoryStore final : public Store {
  public:
    MemoryStore() : queue_([this](std::vector<Job>& batch) { run(batch); }) {}
    ~MemoryStore() override { close(); }

    void submit(ChangeSet changes, Deadline deadline, Done done) override {
        queue_.push({prepare(std::move(changes)), deadline, std::move(done)});
    }
    Result<std::unique_ptr<Reader>> open_reader() override { return make_reader(state_); }
    Result<std::unique_ptr<CatalogDraft>> begin_catalog() override { return memory::begin_catalog(state_); }
    Result<void> add_checkpoint(std::uint64_t size, std::string note) override;
    Result<void> note_progress(std::vector<NoticeProgress> progress) override {
        std::lock_guard const lock(state_->mutex);
        state_->note(std::move(progress));
        return {};
    }
    Result<std::size_t> sweep(Timestamp before) override {
        std::lock_guard const lock(state_->mutex);
        return state_->sweep(before);
    }
    Result<ScrubReport> scrub(std::vector<std::string>) override { return ScrubReport{}; }
    void on_notice(NoticeListener listener) override { notice_listener_ = std::move(listener); }
    void on_stock(StockListener listener) override { stock_listener_ = std::move(listener); }
    [[nodiscard]] Stats stats() const override {
        Stats out;
        out.commits = commits_;
        out.batches = batches_;
        out.queue_depth = queue_.depth();
        return out;
    }
    void close() override { queue_.close(); }

  private:
    void run(std::vector<Job>& batch);

    std::shared_ptr<State> state_ = std::make_shared<State>();
    StockListener stock_listener_;
    NoticeListener notice_listener_;
    std::atomic<std::uint64_t> commits_{0}, batches_{0};
    CommitQueue queue_;  // last: its thread uses all of the above
};

void MemoryStore::run(std::vector<Job>& batch) {
    std::vector<Result<CommitResult>> results;
    std::vector<StockLevel> moved;
    bool noticed = false;
    {
        std::lock_guard const lock(state_->mutex);
        for (auto& job : batch) results.push_back(apply(*state_, std::get<PreparedChanges>(job.work), moved, noticed));
    }
    ++batches_;
    if (stock_listener_)
        for (auto const& [id, quantity] : moved) stock_listener_(id, quantity);
    if (notice_listener_ && noticed) notice_listener_();
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (results[i]) ++commits_;
        batch[i].done(std::move(results[i]));
    }
}

Result<void> MemoryStore::add_checkpoint(std::uint64_t size, std::string note) {
    std::lock_guard const lock(state_->mutex);
    auto& kept = state_->checkpoints;
    if (!kept.empty() && size < kept.rbegin()->first)
        return Error(Code::conflict, "a checkpoint of a longer log exists");
    kept.insert_or_assign(size, std::move(note));
    return {};
}

}  // namespace
}  // namespace memory

std::unique_ptr<Store> make_memory_store() {
    return std::make_unique<memory::MemoryStore>();
}

}  // namespace b2a::store
