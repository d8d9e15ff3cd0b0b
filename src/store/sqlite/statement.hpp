// SPDX-License-Identifier: Apache-2.0
// Prepared statements and their use. A Statement belongs to its Connection; a Query is one execution of it: binds in
// order, steps, and resets when it leaves scope, so that no read transaction stays open by accident.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <sqlite3.h>

#include "b2a/base/bytes.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"

namespace b2a::store::sqlite {

/// The one translation of SQLite's codes. Everything that SQLite reports is the store's trouble, not the caller's.
Error to_error(sqlite3* db, int code, std::string_view doing);

class Statement {
  public:
    Statement() = default;
    Statement(sqlite3_stmt* handle) : handle_(handle) {}  // NOLINT(*-explicit-*): only Connection makes them
    [[nodiscard]] sqlite3_stmt* handle() const noexcept { return handle_; }

  private:
    sqlite3_stmt* handle_ = nullptr;
};

class Query {
  public:
    /// Bound text and blobs must outlive the Query: they are not copied.
    template <class... Args>
    explicit Query(Statement statement, Args const&... args) : statement_(statement.handle()) {
        (bind(args), ...);
    }
    ~Query() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Query(Query const&) = delete;
    Query& operator=(Query const&) = delete;

    /// True: there is a row. False: the statement has finished.
    Result<bool> next();
    /// For statements without rows.
    Result<void> run();

    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    [[nodiscard]] std::uint64_t natural(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    [[nodiscard]] bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    /// Valid until the next step.
    [[nodiscard]] std::string_view text(int column) const { return as_text(blob(column)); }
    [[nodiscard]] ByteView blob(int column) const;
    /// A 32-byte column; store_unavailable for any other length.
    [[nodiscard]] Result<Digest> digest(int column) const;

  private:
    void bind(std::int64_t value) { check(sqlite3_bind_int64(statement_, ++bound_, value)); }
    void bind(std::uint64_t value) { bind(static_cast<std::int64_t>(value)); }
    void bind(int value) { bind(std::int64_t{value}); }
    void bind(Timestamp value) { bind(to_micros(value)); }
    void bind(std::string_view value) {
        check(sqlite3_bind_text64(statement_, ++bound_, value.data() != nullptr ? value.data() : "", value.size(),
                                  SQLITE_STATIC, SQLITE_UTF8));
    }
    void bind(ByteView value) {
        check(sqlite3_bind_blob64(statement_, ++bound_, value.data() != nullptr ? value.data() : &nothing, value.size(),
                                  SQLITE_STATIC));
    }
    void bind(std::optional<std::int64_t> value) {
        value ? bind(*value) : check(sqlite3_bind_null(statement_, ++bound_));
    }
    void check(int code) noexcept {
        if (code != SQLITE_OK && bind_code_ == SQLITE_OK) bind_code_ = code;
    }

    static constexpr std::uint8_t nothing = 0;

    sqlite3_stmt* statement_;
    int bound_ = 0;
    int bind_code_ = SQLITE_OK;
};

}  // namespace b2a::store::sqlite
