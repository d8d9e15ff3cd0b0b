// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/migrate.hpp"

#include <array>
#include <string>

#include "b2a/audit/tiles.hpp"
#include "b2a/base/id.hpp"
#include "b2a/crypto/hash.hpp"

#include "embedded/store_sql.hpp"
#include "store/sqlite/tiles.hpp"

namespace b2a::store::sqlite {
namespace {

constexpr std::int64_t application_id = 0x42324147;  // "B2AG"

struct Migration {
    std::string_view name;
    std::string_view const& sql;
    Result<void> (*fill)(Connection&) = nullptr;  // what SQL alone cannot compute of the rows that are there
};

Result<void> fill_tiles(Connection& connection) {
    TileWriter writer;
    B2A_CHECK(writer.prepare(connection));
    B2A_TRY(leaves, connection.prepare("SELECT leaf FROM audit_entry ORDER BY seq"));
    audit::TileEdge edge;
    std::vector<audit::Tile> changed;
    Query query(leaves);
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) return {};
        B2A_TRY(leaf, query.digest(0));
        edge.append(leaf, changed);
        for (auto const& tile : changed) B2A_CHECK(writer.write(tile));
        changed.clear();
    }
}

Result<void> fill_proof(Connection& connection) {
    B2A_CHECK(fill_tiles(connection));
    B2A_TRY(placed, connection.prepare("SELECT seq, body ->> '$.subject' FROM audit_entry "
                                       "WHERE body ->> '$.type' = 'order.placed' ORDER BY seq"));
    B2A_TRY(set, connection.prepare("UPDATE orders SET entry = ? WHERE id = ?"));
    Query query(placed);
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) return {};
        if (auto const id = OrderId::parse(query.text(1)))
            B2A_CHECK(Query(set, query.natural(0), ByteView(id->bytes())).run());
    }
}

/// In order; a migration's version is its position from 1. Released ones never change.
std::array const migrations{Migration{"0001_init", store_sql::m0001_init},
                            Migration{"0002_carts_notices", store_sql::m0002_carts_notices},
                            Migration{"0003_governance", store_sql::m0003_governance},
                            Migration{"0004_proof", store_sql::m0004_proof, fill_proof},
                            Migration{"0005_price_history", store_sql::m0005_price_history}};

constexpr std::string_view journal_sql =
    "CREATE TABLE schema_migration(version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, digest BLOB NOT NULL) "
    "STRICT";

Error refuse(std::string note) {
    return Error(Code::store_unavailable, "the store cannot be opened").with_note(std::move(note));
}

/// The version of a store that is ours; 0 for an empty file.
Result<std::size_t> version_of(Connection& connection) {
    B2A_TRY(application, connection.integer("PRAGMA application_id"));
    B2A_TRY(version, connection.integer("PRAGMA user_version"));
    B2A_TRY(tables, connection.integer("SELECT count(*) FROM sqlite_schema"));
    if (application == 0 && version == 0 && tables == 0) return std::size_t{0};
    if (application != application_id) return refuse("the file is a database of another program");
    if (version < 1 || static_cast<std::size_t>(version) > migrations.size())
        return refuse("the schema has version " + std::to_string(version) + ", this program knows versions 1 to " +
                      std::to_string(migrations.size()));
    return static_cast<std::size_t>(version);
}

Result<void> check_digests(Connection& connection, std::size_t version) {
    B2A_TRY(statement, connection.prepare("SELECT digest FROM schema_migration WHERE version = ?"));
    for (std::size_t i = 0; i < version; ++i) {
        Query query(statement, std::uint64_t{i + 1});
        B2A_TRY(row, query.next());
        if (!row) return refuse("migration " + std::to_string(i + 1) + " is not recorded");
        B2A_TRY(digest, query.digest(0));
        if (digest != crypto::sha256(migrations[i].sql))
            return refuse("migration " + std::to_string(i + 1) + " differs from the one compiled in");
    }
    return {};
}

Result<void> run_migration(Connection& connection, std::size_t index) {
    auto const& migration = migrations[index];
    auto const version = std::to_string(index + 1);
    if (index == 0) B2A_CHECK(connection.execute(std::string(journal_sql)));
    B2A_CHECK(connection.execute(std::string(migration.sql)));
    if (migration.fill != nullptr) B2A_CHECK(migration.fill(connection));
    B2A_TRY(record, connection.prepare("INSERT INTO schema_migration(version, name, digest) VALUES (?, ?, ?)"));
    auto const digest = crypto::sha256(migration.sql);
    B2A_CHECK(Query(record, std::uint64_t{index + 1}, migration.name, ByteView(digest)).run());
    return connection.execute("PRAGMA user_version=" + version +
                              "; PRAGMA application_id=" + std::to_string(application_id));
}

}  // namespace

Result<void> migrate(Connection& connection, bool may_create) {
    // Under the write lock from the first look on: two programs that start together migrate once.
    B2A_TRY(transaction, Transaction::begin(connection));
    B2A_TRY(version, version_of(connection));
    if (version == 0 && !may_create) return refuse("the file is empty: it is not a store");
    if (version > 0) B2A_CHECK(check_digests(connection, version));
    if (version == migrations.size()) return {};
    for (std::size_t i = version; i < migrations.size(); ++i) B2A_CHECK(run_migration(connection, i));
    return transaction.commit();
}

Result<void> check_schema(Connection& connection) {
    B2A_TRY(version, version_of(connection));
    if (version != migrations.size())
        return refuse("the schema has version " + std::to_string(version) + " and must be migrated first");
    return check_digests(connection, version);
}

}  // namespace b2a::store::sqlite
