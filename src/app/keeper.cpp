// SPDX-License-Identifier: Apache-2.0
#include "app/keeper.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "b2a/base/log.hpp"
#include "b2a/service/oversight.hpp"

#include "app/log_check.hpp"

namespace b2a::app {
namespace {

constexpr std::chrono::milliseconds tick_period{200};
constexpr std::chrono::minutes sweep_period{1};
// Long after its expiry a checkout may still answer "canceled"; then it is as unknown as one that never was.
constexpr std::chrono::hours kept_after_expiry{24 * 7};

}  // namespace

Result<void> Keeper::prepare() {
    B2A_TRY(reader, parts_.store.open_reader());
    reader_ = std::move(reader);
    B2A_TRY(last, check_log(*reader_, {parts_.origin, parts_.key.public_key()}));
    signed_ = std::move(last);
    if (signed_) signed_size_ = signed_->size;
    B2A_CHECK(follow_records());
    B2A_TRY(revision, reader_->catalog_revision());
    return load_catalog(revision);
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

/// Another process may write stops and the register; what changes there is so here with the next tick.
Result<void> Keeper::follow_records() {
    B2A_TRY(generation, reader_->records_generation());
    if (generation == loaded_records_) return {};
    B2A_TRY(stops, service::load_stops(*reader_));
    B2A_TRY(agents, service::load_agents(*reader_, parts_.configured));
    parts_.policy.replace_stops(std::move(stops));
    parts_.agents.replace(agents);
    loaded_records_ = generation;
    return {};
}

Result<void> Keeper::sign() {
    B2A_TRY(head, reader_->audit_head());
    if (signed_ && head.size == signed_->size) {
        signed_at_ = parts_.clock.now();
        return {};
    }
    B2A_CHECK(check_growth(*reader_, signed_, head));
    audit::Checkpoint checkpoint{parts_.origin, head.size, head.root};
    B2A_CHECK(parts_.store.add_checkpoint(head.size, audit::sign_checkpoint(checkpoint, parts_.key)));
    signed_ = std::move(checkpoint);
    signed_size_ = head.size;
    signed_at_ = parts_.clock.now();
    return {};
}

/// So many entries are not signed yet that the next checkpoint does not wait for its time.
bool Keeper::has_grown() {
    auto const head = reader_->audit_head();
    return head && head->size >= signed_size_ + parts_.checkpoint_entries;
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

void Keeper::refresh() {
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
    auto result = follow_records();
    if (result) result = follow_catalog();
    parts_.catalog.reclaim();  // frees replaced snapshots here, not on an I/O thread
    if (result && (sign_now || has_grown())) result = sign();
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
