// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/statement.hpp"

#include <algorithm>
#include <string>

namespace b2a::store::sqlite {

Error to_error(sqlite3* db, int code, std::string_view doing) {
    std::string note(doing);
    note += ": ";
    note += sqlite3_errstr(code);
    if (db != nullptr && sqlite3_errcode(db) != SQLITE_OK) note.append(" (").append(sqlite3_errmsg(db)).append(")");
    return Error(Code::store_unavailable, "the store cannot be used at the moment").with_note(std::move(note));
}

Result<bool> Query::next() {
    auto const code = bind_code_ == SQLITE_OK ? sqlite3_step(statement_) : bind_code_;
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return to_error(sqlite3_db_handle(statement_), code, sqlite3_sql(statement_));
}

Result<void> Query::run() {
    auto const row = next();
    if (!row) return Error(row.error());
    return {};
}

ByteView Query::blob(int column) const {
    auto const* data = static_cast<std::uint8_t const*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Result<Digest> Query::digest(int column) const {
    auto const bytes = blob(column);
    Digest out{};
    if (bytes.size() != out.size())
        return Error(Code::store_unavailable).with_note("damaged row: a digest of another length");
    std::ranges::copy(bytes, out.begin());
    return out;
}

}  // namespace b2a::store::sqlite
