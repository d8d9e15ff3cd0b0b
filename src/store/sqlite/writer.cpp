// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/writer.hpp"

#include <algorithm>

#include "b2a/base/log.hpp"

#include "store/sqlite/migrate.hpp"

namespace b2a::store::sqlite {
namespace {

constexpr std::uint64_t frame_bytes = 16384 + 24;

int note_wal_frames(void* frames, sqlite3*, char const*, int count) {
    static_cast<std::atomic<int>*>(frames)->store(count, std::memory_order_relaxed);
    return SQLITE_OK;
}

}  // namespace

Result<std::unique_ptr<Writer>> Writer::start(std::string const& path, bool create) {
    B2A_TRY(connection, Connection::open(path, Role::writer, create));
    B2A_CHECK(migrate(connection, create));
    auto window = std::make_shared<IdempotencyWindow>();
    B2A_TRY(log, AuditLog::prepare(connection));
    B2A_TRY(idempotency, Idempotency::prepare(connection, window));
    B2A_TRY(applier, Applier::prepare(connection));
    // Read everything that a batch relies on now: a damaged file should stop the start, not the first order.
    {
        B2A_TRY(transaction, ReadTransaction::begin(connection));
        static_cast<void>(transaction);
        B2A_TRY(synced, log.sync());
        static_cast<void>(synced);
        B2A_TRY(entries, connection.integer("SELECT max(seq) + 1 FROM audit_entry"));
        if (static_cast<std::uint64_t>(entries) != log.size())
            return Error(Code::store_unavailable).with_note("the head of the audit log does not match its entries");
        B2A_CHECK(idempotency.catch_up());
    }
    B2A_TRY(checkpointer, Checkpointer::start(path));
    return std::unique_ptr<Writer>(new Writer(std::move(connection), std::move(log), std::move(idempotency),
                                              std::move(applier), std::move(window), std::move(checkpointer)));
}

Writer::Writer(Connection connection, AuditLog log, Idempotency idempotency, Applier applier,
               std::shared_ptr<IdempotencyWindow> window, std::unique_ptr<Checkpointer> checkpointer) :
    connection_(std::move(connection)),
    log_(std::move(log)),
    idempotency_(std::move(idempotency)),
    applier_(std::move(applier)),
    window_(std::move(window)),
    checkpointer_(std::move(checkpointer)) {
    sqlite3_wal_hook(connection_.handle(), note_wal_frames, &wal_frames_);
    queue_ = std::make_unique<CommitQueue>([this](std::vector<Job>& batch) { run_batch(batch); });
}

Store::Stats Writer::stats() const {
    Store::Stats out;
    out.commits = commits_;
    out.batches = batches_;
    out.commit_errors = commit_errors_;
    out.queue_depth = queue_->depth();
    out.wal_bytes = static_cast<std::uint64_t>(wal_frames_.load()) * frame_bytes;
    return out;
}

void Writer::close() {
    queue_->close();
    if (!checkpointer_) return;
    checkpointer_.reset();
    sqlite3_busy_timeout(connection_.handle(), 100);
    sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

void Writer::run_batch(std::vector<Job>& batch) {
    std::vector<Result<CommitResult>> results;
    Effects effects;
    results.reserve(batch.size());
    ++batches_;
    auto const written = write_batch(batch, results, effects);
    if (written) {
        idempotency_.committed();
        tell(effects);
    } else {
        ++commit_errors_;
        log_.forget();
        idempotency_.rolled_back();
        log::error("commit failed", {{"jobs", std::uint64_t{batch.size()}}, {"reason", written.error().note.text}});
        results.assign(batch.size(), Error(written.error()));
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (results[i]) ++commits_;
        batch[i].done(std::move(results[i]));
    }
    checkpointer_->after_batch(connection_, wal_frames_.load(std::memory_order_relaxed));
}

Result<void> Writer::write_batch(std::vector<Job>& batch, std::vector<Result<CommitResult>>& results,
                                 Effects& effects) {
    B2A_TRY(transaction, Transaction::begin(connection_));
    B2A_TRY(sync, log_.sync());
    if (sync == AuditLog::Sync::moved) B2A_CHECK(idempotency_.catch_up());
    Timestamp latest{};
    for (auto const& job : batch) {
        auto applied = apply(job, effects);
        if (!applied.intact) return std::move(applied.result).error();
        results.push_back(std::move(applied.result));
        if (auto const* changes = std::get_if<PreparedChanges>(&job.work)) latest = std::max(latest, changes->now);
    }
    B2A_CHECK(idempotency_.prune(latest));
    B2A_CHECK(log_.save());
    return transaction.commit();
}

Applier::Applied Writer::apply(Job const& job, Effects& effects) {
    if (auto const* changes = std::get_if<PreparedChanges>(&job.work))
        return applier_.apply(*changes, log_, idempotency_, effects);
    if (auto const* checkpoint = std::get_if<CheckpointWrite>(&job.work)) return applier_.apply(*checkpoint);
    if (auto const* progress = std::get_if<ProgressWrite>(&job.work)) return applier_.apply(*progress);
    return applier_.apply(std::get<Sweep>(job.work));
}

void Writer::tell(Effects const& effects) const {
    if (stock_listener_)
        for (auto const& [id, quantity] : effects.moved) stock_listener_(id, quantity);
    if (notice_listener_ && effects.noticed) notice_listener_();
}

}  // namespace b2a::store::sqlite
