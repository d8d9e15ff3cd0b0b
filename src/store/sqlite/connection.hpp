// SPDX-License-Identifier: Apache-2.0
// One database connection, used by one thread at a time, with our pragmas set. Statements are owned here and finalised
// before the connection closes.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/sqlite/statement.hpp"

namespace b2a::store::sqlite {

enum class Role : std::uint8_t {
    writer,    // waits for the other process's transactions, never checkpoints by itself
    importer,  // the same with a smaller cache; competes with the writer for the lock
    reader,    // read-only, memory-mapped
};

class Connection {
  public:
    /// Never creates a file unless `create`.
    static Result<Connection> open(std::string const& path, Role role, bool create = false);

    [[nodiscard]] sqlite3* handle() const noexcept { return db_.get(); }
    Result<Statement> prepare(std::string_view sql);
    /// Any number of statements without parameters.
    Result<void> execute(std::string const& sql);
    /// The first column of the first row; 0 without a row.
    Result<std::int64_t> integer(std::string_view sql);

  private:
    struct Close {
        void operator()(sqlite3* db) const noexcept;
    };
    struct Finalise {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };

    Result<void> configure(Role role, bool create);

    std::unique_ptr<sqlite3, Close> db_;
    std::vector<std::unique_ptr<sqlite3_stmt, Finalise>> statements_;
};

/// Undoes sqlite3_busy_timeout(): waits patiently for other writers again.
void restore_lock_wait(Connection& connection);

/// BEGIN IMMEDIATE that ends in commit(), or in a rollback when it leaves scope.
class Transaction {
  public:
    static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    Result<void> commit();

  private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}

    Connection* connection_;
};

/// A read transaction: several statements see one state. Never outlives the call that opened it.
class ReadTransaction {
  public:
    static Result<ReadTransaction> begin(Connection& connection);
    ReadTransaction(ReadTransaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
    ReadTransaction& operator=(ReadTransaction&&) = delete;
    ~ReadTransaction();

  private:
    explicit ReadTransaction(Connection& connection) : connection_(&connection) {}

    Connection* connection_;
};

}  // namespace b2a::store::sqlite
