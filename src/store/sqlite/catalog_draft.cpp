// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/catalog_draft.hpp"

#include "store/codec.hpp"
#include "store/draft.hpp"
#include "store/sqlite/audit_log.hpp"
#include "store/sqlite/price_history.hpp"
#include "store/sqlite/reader.hpp"

namespace b2a::store::sqlite {
namespace {

// One staging transaction: a few milliseconds of the write lock.
constexpr std::size_t staged_documents_max = 512;
constexpr std::size_t staged_bytes_max = 2 * 1024 * 1024;
// Nobody else shortens the write-ahead log while only an import writes.
constexpr std::size_t flushes_per_checkpoint = 8;

Error superseded() {
    return Error(Code::conflict, "another catalog import has begun or was published meanwhile");
}

struct Base {
    std::uint64_t revision = 0;
    std::uint64_t draft = 0;
};

class SqliteDraft final : public Draft {
  public:
    SqliteDraft(Connection connection, AuditLog log, Base base, VariantLedger variants) :
        Draft(std::move(variants)), connection_(std::move(connection)), log_(std::move(log)), base_(base) {}
    ~SqliteDraft() override {
        if (!finished_) abandon();
    }

    Result<void> prepare();
    Result<std::uint64_t> publish(audit::Event event, Timestamp now) override;

  protected:
    Result<std::optional<Bytes>> published(DocumentKey const& key) override { return read(key, base_.revision); }
    Result<std::vector<std::string>> published_ids(DocumentKind kind) override;
    Result<std::optional<Bytes>> staged(DocumentKey const& key) override;
    Result<void> stage(DocumentKey const& key, Bytes body) override;
    Result<void> unstage(DocumentKey const& key) override;

  private:
    [[nodiscard]] std::uint64_t next_revision() const noexcept { return base_.revision + 1; }
    Result<std::optional<Bytes>> read(DocumentKey const& key, std::uint64_t revision);
    Result<void> remember(DocumentKey const& key, std::optional<Bytes> body);
    Result<void> flush();
    Result<void> check_turn();
    Result<void> set_stock();
    Result<void> append_event(audit::Event event, Timestamp now);
    Result<void> set_head(std::uint64_t revision, int drafting);
    void remove_old_revisions();
    void abandon();

    Connection connection_;
    AuditLog log_;
    PriceHistory prices_;
    Base base_;
    Statement head_, set_head_, select_, select_ids_, insert_, remove_, remove_older_, stock_set_, stock_remove_;
    std::map<DocumentKey, std::optional<Bytes>> pending_;  // not written yet; without a body: to be removed
    std::size_t pending_bytes_ = 0;
    std::size_t flushes_ = 0;
    bool finished_ = false;
};

Result<void> SqliteDraft::prepare() {
    struct Preparation {
        Statement* statement;
        std::string_view sql;
    };
    Preparation const all[] = {
        {&head_, "SELECT revision, draft FROM catalog_head WHERE id = 1"},
        {&set_head_, "UPDATE catalog_head SET revision = ?, drafting = ? WHERE id = 1"},
        {&select_,
         "SELECT body FROM catalog_document WHERE kind = ? AND id = ? AND revision <= ? "
         "ORDER BY revision DESC LIMIT 1"},
        {&select_ids_, "SELECT DISTINCT id FROM catalog_document WHERE kind = ? AND revision <= ?"},
        {&insert_, "INSERT OR REPLACE INTO catalog_document(kind, id, revision, body) VALUES (?, ?, ?, ?)"},
        {&remove_, "DELETE FROM catalog_document WHERE kind = ? AND id = ? AND revision = ?"},
        {&remove_older_, "DELETE FROM catalog_document WHERE kind = ? AND id = ? AND revision < ?"},
        {&stock_set_, "INSERT OR REPLACE INTO stock(variant_id, quantity) VALUES (?, ?)"},
        {&stock_remove_, "DELETE FROM stock WHERE variant_id = ?"},
    };
    for (auto const& [statement, sql] : all) {
        B2A_TRY(prepared, connection_.prepare(sql));
        *statement = prepared;
    }
    return prices_.prepare_writing(connection_);
}

Result<std::optional<Bytes>> SqliteDraft::read(DocumentKey const& key, std::uint64_t revision) {
    Query query(select_, static_cast<int>(key.kind), key.id, revision);
    B2A_TRY(row, query.next());
    if (!row) return std::optional<Bytes>{};
    auto const body = query.blob(0);
    return std::optional(Bytes(body.begin(), body.end()));
}

Result<std::vector<std::string>> SqliteDraft::published_ids(DocumentKind kind) {
    Query query(select_ids_, static_cast<int>(kind), base_.revision);
    std::vector<std::string> ids;
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) return ids;
        ids.emplace_back(query.text(0));
    }
}

Result<std::optional<Bytes>> SqliteDraft::staged(DocumentKey const& key) {
    if (auto const found = pending_.find(key); found != pending_.end()) return found->second;
    return read(key, next_revision());
}

Result<void> SqliteDraft::stage(DocumentKey const& key, Bytes body) {
    return remember(key, std::move(body));
}

Result<void> SqliteDraft::unstage(DocumentKey const& key) {
    return remember(key, std::nullopt);
}

Result<void> SqliteDraft::remember(DocumentKey const& key, std::optional<Bytes> body) {
    if (finished_) return superseded();
    pending_bytes_ += body ? body->size() : 0;
    pending_.insert_or_assign(key, std::move(body));
    if (pending_.size() < staged_documents_max && pending_bytes_ < staged_bytes_max) return {};
    return flush();
}

/// The write lock is held: is this draft still the one that may write?
Result<void> SqliteDraft::check_turn() {
    Query query(head_);
    B2A_TRY(row, query.next());
    if (!row || query.natural(0) != base_.revision || query.natural(1) != base_.draft) return superseded();
    return {};
}

Result<void> SqliteDraft::flush() {
    if (pending_.empty()) return {};
    B2A_TRY(transaction, Transaction::begin(connection_));
    B2A_CHECK(check_turn());
    for (auto const& [key, body] : pending_) {
        auto const kind = static_cast<int>(key.kind);
        B2A_CHECK(body ? Query(insert_, kind, key.id, next_revision(), *body).run()
                       : Query(remove_, kind, key.id, next_revision()).run());
    }
    B2A_CHECK(set_head(base_.revision, 1));
    B2A_CHECK(transaction.commit());
    pending_.clear();
    pending_bytes_ = 0;
    if (++flushes_ % flushes_per_checkpoint == 0)
        sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return {};
}

Result<std::uint64_t> SqliteDraft::publish(audit::Event event, Timestamp now) {
    if (finished_) return superseded();
    B2A_CHECK(flush());
    {
        B2A_TRY(transaction, Transaction::begin(connection_));
        B2A_CHECK(check_turn());
        B2A_CHECK(set_head(changes().empty() ? base_.revision : next_revision(), 0));
        if (!changes().empty()) {
            B2A_CHECK(set_stock());
            B2A_CHECK(prices_.write(variants().prices(), next_revision(), now));
            B2A_CHECK(append_event(with_revision(std::move(event), next_revision()), now));
        }
        B2A_CHECK(transaction.commit());
    }
    finished_ = true;
    if (changes().empty()) return base_.revision;
    remove_old_revisions();
    return next_revision();
}

Result<void> SqliteDraft::set_head(std::uint64_t revision, int drafting) {
    return Query(set_head_, revision, drafting).run();
}

Result<void> SqliteDraft::set_stock() {
    for (auto const& [id, quantity] : variants().stock())
        B2A_CHECK(quantity ? Query(stock_set_, id, *quantity).run() : Query(stock_remove_, id).run());
    return {};
}

Result<void> SqliteDraft::append_event(audit::Event event, Timestamp now) {
    B2A_TRY(sync, log_.sync());
    static_cast<void>(sync);
    B2A_CHECK(prices_.write(domain::Publication{next_revision(), now, log_.size()}));
    B2A_TRY(bodies, log_.render({std::move(event)}, now));
    B2A_TRY(leaf, log_.append(bodies, now));
    static_cast<void>(leaf);
    return log_.save();
}

/// Nobody sees them any more: a failure here leaves rows that the documents' next change removes.
void SqliteDraft::remove_old_revisions() {
    auto next = changes().begin();
    while (next != changes().end()) {
        auto transaction = Transaction::begin(connection_);
        if (!transaction) return;
        for (std::size_t n = 0; n < staged_documents_max && next != changes().end(); ++next) {
            if (!next->second) continue;
            ++n;
            auto const kind = static_cast<int>(next->first.kind);
            if (!Query(remove_older_, kind, next->first.id, next_revision()).run()) return;
        }
        if (!transaction->commit()) return;
    }
}

/// Takes back what was staged, if nobody has done so; else the next begin does.
void SqliteDraft::abandon() {
    if (changes().empty()) return;
    auto next = changes().begin();
    while (next != changes().end()) {
        auto transaction = Transaction::begin(connection_);
        if (!transaction || !check_turn()) return;
        for (std::size_t n = 0; n < staged_documents_max && next != changes().end(); ++next, ++n) {
            auto const kind = static_cast<int>(next->first.kind);
            if (!Query(remove_, kind, next->first.id, next_revision()).run()) return;
        }
        if (next == changes().end() && !set_head(base_.revision, 0)) return;
        if (!transaction->commit()) return;
    }
}

/// Takes the turn and clears what a crashed or superseded draft has left.
Result<Base> take_turn(Connection& connection) {
    B2A_TRY(transaction, Transaction::begin(connection));
    B2A_TRY(drafting, connection.integer("SELECT drafting FROM catalog_head WHERE id = 1"));
    if (drafting != 0)
        B2A_CHECK(connection.execute(
            "DELETE FROM catalog_document WHERE revision > (SELECT revision FROM catalog_head WHERE id = 1)"));
    B2A_CHECK(connection.execute("UPDATE catalog_head SET draft = draft + 1, drafting = 0 WHERE id = 1"));
    B2A_TRY(revision, connection.integer("SELECT revision FROM catalog_head WHERE id = 1"));
    B2A_TRY(draft, connection.integer("SELECT draft FROM catalog_head WHERE id = 1"));
    B2A_CHECK(transaction.commit());
    return Base{static_cast<std::uint64_t>(revision), static_cast<std::uint64_t>(draft)};
}

Result<VariantLedger> load_variants(Connection& connection) {
    VariantLedger variants;
    B2A_TRY(statement, connection.prepare(select_catalog_sql));
    Query query(statement);
    for (;;) {
        B2A_TRY(row, query.next());
        // Kinds come in order: products first.
        if (!row || query.integer(0) != static_cast<int>(DocumentKind::product)) return variants;
        B2A_TRY(product, decode_product(query.blob(1)));
        variants.load(product);
    }
}

}  // namespace

Result<std::unique_ptr<CatalogDraft>> begin_catalog(std::string const& path) {
    B2A_TRY(connection, Connection::open(path, Role::importer));
    B2A_TRY(base, take_turn(connection));
    B2A_CHECK(seed_price_history(connection, base.revision));
    B2A_TRY(variants, load_variants(connection));
    B2A_TRY(log, AuditLog::prepare(connection));
    auto draft = std::make_unique<SqliteDraft>(std::move(connection), std::move(log), base, std::move(variants));
    B2A_CHECK(draft->prepare());
    return std::unique_ptr<CatalogDraft>(std::move(draft));
}

}  // namespace b2a::store::sqlite
