// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <tuple>

#include "store/memory/state.hpp"

namespace b2a::store::memory {

Result<void> State::check_notices(PreparedChanges const& job) const {
    std::set<NoticeId> fresh;
    for (auto const& notice : job.notices)
        if (notice_seqs.contains(notice.id) || !fresh.insert(notice.id).second)
            return Error(Code::conflict, "the notice exists already", notice.id.text());
    for (auto const& id : job.requeue)
        if (!notice_seqs.contains(id)) return Error(Code::not_found, "no such notice", id.text());
    return {};
}

void State::write_notices(PreparedChanges& job) {
    for (auto& notice : job.notices) {
        notice.seq = ++last_notice;
        notice_seqs.emplace(notice.id, notice.seq);
        notices.emplace(notice.seq, std::move(notice));
    }
    for (auto const& id : job.requeue) {
        auto& notice = notices.at(notice_seqs.at(id));
        notice.state = NoticeState::pending;
        notice.attempts = 0;
        notice.due = job.now;
    }
}

void State::note(std::vector<NoticeProgress> progress) {
    for (auto& [id, state, attempts, due, last_result] : progress) {
        auto const found = notice_seqs.find(id);
        if (found == notice_seqs.end()) continue;
        auto& notice = notices.at(found->second);
        notice.state = state;
        notice.attempts = attempts;
        notice.due = due;
        notice.last_result = std::move(last_result);
    }
}

std::vector<Notice const*> State::sendable() const {
    std::set<std::string_view> subjects;
    std::vector<Notice const*> out;
    for (auto const& [seq, notice] : notices)
        if (notice.state == NoticeState::pending && subjects.insert(notice.subject).second) out.push_back(&notice);
    std::ranges::sort(out, {}, [](Notice const* notice) { return std::tuple(notice->due, notice->seq); });
    return out;
}

std::size_t State::sweep(Timestamp before) {
    std::size_t removed = 0;
    auto const remove_expired = [&](auto& rows, auto expired) {
        for (auto row = rows.begin(); row != rows.end() && removed < sweep_rows_max;) {
            if (!expired(row->second)) {
                ++row;
                continue;
            }
            row = rows.erase(row);
            ++removed;
        }
    };
    auto const is_over = [before](Versioned const& row) { return row.expires < before; };
    remove_expired(carts, is_over);
    remove_expired(checkouts, is_over);
    std::erase_if(allowances, [before](auto const& row) { return row.second.expires < before; });
    remove_expired(notices, [&](Notice const& notice) {
        bool const gone = notice.state == NoticeState::delivered && notice.created < before;
        if (gone) notice_seqs.erase(notice.id);
        return gone;
    });
    remove_expired(records, [day = sweep_day(before)](KeptRecord const& kept) {
        return std::ranges::find(dated_kinds, kept.record.kind) != std::end(dated_kinds) && kept.record.state < day;
    });
    return removed;
}

}  // namespace b2a::store::memory
