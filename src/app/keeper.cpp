// SPDX-License-Identifier: Apache-2.0
#include "app/keeper.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "b2a/base/log.hpp"

namespace b2a::app {
namespace {

constexpr std::chrono::milliseconds tick_period{200};
constexpr std::size_t entries_per_read = 4096;
constexpr std::chrono::minutes sweep_period{1};
// Long after its expiry a checkout may still answer "canceled"; then it is as unknown as one that never was.
constexpr std::chrono::hours kept_after_expiry{24 * 7};

/// The root over the first `size` stored leaves.
Result<Digest> root_at(store::Reader& reader, std::uint64_t size) {
    audit::Frontier frontier;
    while (frontier.size() < size) {
        auto const want = std::min<std::uint64_t>(entries_per_read, size - frontier.size());
        B2A_TRY(entries, reader.audit_entries(frontier.size(), want));
        if (entries.empty()) return Error(Code::internal, "the audit log is shorter than its checkpoint");
        for (auto const& entry : entries) frontier.append(entry.leaf);
    }
    return frontier.root();
}

}  // namespace

Result<void> Keeper::prepare() {
    B2A_TRY(reader, parts_.store.open_reader());
    reader_ = std::move(reader);
    B2A_CHECK(check_log());
    B2A_TRY(revision, reader_->catalog_revision());
    return load_catalog(revision);
}

Result<void> Keeper::check_log() {
    B2A_TRY(note, reader_->last_checkpoint());
    if (!note) return {};
    audit::VerifierKey const verifier{parts_.origin, parts_.key.public_key()};
    B2A_TRY(last, audit::open_checkpoint(*note, verifier));
    B2A_TRY(head, reader_->audit_head());
    if (head.size < last.size)
        return Error(Code::internal, fmt::format("the audit log has {} entries, but a checkpoint over {} was signed",
                                                 head.size, last.size));
    // After a clean stop the checkpoint covers the head and the comparison is free; after a crash it costs one pass.
    auto root = head.size == last.size ? Result<Digest>(head.root) : root_at(*reader_, last.size);
    if (!root) return std::move(root).error();
    if (*root != last.root)
        return Error(Code::internal, fmt::format("the audit log contradicts its signed checkpoint at size {}; run "
                                                 "b2a audit verify",
                                                 last.size));
    signed_size_ = last.size;
    return {};
}

Result<void> Keeper::load_catalog(std::uint64_t revision) {
    parts_.catalog.begin_rebuild();
    B2A_TRY(data, reader_->catalog());
    B2A_TRY(stock, reader_->stock());
    data.legal = parts_.legal;
    loaded_revision_ = revision;
    auto snapshot = catalog::Snapshot::build(std::move(data), stock);
    log::info("catalog loaded", {{"revision", snapshot->revision()},
                                 {"products", std::uint64_t{snapshot->data().products.size()}},
                                 {"variants", std::uint64_t{snapshot->variant_count()}}});
    parts_.catalog.publish(std::move(snapshot));
    return {};
}

Result<void> Keeper::follow_catalog() {
    B2A_TRY(revision, reader_->catalog_revision());
    if (revision == loaded_revision_) return {};
    return load_catalog(revision);
}

Result<void> Keeper::sign() {
    B2A_TRY(head, reader_->audit_head());
    if (head.size == signed_size_) return {};
    audit::Checkpoint const checkpoint{parts_.origin, head.size, head.root};
    B2A_CHECK(parts_.store.add_checkpoint(head.size, audit::sign_checkpoint(checkpoint, parts_.key)));
    signed_size_ = head.size;
    return {};
}

/// A bounded bite a minute: a backlog goes in time, and the writer is never held up.
Result<void> Keeper::sweep() {
    auto const now = parts_.clock.now();
    if (now - swept_ < sweep_period) return {};
    swept_ = now;
    B2A_CHECK(parts_.store.sweep(now - kept_after_expiry));
    return {};
}

void Keeper::start() {
    thread_ = std::thread([this] { run(); });
}

void Keeper::stop() {
    {
        std::scoped_lock const lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Keeper::refresh_catalog() {
    std::unique_lock lock(mutex_);
    auto const mine = ++refresh_asked_;
    wake_.notify_all();
    wake_.wait(lock, [&] { return stopping_ || refresh_done_ >= mine; });
}

void Keeper::run() {
    auto last_signed = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        wake_.wait_for(lock, tick_period, [&] { return stopping_ || refresh_asked_ != refresh_done_; });
        auto const asked = refresh_asked_;
        lock.unlock();
        auto const now = std::chrono::steady_clock::now();
        bool const due = now - last_signed >= parts_.checkpoint_interval;
        if (due) last_signed = now;
        tick(due);
        lock.lock();
        refresh_done_ = asked;
        wake_.notify_all();
    }
    lock.unlock();
    tick(true);
}

void Keeper::tick(bool sign_now) {
    auto result = follow_catalog();
    parts_.catalog.reclaim();  // frees replaced snapshots here, not on an I/O thread
    if (result && sign_now) result = sign();
    if (result) result = sweep();
    bool const healthy = result.ok();
    if (!healthy && healthy_)  // one line when it breaks, not five a second
        log::error("background work failed", {{"code", to_text(result.error().code)},
                                              {"detail", result.error().detail},
                                              {"note", result.error().note.text}});
    healthy_ = healthy;
    log::flush();
}

}  // namespace b2a::app
