// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/audit_log.hpp"

#include <algorithm>

namespace b2a::store::sqlite {

Result<audit::Frontier> restore_frontier(std::uint64_t size, ByteView edge) {
    std::vector<Digest> digests(edge.size() / sizeof(Digest));
    for (std::size_t i = 0; i < digests.size(); ++i)
        std::ranges::copy(edge.subspan(i * sizeof(Digest), sizeof(Digest)), digests[i].begin());
    auto frontier = audit::Frontier::restore(size, std::move(digests));
    if (edge.size() % sizeof(Digest) != 0 || !frontier)
        return Error(Code::store_unavailable).with_note("damaged row: the head of the audit log");
    return frontier;
}

Result<AuditLog> AuditLog::prepare(Connection& connection) {
    AuditLog log;
    B2A_TRY(read_head, connection.prepare("SELECT size, edge, time FROM audit_head WHERE id = 1"));
    B2A_TRY(write_head, connection.prepare("UPDATE audit_head SET size = ?, edge = ?, time = ? WHERE id = 1"));
    B2A_TRY(insert, connection.prepare("INSERT INTO audit_entry(seq, leaf, body) VALUES (?, ?, ?)"));
    log.read_head_ = read_head;
    log.write_head_ = write_head;
    log.insert_ = insert;
    B2A_CHECK(log.tiles_.prepare(connection));
    B2A_CHECK(log.tile_writer_.prepare(connection));
    return log;
}

Result<AuditLog::Sync> AuditLog::sync() {
    Query query(read_head_);
    B2A_TRY(row, query.next());
    if (!row) return Error(Code::store_unavailable).with_note("the audit log has no head");
    if (known_ && query.natural(0) == saved_size_) return Sync::current;
    B2A_TRY(frontier, restore_frontier(query.natural(0), query.blob(1)));
    auto const source = [this](audit::TileId id, std::size_t width) { return tiles_.read(id, width); };
    auto edge = audit::TileEdge::restore(frontier.size(), source);
    if (!edge) return Error(Code::store_unavailable).with_note("the head of the audit log does not match its tiles");
    edge_ = *std::move(edge);
    frontier_ = std::move(frontier);
    saved_size_ = frontier_.size();
    last_time_ = from_micros(query.integer(2));
    known_ = true;
    return Sync::moved;
}

Result<std::vector<std::string>> AuditLog::render(std::vector<audit::Event> const& events, Timestamp now) const {
    std::vector<std::string> bodies;
    bodies.reserve(events.size());
    for (auto const& event : events) {
        B2A_TRY(body, audit::canonical_bytes(event, frontier_.size() + bodies.size(), entry_time(now)));
        bodies.push_back(std::move(body));
    }
    return bodies;
}

Result<Digest> AuditLog::append(std::vector<std::string> const& bodies, Timestamp now) {
    std::optional<Digest> first;
    std::vector<audit::Tile> changed;
    for (auto const& body : bodies) {
        auto const leaf = audit::leaf_hash(as_bytes(body));
        B2A_CHECK(Query(insert_, frontier_.size(), ByteView(leaf), body).run());
        frontier_.append(leaf);
        edge_.append(leaf, changed);
        if (!first) first = leaf;
    }
    for (auto const& tile : changed) B2A_CHECK(tile_writer_.write(tile));
    last_time_ = entry_time(now);
    return *first;
}

Result<void> AuditLog::save() {
    if (frontier_.size() == saved_size_) return {};
    Bytes edge;
    edge.reserve(frontier_.edge().size() * sizeof(Digest));
    for (auto const& digest : frontier_.edge()) edge.insert(edge.end(), digest.begin(), digest.end());
    B2A_CHECK(Query(write_head_, frontier_.size(), edge, last_time_).run());
    saved_size_ = frontier_.size();
    return {};
}

}  // namespace b2a::store::sqlite
