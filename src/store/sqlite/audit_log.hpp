// SPDX-License-Identifier: Apache-2.0
// The evidence side of a transaction: appends entries, keeps the tiles that they complete and moves the head once. The
// tree's edge is kept in memory between transactions and compared with the stored size in each, since another
// connection or process may append as well.
#pragma once

#include <vector>

#include "b2a/audit/event.hpp"
#include "b2a/audit/merkle.hpp"
#include "b2a/audit/tiles.hpp"

#include "store/sqlite/connection.hpp"
#include "store/sqlite/tiles.hpp"

namespace b2a::store::sqlite {

class AuditLog {
  public:
    static Result<AuditLog> prepare(Connection& connection);

    enum class Sync : std::uint8_t { current, moved };
    /// First in every transaction. `moved`: someone else appended since our last save().
    Result<Sync> sync();
    /// What the entries of `events` will be, without writing; payload_too_large if one is.
    [[nodiscard]] Result<std::vector<std::string>> render(std::vector<audit::Event> const& events, Timestamp now) const;
    /// Appends rendered entries and returns the first one's leaf.
    Result<Digest> append(std::vector<std::string> const& bodies, Timestamp now);
    /// Last before COMMIT.
    Result<void> save();
    /// After a rollback: what is in memory is no longer true.
    void forget() noexcept { known_ = false; }

    [[nodiscard]] std::uint64_t size() const noexcept { return frontier_.size(); }

  private:
    AuditLog() = default;
    /// The log's time does not go back, whatever the callers' clocks say.
    [[nodiscard]] Timestamp entry_time(Timestamp now) const noexcept { return std::max(now, last_time_); }

    Statement read_head_, write_head_, insert_;
    TileReader tiles_;
    TileWriter tile_writer_;
    audit::Frontier frontier_;
    audit::TileEdge edge_;
    Timestamp last_time_{};
    std::uint64_t saved_size_ = 0;
    bool known_ = false;
};

/// The tree at the stored head; store_unavailable if the row does not make sense.
Result<audit::Frontier> restore_frontier(std::uint64_t size, ByteView edge);

}  // namespace b2a::store::sqlite
