// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/reader.hpp"

#include <algorithm>
#include <limits>

#include "store/codec.hpp"
#include "store/documents.hpp"
#include "store/prior_prices.hpp"
#include "store/sqlite/audit_log.hpp"
#include "store/sqlite/eraser.hpp"
#include "store/sqlite/governance.hpp"
#include "store/sqlite/idempotency.hpp"
#include "store/sqlite/notice_reader.hpp"
#include "store/sqlite/price_history.hpp"

namespace b2a::store::sqlite {
namespace {

constexpr std::size_t entries_reserved_max = 4096;

class SqliteReader final : public Reader {
  public:
    SqliteReader(std::string path, Connection connection, std::shared_ptr<IdempotencyWindow const> window) :
        path_(std::move(path)), connection_(std::move(connection)), window_(std::move(window)) {}

    Result<void> prepare();

    Result<std::optional<domain::Checkout>> checkout(CheckoutId const& id) override {
        return one<domain::Checkout>(checkout_, id.bytes(), decode_checkout);
    }
    Result<std::optional<domain::Order>> order(OrderId const& id) override {
        return one<domain::Order>(order_, id.bytes(), decode_order);
    }
    Result<std::optional<domain::Cart>> cart(CartId const& id) override {
        return one<domain::Cart>(cart_, id.bytes(), decode_cart);
    }
    Result<std::vector<Notice>> due_notices(Timestamp now, std::size_t limit) override {
        return notices_.due(now, limit);
    }
    Result<std::optional<Timestamp>> next_notice() override { return notices_.next(); }
    Result<std::vector<Notice>> notices(NoticeState state, std::size_t limit) override {
        return notices_.of(state, limit);
    }
    Result<std::optional<StoredReply>> reply(Digest const& key, Digest const& fingerprint) override;
    Result<std::int64_t> drawn(Digest const& key) override { return governance_.drawn(key); }
    Result<std::optional<Record>> record(RecordKind kind, std::string const& id) override {
        return governance_.record(kind, id);
    }
    Result<std::vector<Record>> records(RecordKind kind, std::optional<std::uint32_t> state,
                                        std::size_t limit) override {
        return governance_.records(kind, state, limit);
    }
    Result<std::uint64_t> records_generation() override { return governance_.generation(); }
    Result<std::uint64_t> catalog_revision() override;
    Result<catalog::CatalogData> catalog() override;
    Result<std::vector<domain::PricePoint>> price_history(std::string const& variant_id, Currency currency,
                                                          std::size_t limit) override {
        return prices_.points(variant_id, currency, limit);
    }
    Result<std::optional<domain::Publication>> publication(std::uint64_t revision) override {
        return prices_.publication(revision);
    }
    Result<catalog::StockLevels> stock() override;
    Result<AuditHead> audit_head() override;
    Result<std::vector<Digest>> audit_tile(audit::TileId id, std::size_t width) override {
        return tiles_.read(id, width);
    }
    Result<std::optional<std::uint64_t>> order_entry(OrderId const& id) override;
    Result<std::vector<AuditEntry>> audit_entries(std::uint64_t from, std::size_t limit) override;
    Result<std::vector<std::string>> checkpoints() override;
    Result<std::optional<std::string>> last_checkpoint() override;
    Result<Holdings> holdings(DataSubject const& subject) override { return find_holdings(path_, subject); }

  private:
    template <class T>
    Result<std::optional<T>> one(Statement statement, ByteView id, Result<T> (*decode)(ByteView)) {
        Query query(statement, id);
        B2A_TRY(row, query.next());
        if (!row) return std::optional<T>{};
        B2A_TRY(value, decode(query.blob(0)));
        return std::optional<T>(std::move(value));
    }

    std::string path_;
    Connection connection_;
    std::shared_ptr<IdempotencyWindow const> window_;
    Statement checkout_, order_, cart_, reply_by_seq_, reply_by_key_, revision_, catalog_, stock_, head_, entries_;
    Statement notes_, last_note_, order_entry_;
    TileReader tiles_;
    NoticeReader notices_;
    GovernanceReader governance_;
    PriceHistory prices_;
};

Result<void> SqliteReader::prepare() {
    struct Preparation {
        Statement* statement;
        std::string_view sql;
    };
    Preparation const all[] = {
        {&checkout_, "SELECT body FROM checkout WHERE id = ?"},
        {&order_, "SELECT body FROM orders WHERE id = ?"},
        {&cart_, "SELECT body FROM cart WHERE id = ?"},
        {&reply_by_seq_, select_reply_sql},
        {&reply_by_key_, "SELECT key, fingerprint, status, content_type, body FROM idempotency WHERE key = ?"},
        {&revision_, "SELECT revision FROM catalog_head WHERE id = 1"},
        {&catalog_, select_catalog_sql},
        {&stock_, "SELECT variant_id, quantity FROM stock"},
        {&head_, "SELECT size, edge, first, held FROM audit_head WHERE id = 1"},
        {&entries_, "SELECT seq, body, leaf FROM audit_entry WHERE seq >= ? ORDER BY seq LIMIT ?"},
        {&notes_, "SELECT note FROM audit_checkpoint ORDER BY size"},
        {&last_note_, "SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1"},
        {&order_entry_, "SELECT entry FROM orders WHERE id = ?"},
    };
    for (auto const& [statement, sql] : all) {
        B2A_TRY(prepared, connection_.prepare(sql));
        *statement = prepared;
    }
    B2A_CHECK(notices_.prepare(connection_));
    B2A_CHECK(prices_.prepare_reading(connection_));
    B2A_CHECK(tiles_.prepare(connection_));
    return governance_.prepare(connection_);
}

Result<std::optional<StoredReply>> SqliteReader::reply(Digest const& key, Digest const& fingerprint) {
    auto const read = [&](Query& query) -> Result<std::optional<StoredReply>> {
        B2A_TRY(row, query.next());
        // The window is ahead of the file while a batch commits: a key without its row is not there yet.
        if (!row) return std::optional<StoredReply>{};
        B2A_TRY(found, reply_of(query, key, fingerprint));
        return std::optional(std::move(found));
    };
    if (!window_) {
        Query query(reply_by_key_, ByteView(key));
        return read(query);
    }
    auto const seq = window_->find(key);
    if (!seq) return std::optional<StoredReply>{};
    Query query(reply_by_seq_, *seq);
    return read(query);
}

Result<std::uint64_t> SqliteReader::catalog_revision() {
    Query query(revision_);
    B2A_TRY(row, query.next());
    if (!row) return Error(Code::store_unavailable).with_note("the catalog has no head");
    return query.natural(0);
}

Result<catalog::CatalogData> SqliteReader::catalog() {
    B2A_TRY(transaction, ReadTransaction::begin(connection_));
    static_cast<void>(transaction);
    catalog::CatalogData data;
    B2A_TRY(revision, catalog_revision());
    data.revision = revision;
    Query query(catalog_);
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) break;
        B2A_CHECK(add_document(data, static_cast<DocumentKind>(query.integer(0)), query.blob(1)));
    }
    B2A_CHECK(add_prior_prices(data, [this](auto const& id, Currency currency, auto& search) {
        return prices_.find_prior(id, currency, search);
    }));
    return data;
}

Result<catalog::StockLevels> SqliteReader::stock() {
    catalog::StockLevels levels;
    Query query(stock_);
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) return levels;
        levels.emplace(query.text(0), query.integer(1));
    }
}

Result<AuditHead> SqliteReader::audit_head() {
    Query query(head_);
    B2A_TRY(row, query.next());
    if (!row) return Error(Code::store_unavailable).with_note("the audit log has no head");
    B2A_TRY(frontier, restore_frontier(query.natural(0), query.blob(1)));
    auto const hold = query.integer(3) == 0 ? LegalHold::released : LegalHold::held;
    return AuditHead{frontier.size(), frontier.root(), query.natural(2), hold};
}

Result<std::optional<std::uint64_t>> SqliteReader::order_entry(OrderId const& id) {
    Query query(order_entry_, ByteView(id.bytes()));
    B2A_TRY(row, query.next());
    if (!row || query.is_null(0)) return std::optional<std::uint64_t>{};
    return std::optional(query.natural(0));
}

Result<std::vector<AuditEntry>> SqliteReader::audit_entries(std::uint64_t from, std::size_t limit) {
    std::vector<AuditEntry> entries;
    constexpr auto greatest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (from > greatest) return entries;
    entries.reserve(std::min(limit, entries_reserved_max));
    Query query(entries_, from, std::min<std::uint64_t>(limit, greatest));
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) return entries;
        B2A_TRY(leaf, query.digest(2));
        entries.push_back({query.natural(0), std::string(query.text(1)), leaf});
    }
}

Result<std::vector<std::string>> SqliteReader::checkpoints() {
    std::vector<std::string> out;
    Query query(notes_);
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) return out;
        out.emplace_back(query.text(0));
    }
}

Result<std::optional<std::string>> SqliteReader::last_checkpoint() {
    Query query(last_note_);
    B2A_TRY(row, query.next());
    return row ? std::optional(std::string(query.text(0))) : std::nullopt;
}

}  // namespace

Result<std::unique_ptr<Reader>> open_reader(std::string const& path, std::shared_ptr<IdempotencyWindow const> window) {
    B2A_TRY(connection, Connection::open(path, Role::reader));
    auto reader = std::make_unique<SqliteReader>(path, std::move(connection), std::move(window));
    B2A_CHECK(reader->prepare());
    return std::unique_ptr<Reader>(std::move(reader));
}

}  // namespace b2a::store::sqlite
