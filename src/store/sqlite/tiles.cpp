// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/tiles.hpp"

#include <algorithm>

namespace b2a::store::sqlite {
namespace {

constexpr std::uint64_t index_max = (std::uint64_t{1} << 55U) - 1;

Error no_such_tile() {
    return Error(Code::not_found, "no such tile");
}

}  // namespace

Result<void> TileReader::prepare(Connection& connection) {
    B2A_TRY(tile, connection.prepare("SELECT hashes FROM audit_tile WHERE id = ?"));
    B2A_TRY(leaves, connection.prepare("SELECT leaf FROM audit_entry WHERE seq >= ? ORDER BY seq LIMIT ?"));
    tile_ = tile;
    leaves_ = leaves;
    return {};
}

Result<std::vector<Digest>> TileReader::read(audit::TileId id, std::size_t width) {
    if (id.index > index_max / audit::tile_width || width > audit::tile_width) return no_such_tile();
    std::vector<Digest> hashes;
    hashes.reserve(width);
    {
        Query query(tile_, tile_row(id));
        B2A_TRY(row, query.next());
        if (row) {
            auto const bytes = query.blob(0);
            if (bytes.size() < width * sizeof(Digest)) return no_such_tile();
            for (std::size_t i = 0; i < width; ++i)
                std::ranges::copy(bytes.subspan(i * sizeof(Digest), sizeof(Digest)), hashes.emplace_back().begin());
            return hashes;
        }
    }
    if (id.level != 0) return no_such_tile();
    Query query(leaves_, id.index * audit::tile_width, std::uint64_t{width});
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) break;
        B2A_TRY(leaf, query.digest(0));
        hashes.push_back(leaf);
    }
    if (hashes.size() < width) return no_such_tile();
    return hashes;
}

Result<void> TileWriter::prepare(Connection& connection) {
    B2A_TRY(upsert, connection.prepare("INSERT INTO audit_tile(id, hashes) VALUES (?, ?) "
                                       "ON CONFLICT(id) DO UPDATE SET hashes = excluded.hashes"));
    upsert_ = upsert;
    return {};
}

Result<void> TileWriter::write(audit::Tile const& tile) {
    Bytes bytes;
    bytes.reserve(tile.hashes.size() * sizeof(Digest));
    for (auto const& hash : tile.hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
    return Query(upsert_, tile_row(tile.id), bytes).run();
}

}  // namespace b2a::store::sqlite
