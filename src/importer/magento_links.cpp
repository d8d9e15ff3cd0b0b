// SPDX-License-Identifier: Apache-2.0
// Magento link files: "sku,linked_sku", several linked SKUs in one cell, one on each line. The file's name says the
// type.
#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "importer/context.hpp"
#include "importer/table.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

std::optional<domain::EdgeType> type_of(std::string const& path) {
    std::string name;
    for (auto const c : file_name(path))
        if (c != '_' && c != '-' && c != ' ') name += ascii_lower(c);
    if (name.find("crosssell") != std::string::npos) return domain::EdgeType::cross_sell;
    if (name.find("upsell") != std::string::npos) return domain::EdgeType::up_sell;
    if (name.find("related") != std::string::npos) return domain::EdgeType::related;
    return std::nullopt;
}

void take_row(FileContext const& context, Row const& row, std::size_t sku_at, std::size_t linked_at) {
    auto const reject = [&](std::string reason) { context.journal.reject(row.line, std::move(reason)); };
    if (!row.fault.empty()) return reject(row.fault);
    auto const from = trim(row.fields[sku_at]);
    if (!is_clean_id(from)) return reject("sku " + shown(from) + " is no usable identifier");
    auto const source = "file:" + clean_text(file_name(context.path), limits::id_bytes_max, TextShape::line);
    auto const type = *type_of(context.path);
    auto any = false;
    for (auto const line : split(row.fields[linked_at], '\n')) {
        for (auto part : split(line, ',')) {
            part = trim(part);
            if (part.empty()) continue;
            any = true;
            if (!is_clean_id(part)) {
                reject("linked_sku " + shown(part) + " is no usable identifier");
                continue;
            }
            if (part == from) {
                reject("a link of " + shown(from) + " to itself");
                continue;
            }
            auto const added = context.links.add(std::string(from), {type, std::string(part), source}, row.line);
            if (added == Links::Added::too_many)
                return reject("more than " + std::to_string(limits::product_edges_max) + " links of " + shown(from));
        }
    }
    if (!any) reject("no linked_sku");
}

}  // namespace

Result<void> check_magento_links(std::string const& path) {
    B2A_TRY(table, Table::open(path));
    B2A_CHECK(table.require({"sku", "linked_sku"}));
    if (type_of(path)) return {};
    return Error(Code::invalid_request,
                 path + ": the name of a links file must hold related, crosssell or upsell: it says the type");
}

Result<void> import_magento_links(FileContext const& context) {
    B2A_TRY(table, Table::open(context.path));
    B2A_CHECK(table.require({"sku", "linked_sku"}));
    auto const sku_at = *table.column("sku");
    auto const linked_at = *table.column("linked_sku");
    context.links.replaces("file:" + clean_text(file_name(context.path), limits::id_bytes_max, TextShape::line));
    Row row;
    for (;;) {
        B2A_TRY(more, table.next(row));
        if (!more) break;
        context.journal.row(table.source());
        take_row(context, row, sku_at, linked_at);
    }
    context.journal.end_file(table.source());
    return {};
}

}  // namespace b2a::importer
