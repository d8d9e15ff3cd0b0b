// SPDX-License-Identifier: Apache-2.0
// Applies one job inside the writer's transaction. Every precondition is checked before the first write: a job that
// fails has written nothing, and so no savepoint (which copies each page that it touches) is needed around it.
#pragma once

#include <string>
#include <vector>

#include "store/job.hpp"
#include "store/sqlite/audit_log.hpp"
#include "store/sqlite/eraser.hpp"
#include "store/sqlite/governance.hpp"
#include "store/sqlite/idempotency.hpp"
#include "store/sqlite/notices.hpp"
#include "store/sqlite/sweeper.hpp"
#include "store/stock_plan.hpp"

namespace b2a::store::sqlite {

/// What listeners are told after the commit.
struct Effects {
    std::vector<StockLevel> moved;
    bool noticed = false;  // a notice became pending
};

class Applier {
  public:
    static Result<Applier> prepare(Connection& connection);

    /// A refused job leaves the transaction intact. After a failure of the database half way it is not: then the whole
    /// batch must be rolled back.
    struct Applied {
        Result<CommitResult> result;
        bool intact = true;
    };
    /// Adds to `effects`.
    Applied apply(PreparedChanges const& job, AuditLog& log, Idempotency& idempotency, Effects& effects);
    Applied apply(CheckpointWrite const& checkpoint);
    Applied apply(ProgressWrite const& write);
    Applied apply(Sweep const& sweep);

  private:
    struct Plan {
        std::vector<std::string> entries;
        std::vector<StockLevel> levels;
        std::optional<StoredReply> replay;
    };

    Applier(Notices notices, Governance governance, Eraser eraser, Sweeper sweeper) :
        notices_(notices), governance_(governance), eraser_(eraser), sweeper_(std::move(sweeper)) {}
    Result<Plan> plan(PreparedChanges const& job, AuditLog const& log, Idempotency& idempotency);
    Result<void> check_version(Statement statement, ByteView id, std::uint64_t expected);
    Result<std::optional<std::int64_t>> level_of(std::string const& variant_id);
    Result<Receipt> write(PreparedChanges const& job, Plan const& plan, AuditLog& log, Idempotency& idempotency);
    Result<void> write_checkout(CheckoutRow const& row);
    Result<void> write_order(OrderRow const& row, std::uint64_t log_size);
    Result<void> write_cart(CartRow const& row);

    Statement checkout_version_, checkout_insert_, checkout_update_;
    Statement order_version_, order_insert_, order_update_;
    Statement cart_version_, cart_insert_, cart_update_;
    Statement stock_select_, stock_upsert_;
    Statement checkpoint_last_, checkpoint_upsert_;
    Notices notices_;
    Governance governance_;
    Eraser eraser_;
    Sweeper sweeper_;
};

}  // namespace b2a::store::sqlite
