// SPDX-License-Identifier: Apache-2.0
// A write as a value: business rows, stock, idempotency reply and evidence, applied in one transaction or not at all.
// No effect without evidence: a ChangeSet without an event is refused by an assertion.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "b2a/audit/event.hpp"
#include "b2a/base/bytes.hpp"
#include "b2a/domain/checkout.hpp"
#include "b2a/domain/order.hpp"

namespace b2a::store {

struct CheckoutWrite {
    domain::Checkout checkout;           // stored with version = expected_version + 1
    std::uint64_t expected_version = 0;  // 0: insert
};

struct OrderWrite {
    domain::Order order;                 // stored with version = expected_version + 1
    std::uint64_t expected_version = 0;  // 0: insert
    Bytes commitment_salt;               // kept beside the order for its audit commitment
};

/// Adds `delta` to a tracked variant's stock (negative: take). Variants that are not tracked are left alone. A level
/// below zero fails the whole change set with out_of_stock and the variant id as pointer.
struct StockDelta {
    std::string variant_id;
    std::int64_t delta = 0;
};
/// Sets a level absolutely (restock); starts tracking.
struct StockSet {
    std::string variant_id;
    std::int64_t quantity = 0;
};

/// An answer that can be repeated byte for byte.
struct StoredReply {
    int status = 200;
    std::string content_type;
    std::string body;
    friend bool operator==(StoredReply const&, StoredReply const&) = default;
};

struct IdempotencyWrite {
    Digest key{};          // SHA-256 over (principal, operation, client key)
    Digest fingerprint{};  // SHA-256 of the raw request body
    StoredReply reply;
};

struct ChangeSet {
    std::optional<CheckoutWrite> checkout;
    std::optional<OrderWrite> order;
    std::vector<StockDelta> stock;
    std::vector<StockSet> stock_set;
    std::optional<IdempotencyWrite> idempotency;
    std::vector<audit::Event> events;
    Timestamp now{};
};

/// Evidence of a commit: the first of the change set's entries in the log.
struct Receipt {
    std::uint64_t audit_seq = 0;
    Digest leaf{};
};

/// The change set was not applied because its idempotency key is already there with the same fingerprint.
struct Replay {
    StoredReply reply;
};

/// Failures are Errors: conflict (version), out_of_stock, idempotency_conflict (other fingerprint), overloaded,
/// deadline_exceeded, store_unavailable.
using CommitResult = std::variant<Receipt, Replay>;

}  // namespace b2a::store
