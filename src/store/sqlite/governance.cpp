// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/governance.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <span>

#include "b2a/base/assert.hpp"

namespace b2a::store::sqlite {
namespace {

struct Preparation {
    Statement* statement;
    std::string_view sql;
};

Result<void> prepare_all(Connection& connection, std::span<Preparation const> all) {
    for (auto const& [statement, sql] : all) {
        B2A_TRY(prepared, connection.prepare(sql));
        *statement = prepared;
    }
    return {};
}

constexpr std::string_view drawn_sql = "SELECT drawn FROM allowance WHERE key = ?";

Result<std::int64_t> read_drawn(Statement statement, Digest const& key) {
    Query query(statement, ByteView(key));
    B2A_TRY(row, query.next());
    return row ? query.integer(0) : std::int64_t{0};
}

Record record_of(RecordKind kind, Query const& query) {
    Record out;
    out.kind = kind;
    out.id = query.text(0);
    out.version = query.natural(1);
    out.state = static_cast<std::uint32_t>(query.natural(2));
    out.body = query.text(3);
    return out;
}

}  // namespace

Result<Governance> Governance::prepare(Connection& connection) {
    Governance out;
    Preparation const all[] = {
        {&out.drawn_, drawn_sql},
        {&out.draw_,
         "INSERT INTO allowance(key, drawn, expires) VALUES (?, ?, ?) "
         "ON CONFLICT(key) DO UPDATE SET drawn = drawn + excluded.drawn"},
        {&out.forget_,
         "DELETE FROM allowance WHERE key IN (SELECT key FROM allowance WHERE expires < ? ORDER BY expires LIMIT ?)"},
        {&out.version_, "SELECT version FROM record WHERE kind = ? AND id = ?"},
        {&out.put_,
         "INSERT OR REPLACE INTO record(kind, id, version, state, seq, body) "
         "VALUES (?, ?, ?, ?, (SELECT generation FROM record_head), ?)"},
        {&out.remove_, "DELETE FROM record WHERE kind = ? AND id = ?"},
        {&out.advance_, "UPDATE record_head SET generation = generation + 1"},
    };
    B2A_CHECK(prepare_all(connection, all));
    return out;
}

Result<std::int64_t> Governance::drawn(Digest const& key) {
    return read_drawn(drawn_, key);
}

Result<void> Governance::check(PreparedChanges const& job) {
    B2A_CHECK(check_draws(job.allowances));
    for (auto const& write : job.records) {
        Query query(version_, static_cast<int>(write.kind), write.id);
        B2A_TRY(row, query.next());
        auto const stored = row ? query.natural(0) : 0;
        if (stored != write.expected_version)
            return Error(Code::conflict, "the record was changed meanwhile", write.id);
    }
    return {};
}

Result<void> Governance::check_draws(std::vector<AllowanceDraw> const& draws) {
    std::map<Digest, std::int64_t> together;  // a change set may draw twice on one allowance
    for (auto const& draw : draws) {
        B2A_ASSERT(draw.amount > 0);
        auto found = together.find(draw.key);
        if (found == together.end()) {
            B2A_TRY(before, drawn(draw.key));
            found = together.emplace(draw.key, before).first;
        }
        if (draw.amount > draw.cap - found->second)
            return Error(Code::allowance_exceeded, "the allowance is used up", draw.name);
        found->second += draw.amount;
    }
    return {};
}

Result<void> Governance::write(PreparedChanges const& job) {
    for (auto const& draw : job.allowances)
        B2A_CHECK(Query(draw_, ByteView(draw.key), draw.amount, draw.expires).run());
    for (auto const& record : job.records) B2A_CHECK(write_record(record));
    return {};
}

Result<void> Governance::write_record(RecordWrite const& write) {
    if (is_managed(write.kind)) B2A_CHECK(Query(advance_).run());
    auto const kind = static_cast<int>(write.kind);
    if (write.remove) return Query(remove_, kind, write.id).run();
    return Query(put_, kind, write.id, write.expected_version + 1, std::int64_t{write.state}, write.body).run();
}

Result<void> Governance::sweep(Timestamp before) {
    return Query(forget_, before, std::uint64_t{sweep_rows_max}).run();
}

Result<void> GovernanceReader::prepare(Connection& connection) {
    Preparation const all[] = {
        {&drawn_, drawn_sql},
        {&record_, "SELECT id, version, state, body FROM record WHERE kind = ? AND id = ?"},
        {&records_, "SELECT id, version, state, body FROM record WHERE kind = ? ORDER BY seq DESC LIMIT ?"},
        {&records_of_state_,
         "SELECT id, version, state, body FROM record WHERE kind = ? AND state = ? ORDER BY seq DESC LIMIT ?"},
        {&generation_, "SELECT generation FROM record_head"},
    };
    return prepare_all(connection, all);
}

Result<std::int64_t> GovernanceReader::drawn(Digest const& key) {
    return read_drawn(drawn_, key);
}

Result<std::optional<Record>> GovernanceReader::record(RecordKind kind, std::string const& id) {
    Query query(record_, static_cast<int>(kind), id);
    B2A_TRY(row, query.next());
    return row ? std::optional(record_of(kind, query)) : std::nullopt;
}

Result<std::vector<Record>> GovernanceReader::records(RecordKind kind, std::optional<std::uint32_t> state,
                                                      std::size_t limit) {
    std::vector<Record> out;
    auto const read = [&](Query& query) -> Result<void> {
        for (;;) {
            B2A_TRY(row, query.next());
            if (!row) return {};
            out.push_back(record_of(kind, query));
        }
    };
    auto const count = std::min<std::uint64_t>(limit, std::numeric_limits<std::int64_t>::max());
    if (state) {
        Query query(records_of_state_, static_cast<int>(kind), std::int64_t{*state}, count);
        B2A_CHECK(read(query));
    } else {
        Query query(records_, static_cast<int>(kind), count);
        B2A_CHECK(read(query));
    }
    return out;
}

Result<std::uint64_t> GovernanceReader::generation() {
    Query query(generation_);
    B2A_TRY(row, query.next());
    if (!row) return Error(Code::store_unavailable).with_note("the records have no head");
    return query.natural(0);
}

}  // namespace b2a::store::sqlite
