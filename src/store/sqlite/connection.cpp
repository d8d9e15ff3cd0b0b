// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/connection.hpp"

#include "b2a/base/assert.hpp"

namespace b2a::store::sqlite {
namespace {

constexpr int busy_wait_ms_max = 10'000;

/// SQLite's own handler backs off to 100 ms, and so an import would rarely meet the short gaps between the batches of a
/// busy writer. Asking every millisecond does.
int wait_for_lock(void*, int count) {
    if (count >= busy_wait_ms_max) return 0;
    sqlite3_sleep(1);
    return 1;
}

constexpr char const* common_pragmas =
    "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;"
    "PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=FAST;";

constexpr char const* role_pragmas(Role role) {
    switch (role) {
        case Role::writer: return "PRAGMA cache_size=-65536;";
        case Role::importer: return "PRAGMA cache_size=-32768;";
        case Role::reader: return "PRAGMA query_only=1; PRAGMA cache_size=-8192; PRAGMA mmap_size=268435456;";
    }
    return "";
}

}  // namespace

void Connection::Close::operator()(sqlite3* db) const noexcept {
    auto const code = sqlite3_close(db);
    B2A_ASSERT(code == SQLITE_OK);
}

Result<Connection> Connection::open(std::string const& path, Role role, bool create) {
    auto flags = role == Role::reader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (create) flags |= SQLITE_OPEN_CREATE;
    sqlite3* db = nullptr;
    auto const code = sqlite3_open_v2(path.c_str(), &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    Connection connection;
    connection.db_.reset(db);
    if (code != SQLITE_OK) return to_error(db, code, "open " + path);
    B2A_CHECK(connection.configure(role, create));
    return connection;
}

Result<void> Connection::configure(Role role, bool create) {
    restore_lock_wait(*this);
    sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // The page size counts only before the first table exists; WAL is a property of the file and stays.
    if (create) B2A_CHECK(execute("PRAGMA page_size=16384; PRAGMA journal_mode=WAL;"));
    B2A_CHECK(execute(common_pragmas));
    return execute(role_pragmas(role));
}

void restore_lock_wait(Connection& connection) {
    sqlite3_busy_handler(connection.handle(), wait_for_lock, nullptr);
}

Result<Statement> Connection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    auto const code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                         &statement, nullptr);
    if (code != SQLITE_OK) return to_error(db_.get(), code, sql);
    statements_.emplace_back(statement);
    return Statement(statement);
}

Result<void> Connection::execute(std::string const& sql) {
    auto const code = sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return to_error(db_.get(), code, sql);
    return {};
}

Result<std::int64_t> Connection::integer(std::string_view sql) {
    B2A_TRY(statement, prepare(sql));
    Query query(statement);
    B2A_TRY(row, query.next());
    return row ? query.integer(0) : 0;
}

Result<Transaction> Transaction::begin(Connection& connection) {
    B2A_CHECK(connection.execute("BEGIN IMMEDIATE"));
    return Transaction(connection);
}

Result<void> Transaction::commit() {
    // A failed COMMIT may leave the transaction open: connection_ stays set, and the destructor rolls back.
    B2A_CHECK(connection_->execute("COMMIT"));
    connection_ = nullptr;
    return {};
}

Transaction::~Transaction() {
    if (connection_ == nullptr || sqlite3_get_autocommit(connection_->handle()) != 0) return;
    sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<ReadTransaction> ReadTransaction::begin(Connection& connection) {
    B2A_CHECK(connection.execute("BEGIN"));
    return ReadTransaction(connection);
}

ReadTransaction::~ReadTransaction() {
    if (connection_ != nullptr) sqlite3_exec(connection_->handle(), "COMMIT", nullptr, nullptr, nullptr);
}

}  // namespace b2a::store::sqlite
