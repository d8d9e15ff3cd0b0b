// SPDX-License-Identifier: Apache-2.0
// The tiles of the audit tree: read on any connection, written by the log's appender in the transaction of its entries.
#pragma once

#include <vector>

#include "b2a/audit/tiles.hpp"

#include "store/sqlite/connection.hpp"

namespace b2a::store::sqlite {

/// The row of a tile.
constexpr std::uint64_t tile_row(audit::TileId id) noexcept {
    return (std::uint64_t{id.level} << 56U) | id.index;
}

class TileReader {
  public:
    Result<void> prepare(Connection& connection);
    /// The first `width` hashes; not_found when there are fewer.
    Result<std::vector<Digest>> read(audit::TileId id, std::size_t width);

  private:
    Statement tile_, leaves_;
};

class TileWriter {
  public:
    Result<void> prepare(Connection& connection);
    Result<void> write(audit::Tile const& tile);

  private:
    Statement upsert_;
};

}  // namespace b2a::store::sqlite
