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
#include "b2a/domain/cart.hpp"
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

struct CartWrite {
    domain::Cart cart;                   // stored with version = expected_version + 1
    std::uint64_t expected_version = 0;  // 0: insert
};

enum class NoticeState : std::uint8_t { pending, delivered, dead };
std::string_view to_text(NoticeState state) noexcept;

/// Something to tell another system: rendered when its cause is committed, so that what is sent is what happened.
/// Stored in the cause's transaction; sent later, again and again, under the same id.
struct Notice {
    NoticeId id;
    std::uint64_t seq = 0;  // given by the store; the order of one subject's notices
    std::string subject;    // the order's id: its notices are sent one after the other
    std::string target;     // URL
    std::string dialect;    // who knows how to send it: "ucp/2026-08-25"
    std::string content_type;
    std::string body;
    Timestamp created{};
    NoticeState state = NoticeState::pending;
    std::uint32_t attempts = 0;
    Timestamp due{};          // not before
    std::string last_result;  // "204", "timeout": for the operator
    friend bool operator==(Notice const&, Notice const&) = default;
};

/// What one attempt to send changed. Bookkeeping, not an effect on the shop: it needs no evidence.
struct NoticeProgress {
    NoticeId id;
    NoticeState state = NoticeState::pending;
    std::uint32_t attempts = 0;
    Timestamp due{};
    std::string last_result;
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

/// A draw on an allowance that all requests share: what is drawn under `key` in all may not pass `cap`, else the whole
/// change set fails with allowance_exceeded and `name` as pointer. Counted by the one writer, so that two requests
/// never both get the last of it.
struct AllowanceDraw {
    Digest key{};             // SHA-256 over what is allowed and to whom, its window included
    std::string name;         // of the rule or mandate
    std::int64_t amount = 0;  // > 0
    std::int64_t cap = 0;
    Timestamp expires{};  // the count may be forgotten after it
};

/// A small document: opaque here, whoever owns a kind owns its bytes. The first five are managed by people at the
/// brand; the others are what agents leave for the brand alone (touchpoint, intent_trace) and where a conversation
/// stands. Stored by number: further ones go to the end.
enum class RecordKind : std::uint8_t {
    agent,
    approval,
    stop,
    ruleset,
    subject_key,
    touchpoint,
    intent_trace,
    conversation
};
/// Managed kinds move records_generation(), so that everybody who keeps a copy looks again.
constexpr bool is_managed(RecordKind kind) noexcept {
    return kind < RecordKind::touchpoint;
}
struct Record {
    RecordKind kind{};
    std::string id;
    std::uint64_t version = 0;
    std::uint32_t state = 0;  // the kind's own; records are listed by it
    std::string body;
    friend bool operator==(Record const&, Record const&) = default;
};
struct RecordWrite {
    RecordKind kind{};
    std::string id;
    std::uint64_t expected_version = 0;  // 0: insert; stored with expected_version + 1
    std::uint32_t state = 0;
    std::string body;
    bool remove = false;
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

/// Takes people's data out of what is kept, in the transaction of its evidence: nothing else may be in the change set.
/// Orders keep their lines and amounts (domain::without_buyer) and lose the salt of their commitment; unfinished
/// checkouts, carts and notices are deleted, and all records beside a checkout; kept replies become `gone`. What is not
/// there any more is no failure; a checkout whose payment is under way fails with conflict.
struct Erasure {
    std::vector<OrderId> orders;
    std::vector<CheckoutId> checkouts;
    std::vector<CartId> carts;
    std::vector<NoticeId> notices;
    std::vector<Digest> replies;  // idempotency keys
    StoredReply gone;             // what such a key answers from now on
};

/// While it is held, no entry of the log is given up.
enum class LegalHold : std::uint8_t { released, held };

struct ChangeSet {
    std::optional<CheckoutWrite> checkout;
    std::optional<OrderWrite> order;
    std::vector<StockDelta> stock;
    std::vector<StockSet> stock_set;
    std::optional<CartWrite> cart;
    std::vector<Notice> notices;    // new ones; seq is ignored; an id that exists fails with conflict
    std::vector<NoticeId> requeue;  // pending again, due now, attempts back to 0; an unknown id fails with not_found
    std::optional<IdempotencyWrite> idempotency;
    std::vector<AllowanceDraw> allowances;
    std::vector<RecordWrite> records;
    std::optional<Erasure> erasure;
    /// Gives up the entries before this index, a multiple of audit::tile_width that a checkpoint covers: their hashes
    /// stay, so that all proofs do. Fails with conflict under a legal hold, invalid_request for another index.
    std::optional<std::uint64_t> prune_log_before;
    std::optional<LegalHold> legal_hold;
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

/// Failures are Errors: conflict (version), not_found (a notice to requeue), out_of_stock, idempotency_conflict (other
/// fingerprint), allowance_exceeded, overloaded, deadline_exceeded, store_unavailable.
using CommitResult = std::variant<Receipt, Replay>;

}  // namespace b2a::store
