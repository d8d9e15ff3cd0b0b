// SPDX-License-Identifier: Apache-2.0
#include "app/log_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "b2a/audit/tiles.hpp"
#include "b2a/base/limits.hpp"

namespace b2a::app {
namespace {

Error unsound(std::string detail) {
    return Error(Code::internal, std::move(detail) + "; run b2a audit verify");
}

audit::TileSource tiles_of(store::Reader& reader) {
    return [&reader](audit::TileId id, std::size_t width) { return reader.audit_tile(id, width); };
}

Result<Digest> root_at(store::Reader& reader, std::uint64_t size) {
    auto root = audit::TiledTree(size, tiles_of(reader)).root();
    if (!root) return unsound(fmt::format("the audit log has lost hashes below its size {}", size));
    return root;
}

/// Entries of one tile: all there, each with the bytes that its hash was made of.
Result<void> check_entries(store::Reader& reader, std::uint64_t from, std::size_t width) {
    B2A_TRY(entries, reader.audit_entries(from, width));
    auto const hashes = reader.audit_tile({0, from / audit::tile_width}, width);
    if (!hashes) return unsound(fmt::format("the audit log has lost hashes of the entries from {}", from));
    for (std::size_t i = 0; i < width; ++i) {
        auto const seq = from + i;
        if (i >= entries.size() || entries[i].seq != seq)
            return unsound(fmt::format("entry {} of the audit log is missing", seq));
        auto const leaf = audit::leaf_hash(as_bytes(entries[i].body));
        if (leaf != entries[i].leaf || leaf != (*hashes)[i])
            return unsound(fmt::format("entry {} of the audit log was changed", seq));
    }
    return {};
}

}  // namespace

Result<void> check_growth(store::Reader& reader, std::optional<audit::Checkpoint> const& last,
                          store::AuditHead const& head) {
    if (last && head.size < last->size)
        return unsound(
            fmt::format("the audit log has {} entries, but a checkpoint over {} was signed", head.size, last->size));
    B2A_TRY(root, root_at(reader, head.size));
    if (root != head.root) return unsound("the head of the audit log does not follow from its hashes");
    if (!last) return {};
    B2A_TRY(before, root_at(reader, last->size));
    if (before != last->root)
        return unsound(fmt::format("the audit log contradicts its signed checkpoint at size {}", last->size));
    return {};
}

Result<std::optional<audit::Checkpoint>> check_log(store::Reader& reader, audit::VerifierKey const& key) {
    B2A_TRY(note, reader.last_checkpoint());
    std::optional<audit::Checkpoint> last;
    if (note) {
        B2A_TRY(opened, audit::open_checkpoint(*note, key));
        last = std::move(opened);
    }
    B2A_TRY(head, reader.audit_head());
    B2A_CHECK(check_growth(reader, last, head));
    auto const newest = head.size - std::min<std::uint64_t>(head.size, limits::audit_start_entries_max);
    auto const from = std::max(head.first, newest) / audit::tile_width * audit::tile_width;
    for (auto at = from; at < head.size; at += audit::tile_width)
        B2A_CHECK(check_entries(reader, at, audit::width_of({0, at / audit::tile_width}, head.size)));
    return last;
}

}  // namespace b2a::app
