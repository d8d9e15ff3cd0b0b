// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/checkpointer.hpp"

#include <algorithm>

namespace b2a::store::sqlite {
namespace {

constexpr int passive_above_frames = 256;    // 4 MiB of 16 KiB pages
constexpr int restart_below_frames = 96;     // what the writer may copy itself between two batches
constexpr int restart_anyway_frames = 4096;  // 64 MiB: better one slow batch than a log without bound

}  // namespace

Result<std::unique_ptr<Checkpointer>> Checkpointer::start(std::string const& path) {
    B2A_TRY(connection, Connection::open(path, Role::importer));
    return std::unique_ptr<Checkpointer>(new Checkpointer(std::move(connection)));
}

Checkpointer::Checkpointer(Connection connection) : connection_(std::move(connection)), thread_([this] { loop(); }) {}

Checkpointer::~Checkpointer() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Checkpointer::after_batch(Connection& writer, int wal_frames) {
    if (busy_ || wal_frames < std::max(passive_above_frames, retry_above_)) return;
    auto const remaining = wal_frames - copied_frames_.load();
    if (remaining < restart_below_frames || wal_frames > restart_anyway_frames) {
        // A reader in the middle of a long query holds the log; asking again with every batch would only cost.
        retry_above_ = restart(writer) ? 0 : wal_frames + restart_below_frames;
        return;
    }
    {
        std::lock_guard const lock(mutex_);
        wanted_ = true;
        busy_ = true;
    }
    wake_.notify_one();
}

bool Checkpointer::restart(Connection& writer) {
    sqlite3_busy_timeout(writer.handle(), 2);
    auto const code = sqlite3_wal_checkpoint_v2(writer.handle(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    restore_lock_wait(writer);
    if (code != SQLITE_OK) return false;
    copied_frames_ = 0;
    return true;
}

void Checkpointer::loop() {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || wanted_; });
            if (stopping_) return;
            wanted_ = false;
        }
        copy_passively();
        busy_ = false;
    }
}

void Checkpointer::copy_passively() {
    int frames = 0;
    int copied = 0;
    auto const code =
        sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &frames, &copied);
    // A failure costs nothing but a longer log: the next batch asks again.
    if (code == SQLITE_OK && copied >= 0) copied_frames_ = copied;
}

}  // namespace b2a::store::sqlite
