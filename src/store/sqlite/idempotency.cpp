// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/idempotency.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"

namespace b2a::store::sqlite {
namespace {

constexpr int prune_rows_max = 2 * static_cast<int>(limits::writer_batch_jobs_max);  // faster than rows arrive

}  // namespace

Result<StoredReply> reply_of(Query const& query, Digest const& key, Digest const& fingerprint) {
    // A different key under the same half does not occur by chance; refusing is the safe answer to either mismatch.
    if (!std::ranges::equal(query.blob(0), key) || !std::ranges::equal(query.blob(1), fingerprint))
        return Error(Code::idempotency_conflict, "the idempotency key was used for another request");
    StoredReply reply;
    reply.status = static_cast<int>(query.integer(2));
    reply.content_type = query.text(3);
    reply.body = query.text(4);
    return reply;
}

Result<Idempotency> Idempotency::prepare(Connection& connection, std::shared_ptr<IdempotencyWindow> window) {
    Idempotency out;
    out.window_ = std::move(window);
    B2A_TRY(select, connection.prepare(select_reply_sql));
    B2A_TRY(insert, connection.prepare("INSERT INTO idempotency(seq, key, fingerprint, created, status, content_type, "
                                       "body) VALUES (?, ?, ?, ?, ?, ?, ?)"));
    B2A_TRY(newer, connection.prepare("SELECT seq, key, created FROM idempotency WHERE seq > ? ORDER BY seq"));
    B2A_TRY(oldest, connection.prepare("SELECT seq, key, created FROM idempotency ORDER BY seq LIMIT ?"));
    B2A_TRY(remove, connection.prepare("DELETE FROM idempotency WHERE seq <= ?"));
    B2A_TRY(replace, connection.prepare("UPDATE idempotency SET status = ?, content_type = ?, body = ? "
                                        "WHERE seq = ? AND key = ?"));
    out.replace_ = replace;
    out.select_ = select;
    out.insert_ = insert;
    out.newer_ = newer;
    out.oldest_ = oldest;
    out.delete_ = remove;
    return out;
}

Result<void> Idempotency::catch_up() {
    Query query(newer_, last_seq_);
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) break;
        B2A_TRY(key, query.digest(1));
        last_seq_ = query.natural(0);
        window_->insert(key, last_seq_);
        oldest_created_ = std::min(oldest_created_, from_micros(query.integer(2)));
    }
    committed_seq_ = last_seq_;
    return {};
}

Result<std::optional<StoredReply>> Idempotency::find(Digest const& key, Digest const& fingerprint) {
    auto const seq = window_->find(key);
    if (!seq) return std::optional<StoredReply>{};
    Query query(select_, *seq);
    B2A_TRY(row, query.next());
    if (!row) return std::optional<StoredReply>{};
    B2A_TRY(reply, reply_of(query, key, fingerprint));
    return std::optional(std::move(reply));
}

Result<void> Idempotency::insert(IdempotencyWrite const& write, Timestamp now) {
    auto const seq = last_seq_ + 1;
    B2A_CHECK(Query(insert_, seq, ByteView(write.key), ByteView(write.fingerprint), now, write.reply.status,
                    write.reply.content_type, as_bytes(write.reply.body))
                  .run());
    last_seq_ = seq;
    window_->insert(write.key, seq);
    uncommitted_.push_back(write.key);
    oldest_created_ = std::min(oldest_created_, now);
    return {};
}

Result<void> Idempotency::replace(Digest const& key, StoredReply const& reply) {
    auto const seq = window_->find(key);
    if (!seq) return {};
    return Query(replace_, reply.status, reply.content_type, as_bytes(reply.body), *seq, ByteView(key)).run();
}

Result<void> Idempotency::prune(Timestamp now) {
    auto const expired_before = now - limits::idempotency_ttl;
    auto excess =
        static_cast<std::int64_t>(window_->size()) - static_cast<std::int64_t>(limits::idempotency_window_entries_max);
    if (oldest_created_ >= expired_before && excess <= 0) return {};
    std::optional<std::uint64_t> last;
    {
        Query query(oldest_, prune_rows_max);
        oldest_created_ = Timestamp::max();
        for (;;) {
            B2A_TRY(row, query.next());
            if (!row) break;
            auto const created = from_micros(query.integer(2));
            if (created >= expired_before && excess-- <= 0) {
                oldest_created_ = created;
                break;
            }
            B2A_TRY(key, query.digest(1));
            last = query.natural(0);
            window_->erase(key);
            oldest_created_ = created;  // a full page of expired rows: look again with the next batch
        }
    }
    if (!last) return {};
    return Query(delete_, *last).run();
}

void Idempotency::rolled_back() {
    for (auto const& key : uncommitted_) window_->erase(key);
    uncommitted_.clear();
    last_seq_ = committed_seq_;
}

}  // namespace b2a::store::sqlite
