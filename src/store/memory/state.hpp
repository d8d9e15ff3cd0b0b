// SPDX-License-Identifier: Apache-2.0
// The memory store's data, behind one mutex, shared by the store, its readers and its drafts.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "b2a/store/store.hpp"

#include "store/documents.hpp"
#include "store/job.hpp"

namespace b2a::store::memory {

struct Versioned {
    std::uint64_t version = 0;
    Bytes body;
};

struct KeptReply {
    Digest fingerprint{};
    StoredReply reply;
};

struct State {
    std::mutex mutex;
    std::map<CheckoutId, Versioned> checkouts;
    std::map<OrderId, Versioned> orders;
    catalog::StockLevels stock;
    std::map<Digest, KeptReply> replies;

    std::vector<AuditEntry> log;
    audit::Frontier frontier;
    Timestamp last_time{};
    std::map<std::uint64_t, std::string> checkpoints;

    std::map<DocumentKey, Bytes> documents;
    std::uint64_t revision = 0;
    std::uint64_t draft = 0;  // the draft that may publish

    /// The entries that `events` would become; call with the mutex held, like append().
    [[nodiscard]] Result<std::vector<AuditEntry>> render(std::vector<audit::Event> const& events, Timestamp now) const;
    void append(std::vector<AuditEntry> entries, Timestamp now);
};

std::unique_ptr<Reader> make_reader(std::shared_ptr<State> state);
Result<std::unique_ptr<CatalogDraft>> begin_catalog(std::shared_ptr<State> state);

}  // namespace b2a::store::memory
