// SPDX-License-Identifier: Apache-2.0
// A file that the first release wrote: opening it adds what is new, and its rows are read as before.
#include <fstream>
#include <sstream>

#include <sqlite3.h>

#include "b2a/crypto/hash.hpp"

#include "contract/fixtures.hpp"
#include "unit/store/rows_v1.hpp"

namespace b2a::store {
namespace {

constexpr char const* journal =
    "CREATE TABLE schema_migration(version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, digest BLOB NOT NULL) "
    "STRICT;";

class SqliteUpgrade : public testing::Test {
  protected:
    void SetUp() override {
        std::ifstream file(std::string(B2A_SOURCE_DIR) + "/src/store/sqlite/sql/0001_init.sql");
        std::stringstream text;
        text << file.rdbuf();
        auto const init = text.str();
        ASSERT_FALSE(init.empty());
        run_sql("PRAGMA page_size=16384; PRAGMA journal_mode=WAL;");
        run_sql(journal + init + "INSERT INTO schema_migration VALUES (1, '0001_init', x'" +
                to_hex(crypto::sha256(init)) + "'); PRAGMA user_version=1; PRAGMA application_id=1110589767;");
        run_sql("UPDATE catalog_head SET revision = 3;");
        add_checkout(1, v1::checkout_row);
        add_checkout(3, v1::open_checkout_row);
        run_sql("INSERT INTO orders VALUES (x'" + hex_id(2) + "', 4, x'" + hex_id(1) + "', 5, x'00', x'" +
                std::string(v1::order_row) + "')");
        add_document(1, "hoodie", v1::product_row);
        add_document(2, "SAVE10", v1::promotion_row);
        add_document(3, "standard", v1::shipping_row);
        add_document(4, "US/IL", v1::tax_row);
        add_document(5, "northlight", v1::brand_row);
    }
    void run_sql(std::string const& sql) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(path_.c_str(), &db), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
        sqlite3_close(db);
    }
    std::unique_ptr<Store> open() { return open_sqlite(path_, OpenMode::existing).value(); }

    TempDir dir_;
    std::string path_ = dir_.file("b2a.db");

    static std::string to_hex(ByteView bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string out;
        for (auto const byte : bytes) out.append({digits[byte >> 4U], digits[byte & 15U]});
        return out;
    }

  private:
    static std::string hex_id(std::uint8_t n) { return to_hex(id_of<CheckoutId>(n).bytes()); }
    void add_checkout(std::uint8_t n, std::string_view row) {
        run_sql("INSERT INTO checkout VALUES (x'" + hex_id(n) + "', 1, " + std::to_string(to_micros(at(100))) + ", x'" +
                std::string(row) + "')");
    }
    void add_document(int kind, std::string const& id, std::string_view row) {
        run_sql("INSERT INTO catalog_document VALUES (" + std::to_string(kind) + ", '" + id + "', 3, x'" +
                std::string(row) + "')");
    }
};

TEST_F(SqliteUpgrade, OldRowsAreReadAndNewTablesAreThere) {
    auto store = open();
    auto reader = store->open_reader().value();
    EXPECT_EQ(reader->checkout(id_of<CheckoutId>(1)).value()->fulfillment.methods.size(), 1U);
    EXPECT_EQ(reader->order(id_of<OrderId>(2)).value()->events.size(), 3U);
    auto const data = reader->catalog().value();
    ASSERT_EQ(data.promotions.size(), 1U);
    EXPECT_EQ(data.promotions[0].id, "SAVE10");
    EXPECT_EQ(data.products.size(), 1U);
    EXPECT_TRUE(data.locations.empty());
    ASSERT_TRUE(commit_blocking(*store, insert_cart(1), no_deadline()).ok());
    ASSERT_TRUE(commit_blocking(*store, notice_change({notice_of(1, "ord_a")}), no_deadline()).ok());
    EXPECT_EQ(reader->due_notices(at(1), 1).value().size(), 1U);
    store.reset();
    EXPECT_TRUE(open_sqlite(path_, OpenMode::read_only).ok());
}

TEST_F(SqliteUpgrade, ReadingOnlyDoesNotUpgrade) {
    auto const store = open_sqlite(path_, OpenMode::read_only);
    ASSERT_FALSE(store.ok());
    EXPECT_NE(store.error().note.text.find("must be migrated first"), std::string::npos);
}

TEST_F(SqliteUpgrade, ImportingTheSameCatalogAgainIsNoChange) {
    auto store = open();
    auto reader = store->open_reader().value();
    auto const data = reader->catalog().value();
    auto draft = store->begin_catalog().value();
    EXPECT_EQ(draft->put(data.products[0]).value(), CatalogDraft::Change::unchanged);
    EXPECT_EQ(draft->put(data.promotions[0]).value(), CatalogDraft::Change::unchanged);
    EXPECT_EQ(draft->put(data.shipping[0]).value(), CatalogDraft::Change::unchanged);
    EXPECT_EQ(draft->put(data.taxes[0]).value(), CatalogDraft::Change::unchanged);
    EXPECT_EQ(draft->put(data.brands[0]).value(), CatalogDraft::Change::unchanged);
    EXPECT_EQ(draft->publish(event_of("catalog.published"), at(1)).value(), 3U);
    draft.reset();

    auto promotion = data.promotions[0];
    promotion.title = "New";
    draft = store->begin_catalog().value();
    EXPECT_EQ(draft->put(promotion).value(), CatalogDraft::Change::updated);
    EXPECT_EQ(draft->publish(event_of("catalog.published"), at(1)).value(), 4U);
    EXPECT_EQ(reader->catalog().value().promotions, std::vector{promotion});
}

TEST_F(SqliteUpgrade, AnOldCompletedCheckoutIsNotSwept) {
    auto store = open();
    EXPECT_EQ(store->sweep(at(1000)).value(), 1U);
    auto reader = store->open_reader().value();
    EXPECT_TRUE(reader->checkout(id_of<CheckoutId>(1)).value().has_value());
    EXPECT_EQ(reader->checkout(id_of<CheckoutId>(3)).value(), std::nullopt);
}

TEST_F(SqliteUpgrade, TheTreeOfAnOldLogIsBuilt) {
    constexpr std::uint64_t size = 700;
    audit::Frontier frontier;
    std::string sql = "BEGIN;";
    for (std::uint64_t seq = 0; seq < size; ++seq) {
        auto const placed = seq == 650;
        auto const event = event_of(placed ? "order.placed" : "grown", placed ? id_of<OrderId>(2).text() : "s");
        auto const body = audit::canonical_bytes(event, seq, at(0)).value();
        auto const leaf = audit::leaf_hash(as_bytes(body));
        frontier.append(leaf);
        sql += "INSERT INTO audit_entry VALUES (" + std::to_string(seq) + ", x'" + to_hex(leaf) + "', '" + body + "');";
    }
    std::string edge;
    for (auto const& digest : frontier.edge()) edge += to_hex(digest);
    run_sql(sql + "UPDATE audit_head SET size = 700, edge = x'" + edge + "'; COMMIT;");

    auto store = open();
    auto reader = store->open_reader().value();
    auto const source = [&](audit::TileId id, std::size_t width) { return reader->audit_tile(id, width); };
    EXPECT_EQ(audit::TiledTree(size, source).root().value(), frontier.root());
    EXPECT_EQ(reader->order_entry(id_of<OrderId>(2)).value(), 650U);
    auto const second = reader->audit_tile({0, 1}, 256).value();
    EXPECT_EQ(reader->audit_tile({1, 0}, 2).value()[1], audit::root_of(second));
    auto more = change_of("grown");
    more.events.resize(100, more.events.front());
    ASSERT_TRUE(commit_blocking(*store, std::move(more), no_deadline()).ok());
    EXPECT_EQ(audit::TiledTree(800, source).root().value(), reader->audit_head().value().root);
}

}  // namespace
}  // namespace b2a::store
