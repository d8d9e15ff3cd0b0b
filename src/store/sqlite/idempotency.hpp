// SPDX-License-Identifier: Apache-2.0
// The writer's side of idempotency: the kept replies in the file and the window over them.
#pragma once

#include <memory>
#include <vector>

#include "b2a/store/change_set.hpp"

#include "store/sqlite/connection.hpp"
#include "store/sqlite/idempotency_window.hpp"

namespace b2a::store::sqlite {

inline constexpr std::string_view select_reply_sql =
    "SELECT key, fingerprint, status, content_type, body FROM idempotency WHERE seq = ?";

/// The reply in the query's current row of select_reply_sql; idempotency_conflict for another fingerprint.
Result<StoredReply> reply_of(Query const& query, Digest const& key, Digest const& fingerprint);

class Idempotency {
  public:
    static Result<Idempotency> prepare(Connection& connection, std::shared_ptr<IdempotencyWindow> window);

    /// Takes rows into the window that it has not seen: all young ones at start, others' after a foreign commit.
    Result<void> catch_up();
    Result<std::optional<StoredReply>> find(Digest const& key, Digest const& fingerprint);
    Result<void> insert(IdempotencyWrite const& write, Timestamp now);
    /// Another answer under a key that is there; nothing for one that is not.
    Result<void> replace(Digest const& key, StoredReply const& reply);
    /// Removes some replies that are older than limits::idempotency_ttl or beyond the window's size.
    Result<void> prune(Timestamp now);

    void committed() noexcept {
        uncommitted_.clear();
        committed_seq_ = last_seq_;
    }
    /// Takes back what was inserted since the last commit.
    void rolled_back();

  private:
    Idempotency() = default;

    Statement select_, insert_, replace_, newer_, oldest_, delete_;
    std::shared_ptr<IdempotencyWindow> window_;
    std::uint64_t last_seq_ = 0;
    std::uint64_t committed_seq_ = 0;
    Timestamp oldest_created_ = Timestamp::max();
    std::vector<Digest> uncommitted_;
};

}  // namespace b2a::store::sqlite
