// SPDX-License-Identifier: Apache-2.0
// The memory store's data, behind one mutex, shared by the store, its readers and its drafts.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "b2a/store/store.hpp"

#include "store/documents.hpp"
#include "store/job.hpp"
#include "store/variant_ledger.hpp"

namespace b2a::store::memory {

struct Versioned {
    std::uint64_t version = 0;
    Timestamp expires{};  // max: never
    Bytes body;
};

struct KeptReply {
    Digest fingerprint{};
    StoredReply reply;
};

struct Allowance {
    std::int64_t drawn = 0;
    Timestamp expires{};
};

using RecordKey = std::pair<RecordKind, std::string>;
struct KeptRecord {
    std::uint64_t seq = 0;
    Record record;
};

struct State {
    std::mutex mutex;
    std::map<CheckoutId, Versioned> checkouts;
    std::map<OrderId, Versioned> orders;
    std::map<CartId, Versioned> carts;
    std::map<std::uint64_t, Notice> notices;  // by seq
    std::map<NoticeId, std::uint64_t> notice_seqs;
    std::uint64_t last_notice = 0;
    catalog::StockLevels stock;
    std::map<Digest, KeptReply> replies;

    std::map<Digest, Allowance> allowances;
    std::map<RecordKey, KeptRecord> records;
    std::uint64_t record_generation = 0;

    std::vector<AuditEntry> log;  // from `first` on
    audit::Frontier frontier;
    audit::TileEdge edge;
    std::map<audit::TileId, std::vector<Digest>> tiles;
    std::uint64_t first = 0;
    LegalHold hold = LegalHold::released;
    std::map<OrderId, std::uint64_t> order_entries;
    Timestamp last_time{};
    std::map<std::uint64_t, std::string> checkpoints;

    std::map<DocumentKey, Bytes> documents;
    std::map<VariantLedger::PriceKey, std::vector<domain::PricePoint>> prices;  // each oldest first
    std::map<std::uint64_t, domain::Publication> publications;
    std::uint64_t revision = 0;
    std::uint64_t draft = 0;  // the draft that may publish

    /// The entries that `events` would become; call with the mutex held, like append().
    [[nodiscard]] Result<std::vector<AuditEntry>> render(std::vector<audit::Event> const& events, Timestamp now) const;
    void append(std::vector<AuditEntry> entries, Timestamp now);

    /// Allowances and records, with the mutex held. check_governance() comes before write_governance().
    [[nodiscard]] Result<void> check_governance(PreparedChanges const& job) const;
    void write_governance(PreparedChanges& job);

    /// Erasure and retention, with the mutex held. check_erasure() comes before write_erasure().
    [[nodiscard]] Result<void> check_erasure(PreparedChanges const& job) const;
    Result<void> write_erasure(PreparedChanges const& job);
    void erase_records(CheckoutId const& id);  // what is beside a checkout
    [[nodiscard]] Result<Holdings> holdings(DataSubject const& subject) const;
    [[nodiscard]] Result<std::vector<Digest>> tile(audit::TileId id, std::size_t width) const;

    /// Notices, with the mutex held. check() comes before write().
    [[nodiscard]] Result<void> check_notices(PreparedChanges const& job) const;
    void write_notices(PreparedChanges& job);
    void note(std::vector<NoticeProgress> progress);
    /// The oldest pending notice of each subject, the one that has waited longest first.
    [[nodiscard]] std::vector<Notice const*> sendable() const;
    std::size_t sweep(Timestamp before);
};

std::unique_ptr<Reader> make_reader(std::shared_ptr<State> state);
Result<std::unique_ptr<CatalogDraft>> begin_catalog(std::shared_ptr<State> state);

}  // namespace b2a::store::memory
