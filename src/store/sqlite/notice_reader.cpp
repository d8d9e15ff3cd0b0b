// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/notice_reader.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace b2a::store::sqlite {
namespace {

constexpr std::string_view columns =
    "SELECT seq, id, subject, target, dialect, content_type, created, state, attempts, due, last_result, body "
    "FROM notice ";

std::uint64_t row_limit(std::size_t limit) {
    return std::min<std::uint64_t>(limit, std::numeric_limits<std::int64_t>::max());
}

Error damaged() {
    return Error(Code::store_unavailable).with_note("damaged row: notice");
}

Result<Notice> notice_of(Query const& query) {
    Notice out;
    std::array<std::uint8_t, 16> id{};
    auto const stored = query.blob(1);
    auto const state = query.natural(7);
    auto const attempts = query.natural(8);
    if (stored.size() != id.size() || state > static_cast<std::uint64_t>(NoticeState::dead) ||
        attempts > std::numeric_limits<std::uint32_t>::max())
        return damaged();
    std::ranges::copy(stored, id.begin());
    out.id = NoticeId(id);
    out.seq = query.natural(0);
    out.subject = query.text(2);
    out.target = query.text(3);
    out.dialect = query.text(4);
    out.content_type = query.text(5);
    out.created = from_micros(query.integer(6));
    out.state = static_cast<NoticeState>(state);
    out.attempts = static_cast<std::uint32_t>(attempts);
    out.due = from_micros(query.integer(9));
    out.last_result = query.text(10);
    out.body = query.text(11);
    return out;
}

Result<std::vector<Notice>> all_of(Query& query) {
    std::vector<Notice> out;
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) return out;
        B2A_TRY(notice, notice_of(query));
        out.push_back(std::move(notice));
    }
}

}  // namespace

Result<void> NoticeReader::prepare(Connection& connection) {
    auto const select = [](std::string_view rest) { return std::string(columns).append(rest); };
    struct Preparation {
        Statement* statement;
        std::string sql;
    };
    // Partial indexes serve only a condition that is written out: hence a statement for each state. The planner is told
    // which index: others look as good to it, but would sort everything that is pending.
    Preparation const all[] = {
        {&due_, select("INDEXED BY notice_due WHERE state = 0 AND leads = 1 AND due <= ? ORDER BY due, seq LIMIT ?")},
        {&next_, "SELECT due FROM notice INDEXED BY notice_due WHERE state = 0 AND leads = 1 ORDER BY due LIMIT 1"},
        {&pending_, select("WHERE seq IN (SELECT seq FROM notice INDEXED BY notice_subject WHERE state = 0 "
                           "ORDER BY seq DESC LIMIT ?) ORDER BY seq DESC")},
        {&delivered_, select("WHERE state = 1 ORDER BY seq DESC LIMIT ?")},
        {&dead_, select("INDEXED BY notice_dead WHERE state = 2 ORDER BY seq DESC LIMIT ?")},
    };
    for (auto const& [statement, sql] : all) {
        B2A_TRY(prepared, connection.prepare(sql));
        *statement = prepared;
    }
    return {};
}

Result<std::vector<Notice>> NoticeReader::due(Timestamp now, std::size_t limit) {
    Query query(due_, now, row_limit(limit));
    return all_of(query);
}

Result<std::optional<Timestamp>> NoticeReader::next() {
    Query query(next_);
    B2A_TRY(row, query.next());
    return row ? std::optional(from_micros(query.integer(0))) : std::nullopt;
}

Result<std::vector<Notice>> NoticeReader::of(NoticeState state, std::size_t limit) {
    auto const statement = state == NoticeState::pending ? pending_ : state == NoticeState::dead ? dead_ : delivered_;
    Query query(statement, row_limit(limit));
    return all_of(query);
}

Result<void> each_notice(Connection& connection, std::function<void(Notice)> const& visit) {
    B2A_TRY(statement, connection.prepare(std::string(columns).append("ORDER BY seq")));
    Query query(statement);
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) return {};
        B2A_TRY(notice, notice_of(query));
        visit(std::move(notice));
    }
}

}  // namespace b2a::store::sqlite
