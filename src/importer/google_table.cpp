// SPDX-License-Identifier: Apache-2.0
// Google Merchant as a table: tab-separated (or CSV), one item a row. Names of columns may have spaces for underscores
// and the prefix "g:".
#include <algorithm>

#include "importer/google.hpp"
#include "importer/table.hpp"

namespace b2a::importer {
namespace {

std::string field_name(std::string_view column) {
    if (column.starts_with("g:")) column.remove_prefix(2);
    std::string name(column);
    std::replace(name.begin(), name.end(), ' ', '_');
    return name;
}

std::vector<std::string> field_names(Table const& table) {
    std::vector<std::string> out;
    for (auto const& column : table.header()) out.push_back(field_name(column));
    return out;
}

bool has(std::vector<std::string> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

FeedItem item_of(std::vector<std::string> const& names, Row const& row) {
    FeedItem item;
    item.line = row.line;
    item.fault = row.fault;
    if (!row.fault.empty()) return item;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!row.fields[i].empty() && !names[i].empty()) item.fields.emplace_back(names[i], row.fields[i]);
    return item;
}

constexpr TableOptions table_options{.quoted_tabs = true};

}  // namespace

bool is_google(Table const& table) {
    auto const names = field_names(table);
    return has(names, "id") && has(names, "title") &&
           (has(names, "link") || has(names, "image_link") || has(names, "availability"));
}

Result<void> check_google_table(std::string const& path) {
    B2A_TRY(table, Table::open(path, table_options));
    auto const names = field_names(table);
    std::string missing;
    for (std::string_view const name : {"id", "title", "price"})
        if (!has(names, name)) missing.append(missing.empty() ? "" : ", ").append(name);
    if (missing.empty()) return {};
    return Error(Code::invalid_request, path + ": missing columns: " + missing);
}

Result<void> import_google_table(FileContext const& context) {
    Groups groups(context);
    B2A_TRY(first, Table::open(context.path, table_options));
    auto const names = field_names(first);
    Row row;
    for (;;) {
        B2A_TRY(more, first.next(row));
        if (!more) break;
        if (auto const group = item_of(names, row).group(); !group.empty()) groups.expect(group);
    }
    B2A_TRY(table, Table::open(context.path, table_options));
    for (;;) {
        B2A_TRY(more, table.next(row));
        if (!more) break;
        context.journal.row(table.source());
        B2A_CHECK(take_google_item(context, groups, item_of(names, row)));
    }
    context.journal.end_file(table.source());
    return groups.finish();
}

}  // namespace b2a::importer
