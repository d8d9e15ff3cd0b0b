// SPDX-License-Identifier: Apache-2.0
// Reads notices, for whoever sends them and for the operator who looks at them.
#pragma once

#include <functional>
#include <vector>

#include "b2a/store/change_set.hpp"

#include "store/sqlite/connection.hpp"

namespace b2a::store::sqlite {

class NoticeReader {
  public:
    Result<void> prepare(Connection& connection);

    Result<std::vector<Notice>> due(Timestamp now, std::size_t limit);
    Result<std::optional<Timestamp>> next();
    Result<std::vector<Notice>> of(NoticeState state, std::size_t limit);

  private:
    Statement due_, next_, pending_, delivered_, dead_;
};

/// Every notice, in the order of their making.
Result<void> each_notice(Connection& connection, std::function<void(Notice)> const& visit);

}  // namespace b2a::store::sqlite
