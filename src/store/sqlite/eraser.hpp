// SPDX-License-Identifier: Apache-2.0
// Finds and takes out what is held about a buyer, and gives up old entries of the log.
#pragma once

#include "store/job.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/idempotency.hpp"

namespace b2a::store::sqlite {

/// The writer's side.
class Eraser {
  public:
    static Result<Eraser> prepare(Connection& connection);

    /// Before the first write.
    Result<void> check(PreparedChanges const& job);
    Result<void> write(PreparedChanges const& job, Idempotency& idempotency);

  private:
    Eraser() = default;
    Result<void> check_prune(std::uint64_t before);
    Result<void> erase_order(OrderId const& id);
    Result<void> erase_checkout(CheckoutId const& id);
    Result<void> erase_records(CheckoutId const& id);

    Statement order_, order_update_, checkout_, checkout_update_, checkout_remove_, cart_remove_, notice_remove_;
    Statement records_remove_, conversation_remove_;
    Statement head_, signed_, prune_, first_, hold_;
};

/// Everything that is held about `subject` in that file, read in one transaction on a connection of its own.
Result<Holdings> find_holdings(std::string const& path, DataSubject const& subject);

}  // namespace b2a::store::sqlite
