// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/notices.hpp"

#include <algorithm>
#include <string>

namespace b2a::store::sqlite {

Result<Notices> Notices::prepare(Connection& connection) {
    Notices out;
    struct Preparation {
        Statement* statement;
        std::string_view sql;
    };
    Preparation const all[] = {
        {&out.exists_, "SELECT 1 FROM notice WHERE id = ?"},
        {&out.insert_,
         "INSERT INTO notice(id, subject, target, dialect, content_type, created, state, leads, attempts, due, "
         "last_result, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
         "NOT EXISTS (SELECT 1 FROM notice WHERE subject = ?2 AND state = 0), ?8, ?9, ?10, ?11)"},
        {&out.requeue_, "UPDATE notice SET state = 0, attempts = 0, due = ? WHERE id = ?"},
        {&out.note_, "UPDATE notice SET state = ?, attempts = ?, due = ?, last_result = ? WHERE id = ?"},
        {&out.subject_, "SELECT subject FROM notice WHERE id = ?"},
        // The comparison with leads keeps rows from being written for nothing.
        {&out.settle_,
         "UPDATE notice SET leads = 1 - leads WHERE subject = ?1 AND state = 0 AND leads <> "
         "(seq = (SELECT min(seq) FROM notice WHERE subject = ?1 AND state = 0))"},
    };
    for (auto const& [statement, sql] : all) {
        B2A_TRY(prepared, connection.prepare(sql));
        *statement = prepared;
    }
    return out;
}

Result<bool> Notices::exists(NoticeId const& id) {
    Query query(exists_, ByteView(id.bytes()));
    return query.next();
}

Result<void> Notices::check(PreparedChanges const& job) {
    for (auto notice = job.notices.begin(); notice != job.notices.end(); ++notice) {
        B2A_TRY(stored, exists(notice->id));
        if (stored || std::ranges::find(job.notices.begin(), notice, notice->id, &Notice::id) != notice)
            return Error(Code::conflict, "the notice exists already", notice->id.text());
    }
    for (auto const& id : job.requeue) {
        B2A_TRY(stored, exists(id));
        if (!stored) return Error(Code::not_found, "no such notice", id.text());
    }
    return {};
}

Result<void> Notices::write(PreparedChanges const& job) {
    for (auto const& notice : job.notices)
        B2A_CHECK(Query(insert_, ByteView(notice.id.bytes()), notice.subject, notice.target, notice.dialect,
                        notice.content_type, notice.created, static_cast<int>(notice.state),
                        std::int64_t{notice.attempts}, notice.due, notice.last_result, as_bytes(notice.body))
                      .run());
    for (auto const& id : job.requeue) {
        B2A_CHECK(Query(requeue_, job.now, ByteView(id.bytes())).run());
        B2A_CHECK(settle(id));
    }
    return {};
}

Result<void> Notices::note(std::vector<NoticeProgress> const& progress) {
    for (auto const& [id, state, attempts, due, last_result] : progress) {
        B2A_CHECK(Query(note_, static_cast<int>(state), std::int64_t{attempts}, due, last_result, ByteView(id.bytes()))
                      .run());
        B2A_CHECK(settle(id));
    }
    return {};
}

Result<void> Notices::settle(NoticeId const& id) {
    std::string subject;
    {
        Query query(subject_, ByteView(id.bytes()));
        B2A_TRY(row, query.next());
        if (!row) return {};
        subject = query.text(0);
    }
    return Query(settle_, subject).run();
}

}  // namespace b2a::store::sqlite
