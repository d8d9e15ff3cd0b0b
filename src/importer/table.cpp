// SPDX-License-Identifier: Apache-2.0
#include "importer/table.hpp"

#include <algorithm>
#include <set>

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"

#include "importer/text_clean.hpp"

namespace b2a::importer {

Result<Table> Table::open(std::string const& path, TableOptions const& options) {
    auto delimiter = options.delimiter;
    if (delimiter == '\0') {
        delimiter = ',';
        B2A_TRY(sniffed, Source::open(path));
        B2A_TRY(any, sniffed.refill());
        if (!any) return Error(Code::invalid_request, path + ": the file is empty");
        auto const head = sniffed.chunk().substr(0, sniffed.chunk().find('\n'));
        if (head.find('\t') != std::string_view::npos) delimiter = '\t';
        else if (head.find(',') == std::string_view::npos && head.find(';') != std::string_view::npos) delimiter = ';';
    }
    B2A_TRY(source, Source::open(path));
    std::unique_ptr<RowReader> rows;
    if (delimiter == '\t' && !options.quoted_tabs) rows = std::make_unique<TsvReader>(std::move(source));
    else rows = std::make_unique<CsvReader>(std::move(source), delimiter);
    Table table(std::move(rows));
    B2A_CHECK(table.read_header());
    return table;
}

Result<void> Table::read_header() {
    auto const& path = source().path();
    Row row;
    B2A_TRY(more, rows_->next(row));
    if (!more) return Error(Code::invalid_request, path + ": the file has no header line");
    if (!row.fault.empty()) return Error(Code::invalid_request, path + ": header line: " + row.fault);
    std::set<std::string> seen;
    for (auto const field : row.fields) {
        if (!is_utf8(field)) return Error(Code::invalid_request, path + ": the header line is not UTF-8");
        auto name = to_ascii_lower(trim(field));
        if (!name.empty() && !seen.insert(name).second)
            return Error(Code::invalid_request, path + ": the column " + shown(name) + " comes twice");
        header_.push_back(std::move(name));
    }
    return {};
}

std::optional<std::size_t> Table::column(std::string_view name) const noexcept {
    auto const found = std::find(header_.begin(), header_.end(), name);
    if (found == header_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header_.begin());
}

Result<void> Table::require(std::initializer_list<std::string_view> names) const {
    std::string missing;
    for (auto const name : names) {
        if (column(name)) continue;
        if (!missing.empty()) missing += ", ";
        missing += name;
    }
    if (missing.empty()) return {};
    return Error(Code::invalid_request, source().path() + ": missing columns: " + missing);
}

Result<bool> Table::next(Row& row) {
    B2A_TRY(more, rows_->next(row));
    if (!more) return false;
    if (!row.fault.empty()) return true;
    if (row.fields.size() != header_.size()) {
        row.fault =
            std::to_string(row.fields.size()) + " fields where the header has " + std::to_string(header_.size());
        return true;
    }
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        if (is_utf8(row.fields[i])) continue;
        row.fault = "field " + std::to_string(i + 1) + " is not UTF-8";
        break;
    }
    return true;
}

}  // namespace b2a::importer
