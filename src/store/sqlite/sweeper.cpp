// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sweeper.hpp"

#include <algorithm>

#include "store/codec.hpp"

namespace b2a::store::sqlite {
namespace {

/// Every UUIDv7 that was made before `time` is below it (RFC 9562: it begins with the milliseconds, in 48 bits).
Bytes first_id_of(Timestamp time) {
    auto const micros = std::max<std::int64_t>(to_micros(time), 0);
    auto const millis = static_cast<std::uint64_t>(micros) / 1000;
    Bytes id(16);
    for (std::size_t i = 0; i < 6; ++i) id[i] = static_cast<std::uint8_t>(millis >> (8U * (5 - i)));
    return id;
}

/// A row that cannot be read stays: what it was is not for a clean-up to decide.
bool holds_unfinished(ByteView body) {
    auto const checkout = decode_checkout(body);
    return checkout && is_sweepable(checkout->status);
}

}  // namespace

Result<Sweeper> Sweeper::prepare(Connection& connection) {
    struct Preparation {
        Statement* statement;
        std::string_view sql;
    };
    Sweeper out;
    Preparation const all[] = {
        {&out.carts_.page, "SELECT id, expires FROM cart WHERE id > ? AND id < ? ORDER BY id LIMIT ?"},
        {&out.carts_.remove, "DELETE FROM cart WHERE id = ?"},
        {&out.checkouts_.page, "SELECT id, expires, body FROM checkout WHERE id > ? AND id < ? ORDER BY id LIMIT ?"},
        {&out.checkouts_.remove, "DELETE FROM checkout WHERE id = ?"},
        {&out.notice_page_, "SELECT seq, created, state FROM notice WHERE seq > ? ORDER BY seq LIMIT ?"},
        {&out.notice_remove_, "DELETE FROM notice WHERE seq = ?"},
        {&out.record_page_, "SELECT id FROM record WHERE kind = ? AND state < ? ORDER BY state LIMIT ?"},
        {&out.record_remove_, "DELETE FROM record WHERE kind = ? AND id = ?"},
    };
    for (auto const& [statement, sql] : all) {
        B2A_TRY(prepared, connection.prepare(sql));
        *statement = prepared;
    }
    return out;
}

Result<std::size_t> Sweeper::sweep(Timestamp before) {
    B2A_TRY(carts, sweep_ids(carts_, before, [](Query const&) { return true; }));
    // The row says max where a checkout must stay, but rows of older programs do not: so the body has the last word.
    auto const unfinished = [](Query const& row) { return holds_unfinished(row.blob(2)); };
    B2A_TRY(checkouts, sweep_ids(checkouts_, before, unfinished));
    B2A_TRY(notices, sweep_notices(before));
    std::size_t records = 0;
    for (auto const kind : dated_kinds) {
        B2A_TRY(removed, sweep_records(kind, sweep_day(before)));
        records += removed;
    }
    return carts + checkouts + notices + records;
}

template <class Expired>
Result<std::size_t> Sweeper::sweep_ids(Table& table, Timestamp before, Expired expired) {
    auto const end = first_id_of(before);
    auto after = std::move(table.after);
    std::size_t seen = 0;
    std::vector<Bytes> removed;
    {
        Query page(table.page, after, end, std::uint64_t{sweep_rows_max});
        for (;; ++seen) {
            B2A_TRY(row, page.next());
            if (!row) break;
            auto const id = page.blob(0);
            table.after.assign(id.begin(), id.end());
            if (from_micros(page.integer(1)) < before && expired(page)) removed.push_back(table.after);
        }
    }
    if (seen < sweep_rows_max) table.after.clear();
    for (auto const& id : removed) B2A_CHECK(Query(table.remove, id).run());
    return removed.size();
}

Result<std::size_t> Sweeper::sweep_notices(Timestamp before) {
    auto const after = std::exchange(notices_after_, 0);
    std::vector<std::uint64_t> removed;
    {
        std::uint64_t last = 0;
        std::size_t seen = 0;
        Query page(notice_page_, after, std::uint64_t{sweep_rows_max});
        for (;; ++seen) {
            B2A_TRY(row, page.next());
            if (!row || from_micros(page.integer(1)) >= before) break;  // they come in the order of their making
            last = page.natural(0);
            if (page.integer(2) == static_cast<int>(NoticeState::delivered)) removed.push_back(last);
        }
        if (seen == sweep_rows_max) notices_after_ = last;
    }
    for (auto const seq : removed) B2A_CHECK(Query(notice_remove_, seq).run());
    return removed.size();
}

Result<std::size_t> Sweeper::sweep_records(RecordKind kind, std::uint32_t day) {
    std::vector<std::string> removed;
    {
        Query page(record_page_, static_cast<int>(kind), std::int64_t{day}, std::uint64_t{sweep_rows_max});
        for (;;) {
            B2A_TRY(row, page.next());
            if (!row) break;
            removed.emplace_back(page.text(0));
        }
    }
    for (auto const& id : removed) B2A_CHECK(Query(record_remove_, static_cast<int>(kind), id).run());
    return removed.size();
}

}  // namespace b2a::store::sqlite
