// SPDX-License-Identifier: Apache-2.0
// Deletes what has expired, a page of each table a call, each from where the call before it stopped and from the front
// again after the end. Ids are time-ordered, and so rows younger than the limit are not looked at: no index on
// expiry, which every write would have to keep, is needed.
#pragma once

#include "store/job.hpp"
#include "store/sqlite/connection.hpp"

namespace b2a::store::sqlite {

class Sweeper {
  public:
    static Result<Sweeper> prepare(Connection& connection);

    /// How many rows went.
    Result<std::size_t> sweep(Timestamp before);

  private:
    struct Table {
        Statement page, remove;
        Bytes after;  // the last id that was looked at
    };

    Sweeper() = default;
    template <class Expired>
    static Result<std::size_t> sweep_ids(Table& table, Timestamp before, Expired expired);
    Result<std::size_t> sweep_notices(Timestamp before);
    /// The index on the state finds them: no page to remember.
    Result<std::size_t> sweep_records(RecordKind kind, std::uint32_t day);

    Table carts_, checkouts_;
    Statement notice_page_, notice_remove_, record_page_, record_remove_;
    std::uint64_t notices_after_ = 0;
};

}  // namespace b2a::store::sqlite
