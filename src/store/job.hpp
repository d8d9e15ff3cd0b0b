// SPDX-License-Identifier: Apache-2.0
// A change set on its way to the writer. Rows are encoded on the submitting thread, so that the one writer thread,
// which every commit shares, is left with the database's work only.
#pragma once

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "b2a/store/store.hpp"

namespace b2a::store {

struct CheckoutRow {
    CheckoutId id;
    std::uint64_t expected_version = 0;
    Timestamp expires{};  // max while sweep() must leave the checkout alone
    Bytes body;
};

struct CartRow {
    CartId id;
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
    std::size_t event = 0;  // which of the change set's events tells of it
};

struct PreparedChanges {
    std::optional<CheckoutRow> checkout;
    std::optional<OrderRow> order;
    std::vector<StockDelta> stock;
    std::vector<StockSet> stock_set;
    std::optional<CartRow> cart;
    std::vector<Notice> notices;
    std::vector<NoticeId> requeue;
    std::optional<IdempotencyWrite> idempotency;
    std::vector<AllowanceDraw> allowances;
    std::vector<RecordWrite> records;
    std::optional<Erasure> erasure;
    std::optional<std::uint64_t> prune_log_before;
    std::optional<LegalHold> legal_hold;
    std::vector<audit::Event> events;
    Timestamp now{};
};

struct CheckpointWrite {
    std::uint64_t size = 0;
    std::string note;
};

struct ProgressWrite {
    std::vector<NoticeProgress> progress;
};

struct Sweep {
    Timestamp before{};
    std::shared_ptr<std::size_t> removed;  // set before the answer
};

struct Job {
    std::variant<PreparedChanges, CheckpointWrite, ProgressWrite, Sweep> work;
    Deadline deadline{};
    Store::Done done;
};

/// Encodes the rows with the version they will have. Aborts on a change set without an event.
PreparedChanges prepare(ChangeSet changes);

/// May sweep() delete an expired checkout of this status? Not what was bought, nor what may yet turn out to be.
constexpr bool is_sweepable(domain::CheckoutStatus status) noexcept {
    return status != domain::CheckoutStatus::completed && status != domain::CheckoutStatus::complete_in_progress;
}
/// The kinds that the sweep forgets: their state is a day, counted from 1970.
inline constexpr RecordKind dated_kinds[] = {RecordKind::touchpoint, RecordKind::intent_trace,
                                             RecordKind::conversation};
/// Records of a dated state below this one may go. No state is below the result for times before 1970.
inline std::uint32_t sweep_day(Timestamp before) noexcept {
    auto const day = std::chrono::floor<std::chrono::days>(before.time_since_epoch()).count();
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(day, 0, std::numeric_limits<std::uint32_t>::max()));
}
/// Ids of what agents left beside a checkout begin with the checkout's: they are in [first, second).
inline std::pair<std::string, std::string> ids_beside(CheckoutId const& id) {
    return {id.text(), id.text() + static_cast<char>('/' + 1)};
}
inline constexpr std::size_t sweep_rows_max = 1'000;  // of a kind and a call: about a millisecond of the writer

}  // namespace b2a::store
