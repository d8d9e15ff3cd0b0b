// SPDX-License-Identifier: Apache-2.0
// A change set on its way to the writer. Rows are encoded on the submitting thread, so that the one writer thread,
// which every commit shares, is left with the database's work only.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "b2a/store/store.hpp"

namespace b2a::store {

struct CheckoutRow {
    CheckoutId id;
    std::uint64_t expected_version = 0;
    Timestamp expires{};
    Bytes body;
};

struct OrderRow {
    OrderId id;
    CheckoutId checkout_id;
    std::uint64_t expected_version = 0;
    Timestamp created{};
    Bytes body;
    Bytes salt;
};

struct PreparedChanges {
    std::optional<CheckoutRow> checkout;
    std::optional<OrderRow> order;
    std::vector<StockDelta> stock;
    std::vector<StockSet> stock_set;
    std::optional<IdempotencyWrite> idempotency;
    std::vector<audit::Event> events;
    Timestamp now{};
};

struct CheckpointWrite {
    std::uint64_t size = 0;
    std::string note;
};

struct Job {
    std::variant<PreparedChanges, CheckpointWrite> work;
    Deadline deadline{};
    Store::Done done;
};

/// Encodes the rows with the version they will have. Aborts on a change set without an event.
PreparedChanges prepare(ChangeSet changes);

}  // namespace b2a::store
