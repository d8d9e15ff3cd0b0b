// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/notices.hpp"

#include <algorithm>

namespace b2a::store::sqlite {

Result<Notices> Notices::prepare(Connection& connection) {
    Notices out;
    B2A_TRY(exists, connection.prepare("SELECT 1 FROM notice WHERE id = ?"));
    B2A_TRY(insert, connection.prepare("INSERT INTO notice(id, subject, target, dialect, content_type, created, state, "
                                       "attempts, due, last_result, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    B2A_TRY(requeue, connection.prepare("UPDATE notice SET state = 0, attempts = 0, due = ? WHERE id = ?"));
    B2A_TRY(note,
            connection.prepare("UPDATE notice SET state = ?, attempts = ?, due = ?, last_result = ? WHERE id = ?"));
    out.exists_ = exists;
    out.insert_ = insert;
    out.requeue_ = requeue;
    out.note_ = note;
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
    for (auto const& id : job.requeue) B2A_CHECK(Query(requeue_, job.now, ByteView(id.bytes())).run());
    return {};
}

Result<void> Notices::note(std::vector<NoticeProgress> const& progress) {
    for (auto const& [id, state, attempts, due, last_result] : progress)
        B2A_CHECK(Query(note_, static_cast<int>(state), std::int64_t{attempts}, due, last_result, ByteView(id.bytes()))
                      .run());
    return {};
}

}  // namespace b2a::store::sqlite
