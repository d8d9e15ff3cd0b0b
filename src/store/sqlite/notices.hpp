// SPDX-License-Identifier: Apache-2.0
// The writer's side of notices: they are added in their cause's transaction and change with every attempt to send them.
#pragma once

#include <vector>

#include "store/job.hpp"
#include "store/sqlite/connection.hpp"

namespace b2a::store::sqlite {

class Notices {
  public:
    static Result<Notices> prepare(Connection& connection);

    /// Before the first write: conflict for a new id that exists, not_found for one to requeue that does not.
    Result<void> check(PreparedChanges const& job);
    Result<void> write(PreparedChanges const& job);
    Result<void> note(std::vector<NoticeProgress> const& progress);

  private:
    Notices() = default;
    Result<bool> exists(NoticeId const& id);
    /// After a change of `id`'s state: which of its subject's notices leads now?
    Result<void> settle(NoticeId const& id);

    Statement exists_, insert_, requeue_, note_, subject_, settle_;
};

}  // namespace b2a::store::sqlite
