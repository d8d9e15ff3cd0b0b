// SPDX-License-Identifier: Apache-2.0
// The offer store's port: domain verbs and change sets, no SQL. One Store per process; Readers are confined to the
// thread that opened them. tests/contract/ runs the same suite over every implementation.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "b2a/audit/tiles.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/price_history.hpp"
#include "b2a/domain/provenance.hpp"
#include "b2a/store/change_set.hpp"
#include "b2a/store/privacy.hpp"

namespace b2a::store {

struct AuditEntry {
    std::uint64_t seq = 0;
    std::string body;  // canonical bytes
    Digest leaf{};     // as stored
};

struct AuditHead {
    std::uint64_t size = 0;
    Digest root{};
    std::uint64_t first = 0;  // entries before it were given up
    LegalHold hold = LegalHold::released;
};

class Reader {
  public:
    virtual ~Reader() = default;

    virtual Result<std::optional<domain::Checkout>> checkout(CheckoutId const& id) = 0;
    virtual Result<std::optional<domain::Order>> order(OrderId const& id) = 0;
    virtual Result<std::optional<domain::Cart>> cart(CartId const& id) = 0;

    /// Pending notices that are due, at most one per subject (its oldest pending one); the one that has been due for
    /// longest comes first.
    virtual Result<std::vector<Notice>> due_notices(Timestamp now, std::size_t limit) = 0;
    /// When the next pending notice may be sent; nullopt when none is pending.
    virtual Result<std::optional<Timestamp>> next_notice() = 0;
    /// By state, newest first; bodies included.
    virtual Result<std::vector<Notice>> notices(NoticeState state, std::size_t limit) = 0;
    /// The kept reply of `key`; idempotency_conflict when it was made for another fingerprint.
    virtual Result<std::optional<StoredReply>> reply(Digest const& key, Digest const& fingerprint) = 0;

    /// What was drawn under `key` so far.
    virtual Result<std::int64_t> drawn(Digest const& key) = 0;
    virtual Result<std::optional<Record>> record(RecordKind kind, std::string const& id) = 0;
    /// Of one state, or all of them; the one written last comes first.
    virtual Result<std::vector<Record>> records(RecordKind kind, std::optional<std::uint32_t> state,
                                                std::size_t limit) = 0;
    /// Moves with every write of a managed record, by whatever process.
    virtual Result<std::uint64_t> records_generation() = 0;

    virtual Result<std::uint64_t> catalog_revision() = 0;
    /// Offers that announce a reduction come with their prior price.
    virtual Result<catalog::CatalogData> catalog() = 0;
    /// What a variant was offered for in a currency, newest first.
    virtual Result<std::vector<domain::PricePoint>> price_history(std::string const& variant_id, Currency currency,
                                                                  std::size_t limit) = 0;
    /// When a revision was published; nullopt for those before this was kept.
    virtual Result<std::optional<domain::Publication>> publication(std::uint64_t revision) = 0;
    virtual Result<catalog::StockLevels> stock() = 0;

    virtual Result<AuditHead> audit_head() = 0;
    /// The first `width` hashes of a tile; not_found when there are fewer.
    virtual Result<std::vector<Digest>> audit_tile(audit::TileId id, std::size_t width) = 0;
    /// The entry that tells of the order's placing.
    virtual Result<std::optional<std::uint64_t>> order_entry(OrderId const& id) = 0;
    /// Entries [from, from + limit) that exist, in order. The first one is audit_head().first or above it.
    virtual Result<std::vector<AuditEntry>> audit_entries(std::uint64_t from, std::size_t limit) = 0;
    /// Signed notes in ascending size.
    virtual Result<std::vector<std::string>> checkpoints() = 0;
    virtual Result<std::optional<std::string>> last_checkpoint() = 0;

    /// Looks through everything that is kept: seconds in a large store, so not for a thread that serves.
    virtual Result<Holdings> holdings(DataSubject const& subject) = 0;
};

/// A draft of the next catalog revision. Nothing is visible before publish(); an abandoned draft leaves no trace that a
/// reader could see. Synchronous; used by imports, on their own connection.
class CatalogDraft {
  public:
    enum class Change : std::uint8_t { added, updated, unchanged };

    virtual ~CatalogDraft() = default;

    virtual Result<Change> put(domain::Product const& product) = 0;
    virtual Result<Change> put(domain::Promotion const& promotion) = 0;
    virtual Result<Change> put(domain::ShippingMethod const& method) = 0;
    virtual Result<Change> put(domain::TaxRate const& rate) = 0;
    virtual Result<Change> put(domain::Brand const& brand) = 0;
    virtual Result<Change> put(domain::Location const& location) = 0;
    virtual Result<Change> put(domain::SizeChart const& chart) = 0;
    virtual Result<Change> put(domain::Occasion const& occasion) = 0;
    virtual Result<Change> put(domain::Look const& look) = 0;
    /// The product as this draft would publish it.
    virtual Result<std::optional<domain::Product>> product(std::string const& id) = 0;
    /// All size charts as this draft would publish them, in ascending id order.
    virtual Result<std::vector<domain::SizeChart>> size_charts() = 0;
    /// Likewise.
    virtual Result<std::vector<domain::Occasion>> occasions() = 0;
    virtual Result<std::vector<domain::Look>> looks() = 0;
    /// The product that owns a variant id, as this draft would publish it.
    virtual Result<std::optional<std::string>> product_of_variant(std::string const& variant_id) = 0;

    /// Makes the draft the current revision, adds changed offers to the price history and appends `event`, with the
    /// detail "revision", to the log, in one transaction. Stock is set only where a declared level differs from the
    /// published one. Without any change nothing is written and the current revision is returned. Published once.
    virtual Result<std::uint64_t> publish(audit::Event event, Timestamp now) = 0;
};

class Store {
  public:
    virtual ~Store() = default;

    using Done = std::function<void(Result<CommitResult>)>;
    /// Queues `changes` for the next group commit. `done` runs on the writer thread after COMMIT, exactly once; it
    /// must not block. A full queue answers overloaded at once, on the calling thread.
    virtual void submit(ChangeSet changes, Deadline deadline, Done done) = 0;

    virtual Result<std::unique_ptr<Reader>> open_reader() = 0;
    /// Takes the place of a draft that is still open, here or in another process: that one answers conflict from then
    /// on, and what it left is cleared.
    virtual Result<std::unique_ptr<CatalogDraft>> begin_catalog() = 0;
    /// Keeps a signed checkpoint; conflict if it is smaller than the last one.
    virtual Result<void> add_checkpoint(std::uint64_t size, std::string note) = 0;

    /// Keeps what attempts to send have led to, all of them or none. Unknown ids are ignored.
    virtual Result<void> note_progress(std::vector<NoticeProgress> progress) = 0;
    /// Deletes carts and unfinished checkouts that expired, delivered notices made, and records that are not managed
    /// and whose state is a day, all before `before`; how many went. Completed checkouts, and those whose payment is
    /// under way, stay. A call looks at a bounded number of rows, from where the last one stopped: 0 may leave some.
    virtual Result<std::size_t> sweep(Timestamp before) = 0;
    /// Makes sure that what was deleted or overwritten before is gone from the files as well: frees no space, but fills
    /// what is free, empties the write-ahead log and looks for `texts` in what is left; where one is found, the file is
    /// written anew. For what erasures took out. Slow, and writers wait for parts of it.
    virtual Result<ScrubReport> scrub(std::vector<std::string> texts) = 0;

    /// Called on the writer thread after each commit that added a notice or made one pending again; must not block. Set
    /// before the first submit.
    using NoticeListener = std::function<void()>;
    virtual void on_notice(NoticeListener listener) = 0;

    /// Called on the writer thread after each commit that moved stock, in commit order. Set before the first submit.
    using StockListener = std::function<void(std::string_view variant_id, std::int64_t quantity)>;
    virtual void on_stock(StockListener listener) = 0;

    struct Stats {
        std::uint64_t commits = 0;
        std::uint64_t batches = 0;
        std::uint64_t queue_depth = 0;
        std::uint64_t commit_errors = 0;
        std::uint64_t wal_bytes = 0;
    };
    [[nodiscard]] virtual Stats stats() const = 0;
    /// Commits what is queued, then refuses further work. Idempotent.
    virtual void close() = 0;
};

/// Waits for a submit; for programs without an event loop (CLI, tests).
Result<CommitResult> commit_blocking(Store& store, ChangeSet changes, Deadline deadline);

}  // namespace b2a::store
