// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/tiles.hpp"

#include <algorithm>
#include <bit>
#include <span>

#include "b2a/base/assert.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::audit {
namespace {

constexpr std::uint32_t tile_levels_max = 8;  // 2^64 entries
constexpr std::size_t path_groups_max = 6;    // 10^18 tiles

std::uint64_t split_of(std::uint64_t n) noexcept {
    return std::bit_floor(n - 1);
}

Error no_such_tile() {
    return Error(Code::not_found, "no such tile");
}

bool is_digits(std::string_view text) noexcept {
    return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Groups of three digits, all but the last with an "x" before them, none superfluous.
Result<std::uint64_t> parse_index(std::span<std::string_view const> groups) {
    if (groups.empty() || groups.size() > path_groups_max) return no_such_tile();
    std::uint64_t index = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        auto group = groups[i];
        if (i + 1 < groups.size()) {
            if (!group.starts_with('x')) return no_such_tile();
            group.remove_prefix(1);
        }
        if (!is_digits(group)) return no_such_tile();
        auto const value = *parse_int<std::uint64_t>(group);
        if (i == 0 && groups.size() > 1 && value == 0) return no_such_tile();
        index = index * 1000 + value;
    }
    return index;
}

}  // namespace

std::size_t width_of(TileId id, std::uint64_t size) noexcept {
    if (id.level >= tile_levels_max) return 0;
    auto const hashes = size >> (tile_bits * id.level);
    if (id.index > hashes / tile_width) return 0;
    return static_cast<std::size_t>(std::min<std::uint64_t>(hashes - id.index * tile_width, tile_width));
}

Result<Digest> TiledTree::node(std::uint32_t level, std::uint64_t index) {
    auto const tile_level = level / tile_bits;
    auto const inner = level % tile_bits;
    auto const first = index << inner;
    TileId const id{tile_level, first / tile_width};
    auto found = tiles_.find(id);
    if (found == tiles_.end()) {
        auto const width = width_of(id, size_);
        B2A_TRY(hashes, source_(id, width));
        if (hashes.size() != width) return Error(Code::internal, "a tile of the audit tree has another width");
        found = tiles_.emplace(id, std::move(hashes)).first;
    }
    auto const at = static_cast<std::size_t>(first % tile_width);
    B2A_ASSERT(at + (std::size_t{1} << inner) <= found->second.size());
    return root_of(std::span(found->second).subspan(at, std::size_t{1} << inner));
}

/// The root over entries [begin, end). Callers split where RFC 6962 does, so that `begin` is a multiple of the greatest
/// power of two in the range and every complete part is a node.
Result<Digest> TiledTree::subtree(std::uint64_t begin, std::uint64_t end) {
    auto const count = end - begin;
    if (std::has_single_bit(count)) return node(static_cast<std::uint32_t>(std::countr_zero(count)), begin / count);
    auto const middle = begin + split_of(count);
    B2A_TRY(left, subtree(begin, middle));
    B2A_TRY(right, subtree(middle, end));
    return node_hash(left, right);
}

Result<Digest> TiledTree::root() {
    if (size_ == 0) return empty_root();
    return subtree(0, size_);
}

Result<std::vector<Digest>> TiledTree::inclusion_proof(std::uint64_t index) {
    if (index >= size_) return Error(Code::invalid_request, "the index is not below the size of the tree");
    std::vector<Digest> proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size_;
    while (end - begin > 1) {
        auto const middle = begin + split_of(end - begin);
        bool const left = index < middle;
        auto sibling = left ? subtree(middle, end) : subtree(begin, middle);
        if (!sibling) return std::move(sibling).error();
        proof.push_back(*sibling);
        left ? end = middle : begin = middle;
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

Result<std::vector<Digest>> TiledTree::consistency_proof(std::uint64_t first) {
    if (first == 0 || first > size_)
        return Error(Code::invalid_request, "the older size is not between 1 and the size of the tree");
    std::vector<Digest> proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size_;
    bool whole = true;  // the part under consideration begins where the older tree does
    while (first != end) {
        auto const middle = begin + split_of(end - begin);
        bool const left = first <= middle;
        auto sibling = left ? subtree(middle, end) : subtree(begin, middle);
        if (!sibling) return std::move(sibling).error();
        proof.push_back(*sibling);
        left ? end = middle : begin = middle;
        whole = whole && left;
    }
    if (!whole) {
        B2A_TRY(shared, subtree(begin, end));
        proof.push_back(shared);
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

Result<TileEdge> TileEdge::restore(std::uint64_t size, TileSource const& source) {
    TileEdge edge;
    edge.size_ = size;
    for (std::uint32_t level = 0; level < tile_levels_max && size >> (tile_bits * level) != 0; ++level) {
        auto const hashes = size >> (tile_bits * level);
        auto const width = static_cast<std::size_t>(hashes % tile_width);
        auto& tile = edge.levels_.emplace_back();
        if (width == 0) continue;
        B2A_TRY(kept, source(TileId{level, hashes / tile_width}, width));
        if (kept.size() != width) return Error(Code::internal, "a tile of the audit tree has another width");
        tile = std::move(kept);
    }
    return edge;
}

void TileEdge::append(Digest const& leaf, std::vector<Tile>& changed) {
    ++size_;
    auto hash = leaf;
    for (std::uint32_t level = 0;; ++level) {
        if (level == levels_.size()) levels_.emplace_back();
        auto& tile = levels_[level];
        tile.push_back(hash);
        bool const complete = tile.size() == tile_width;
        auto const index = ((size_ >> (tile_bits * level)) - 1) / tile_width;
        if (level > 0 || complete) changed.push_back({{level, index}, tile});
        if (!complete) return;
        hash = root_of(tile);
        tile.clear();
    }
}

std::string to_text(TilePath const& path) {
    std::string groups;
    auto rest = path.id.index;
    for (bool last = true; last || rest > 0; last = false, rest /= 1000) {
        auto const digits = std::to_string(rest % 1000);
        groups = (last ? "" : "x") + std::string(3 - digits.size(), '0') + digits + (last ? "" : "/") + groups;
    }
    auto const kind = path.kind == TilePath::Kind::entries ? std::string("entries") : std::to_string(path.id.level);
    return kind + "/" + groups + (path.width < tile_width ? ".p/" + std::to_string(path.width) : "");
}

Result<TilePath> parse_tile_path(std::string_view text) {
    auto parts = split(text, '/');
    TilePath path;
    if (parts.size() < 2) return no_such_tile();
    if (parts.front() == "entries") {
        path.kind = TilePath::Kind::entries;
    } else {
        auto const level = parse_int<std::uint32_t>(parts.front());
        if (!level || *level >= tile_levels_max || std::to_string(*level) != parts.front()) return no_such_tile();
        path.id.level = *level;
    }
    if (parts.size() > 2 && parts[parts.size() - 2].ends_with(".p")) {
        auto const width = parse_int<std::size_t>(parts.back());
        if (!width || *width == 0 || *width >= tile_width || std::to_string(*width) != parts.back())
            return no_such_tile();
        path.width = *width;
        parts.pop_back();
        parts.back().remove_suffix(2);
    }
    B2A_TRY(index, parse_index(std::span(parts).subspan(1)));
    path.id.index = index;
    return path;
}

void append_to_bundle(std::string& bundle, std::string_view entry) {
    B2A_ASSERT(entry.size() <= limits::audit_entry_bytes_max);
    bundle += static_cast<char>(entry.size() >> 8U);
    bundle += static_cast<char>(entry.size() & 0xffU);
    bundle += entry;
}

Result<std::vector<std::string_view>> parse_bundle(std::string_view bundle) {
    std::vector<std::string_view> entries;
    while (!bundle.empty()) {
        if (bundle.size() < 2) return Error(Code::invalid_request, "the bundle of entries is cut off");
        auto const size =
            std::size_t{static_cast<std::uint8_t>(bundle[0])} << 8U | static_cast<std::uint8_t>(bundle[1]);
        if (bundle.size() < 2 + size) return Error(Code::invalid_request, "the bundle of entries is cut off");
        entries.push_back(bundle.substr(2, size));
        bundle.remove_prefix(2 + size);
    }
    return entries;
}

}  // namespace b2a::audit
