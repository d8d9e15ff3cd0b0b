// SPDX-License-Identifier: Apache-2.0
// The Merkle tree in tiles of 256 hashes (c2sp.org/tlog-tiles): what a log keeps so that proofs cost a few look-ups
// however long it is. Tile (L, N) holds the roots of the complete subtrees of 2^(8L) entries numbered 256N, 256N + 1, …
// Pure: where tiles are kept is the business of whoever gives a TileSource.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/audit/merkle.hpp"

namespace b2a::audit {

inline constexpr std::size_t tile_width = 256;
inline constexpr std::uint32_t tile_bits = 8;  // levels of the tree in one tile

struct TileId {
    std::uint32_t level = 0;  // counted in tiles: 0 holds the leaves
    std::uint64_t index = 0;
    friend auto operator<=>(TileId const&, TileId const&) = default;
};

struct Tile {
    TileId id;
    std::vector<Digest> hashes;
};

/// The first `width` hashes of a tile, exactly; an Error when there are fewer.
using TileSource = std::function<Result<std::vector<Digest>>(TileId id, std::size_t width)>;

/// How many hashes that tile has in a tree of `size` entries.
std::size_t width_of(TileId id, std::uint64_t size) noexcept;

/// A tree of a fixed size, read tile by tile. Each tile is asked for once. At most six tiles make a proof below 2^24
/// entries.
class TiledTree {
  public:
    TiledTree(std::uint64_t size, TileSource source) : size_(size), source_(std::move(source)) {}

    Result<Digest> root();
    /// PATH(index, D[size]), leaf to root. invalid_request unless index < size.
    Result<std::vector<Digest>> inclusion_proof(std::uint64_t index);
    /// PROOF(first, D[size]). invalid_request unless 0 < first ≤ size.
    Result<std::vector<Digest>> consistency_proof(std::uint64_t first);

  private:
    Result<Digest> subtree(std::uint64_t begin, std::uint64_t end);
    Result<Digest> node(std::uint32_t level, std::uint64_t index);

    std::uint64_t size_;
    TileSource source_;
    std::map<TileId, std::vector<Digest>> tiles_;
};

/// The right edge of the tree in tiles: what an appender remembers, and which tiles an append completes or lengthens.
class TileEdge {
  public:
    TileEdge() = default;
    static Result<TileEdge> restore(std::uint64_t size, TileSource const& source);

    /// Adds to `changed` what has to be kept from now on: the tile of leaves when it is complete, and each tile above
    /// that got one more hash. The incomplete tile of leaves is not among them: the entries themselves have its hashes.
    void append(Digest const& leaf, std::vector<Tile>& changed);
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

  private:
    std::uint64_t size_ = 0;
    std::vector<std::vector<Digest>> levels_;  // the incomplete tile of each level
};

/// A path below "tile/", as c2sp.org/tlog-tiles writes it: "0/x001/x234/067", "1/000.p/7", "entries/003".
struct TilePath {
    enum class Kind : std::uint8_t { hashes, entries };
    Kind kind = Kind::hashes;
    TileId id;
    std::size_t width = tile_width;
    friend bool operator==(TilePath const&, TilePath const&) = default;
};
std::string to_text(TilePath const& path);
/// not_found unless it is written in exactly the one form.
Result<TilePath> parse_tile_path(std::string_view text);

/// Adds an entry to a bundle, the content of "tile/entries/…": its length in two bytes, then its bytes.
void append_to_bundle(std::string& bundle, std::string_view entry);
/// The entries of a bundle; invalid_request when it does not end where an entry does.
Result<std::vector<std::string_view>> parse_bundle(std::string_view bundle);

}  // namespace b2a::audit
