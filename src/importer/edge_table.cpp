// SPDX-License-Identifier: Apache-2.0
// The brand's own edges as a table: from, type, to and, if it likes, score. Ends are ids of products or variants.
#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "importer/context.hpp"
#include "importer/native.hpp"
#include "importer/table.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

struct Columns {
    std::size_t from;
    std::size_t type;
    std::size_t to;
    std::optional<std::size_t> score;
};

/// What is wrong with the row, or nothing.
std::string take_row(FileContext const& context, Row const& row, Columns const& at, std::string const& source) {
    if (!row.fault.empty()) return row.fault;
    auto const from = trim(row.fields[at.from]);
    auto const to = trim(row.fields[at.to]);
    for (auto const id : {from, to})
        if (!is_clean_id(id)) return shown(id) + " is no usable identifier";
    if (from == to) return "an edge of " + shown(from) + " to itself";
    auto const name = trim(row.fields[at.type]);
    auto const type = domain::edge_type_from_text(name);
    if (!type) return shown(name) + " is no type of edge";
    domain::Edge edge{*type, std::string(to), source};
    if (auto const text = at.score ? trim(row.fields[*at.score]) : std::string_view(); !text.empty()) {
        auto const score = parse_score(text);
        if (!score) return "score " + shown(text) + " is no number from 0 to 1";
        edge.score_ppm = *score;
    }
    return context.links.add_or_say(std::string(from), edge, row.line);
}

}  // namespace

std::string edge_file_source(std::string const& path) {
    return "file:" + clean_text(file_name(path), limits::id_bytes_max, TextShape::line);
}

bool is_edge_table(Table const& table) {
    return table.column("from") && table.column("to") && table.column("type");
}

Result<void> check_edge_table(std::string const& path) {
    B2A_TRY(table, Table::open(path, {.quoted_tabs = true}));
    return table.require({"from", "type", "to"});
}

Result<void> import_edge_table(FileContext const& context) {
    B2A_TRY(table, Table::open(context.path, {.quoted_tabs = true}));
    B2A_CHECK(table.require({"from", "type", "to"}));
    Columns const at{*table.column("from"), *table.column("type"), *table.column("to"), table.column("score")};
    auto const source = edge_file_source(context.path);
    Row row;
    for (;;) {
        B2A_TRY(more, table.next(row));
        if (!more) break;
        context.journal.row(table.source());
        if (auto reason = take_row(context, row, at, source); !reason.empty())
            context.journal.reject(row.line, std::move(reason));
    }
    context.journal.end_file(table.source());
    return {};
}

}  // namespace b2a::importer
