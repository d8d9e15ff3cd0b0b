// SPDX-License-Identifier: Apache-2.0
// A file with a header line: columns by name, rows that fit the header. What does not fit (wrong number of fields, not
// UTF-8) gets a fault like any other unreadable row.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"

#include "importer/row_reader.hpp"

namespace b2a::importer {

struct TableOptions {
    bool quoted_tabs = false;  // tab-separated fields may stand in quotes, as in CSV
    char delimiter = '\0';     // none: as the header line shows
};

class Table {
  public:
    /// Tab-separated, without quoting unless said otherwise, if the header line has a tab, else CSV. Column names are
    /// trimmed and in lower case; a name that comes twice is an error.
    static Result<Table> open(std::string const& path, TableOptions const& options = {});

    [[nodiscard]] std::vector<std::string> const& header() const noexcept { return header_; }
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const noexcept;
    /// invalid_request that names the file and every one of `names` that the header lacks.
    [[nodiscard]] Result<void> require(std::initializer_list<std::string_view> names) const;
    Result<bool> next(Row& row);
    [[nodiscard]] Source const& source() const noexcept { return rows_->source(); }

  private:
    explicit Table(std::unique_ptr<RowReader> rows) : rows_(std::move(rows)) {}
    Result<void> read_header();

    std::unique_ptr<RowReader> rows_;
    std::vector<std::string> header_;
};

}  // namespace b2a::importer
