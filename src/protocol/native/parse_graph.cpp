// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/text.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/protocol/need.hpp"

#include "graph.hpp"
#include "page_parameters.hpp"

namespace b2a::protocol::native {
namespace {

constexpr std::size_t name_bytes_max = 32;
constexpr std::size_t node_id_bytes_max = limits::product_value_bytes_max;
constexpr std::size_t cursor_bytes_max = 1024;

std::optional<catalog::Direction> direction_from_text(std::string_view text) noexcept {
    if (text == "out") return catalog::Direction::out;
    if (text == "in") return catalog::Direction::in;
    if (text == "both") return catalog::Direction::both;
    return std::nullopt;
}

void read_start(json::Reader& reader, catalog::TraverseQuery& query) {
    refuse_unknown(reader, {"type", "id"});
    catalog::NodeName name;
    auto const type = reader.string("type", name_bytes_max, json::Presence::required);
    auto const known = type ? catalog::node_type_from_text(*type) : std::nullopt;
    if (type && !known) reader.problem("type", *type + " is no type of node");
    name.type = known.value_or(catalog::NodeType::product);
    name.id = reader.string("id", node_id_bytes_max, json::Presence::required).value_or("");
    query.start.push_back(std::move(name));
}

void read_relations(json::Reader& reader, catalog::TraverseQuery& query) {
    auto const names = reader.strings("edges", catalog::relation_count, name_bytes_max);
    if (!names || names->empty()) return;
    query.relations = 0;
    for (auto const& name : *names) {
        auto const relation = catalog::relation_from_text(name);
        if (relation) query.relations |= catalog::only(*relation);
        else reader.problem("edges", name + " is no type of edge");
    }
}

void read_filter(json::Reader& reader, catalog::NodeFilter& filter) {
    refuse_unknown(reader, {"types", "brands", "categories", "in_stock"});
    if (auto const types = reader.strings("types", catalog::node_type_count, name_bytes_max))
        for (auto const& name : *types) {
            auto const type = catalog::node_type_from_text(name);
            if (type) filter.types.push_back(*type);
            else reader.problem("types", name + " is no type of node");
        }
    if (auto values = reader.strings("brands", limits::search_filters_max, limits::id_bytes_max))
        filter.brands = *std::move(values);
    if (auto values = reader.strings("categories", limits::search_filters_max, limits::product_value_bytes_max))
        filter.categories = *std::move(values);
    if (reader.boolean("in_stock").value_or(false)) filter.availability = catalog::Availability::in_stock;
}

/// Returns what is wrong with the parameter, or nothing.
std::string apply_parameter(service::DocumentQuery& query, DocumentFilters filters, std::string_view name,
                            std::string const& value) {
    if (name == "limit") return set_limit(query.limit, value);
    bool const filter = filters == DocumentFilters::brand_and_occasion && (name == "brand" || name == "occasion");
    if (!filter && name != "after") return "unknown parameter";
    return set_name(name == "after" ? query.after : name == "brand" ? query.brand : query.occasion, value);
}

}  // namespace

Result<catalog::TraverseQuery> parse_traverse(json::View root) {
    catalog::TraverseQuery query;
    json::Reader reader(root);
    refuse_unknown(reader, {"start", "edges", "direction", "depth", "nodes", "limit", "cursor"});
    reader.objects(
        "start", limits::graph_start_max, [&](json::Reader& r) { read_start(r, query); }, json::Presence::required);
    if (query.start.empty() && reader.problems().empty()) reader.problem("start", "must name a node");
    read_relations(reader, query);
    if (auto const text = reader.string("direction", name_bytes_max)) {
        auto const direction = direction_from_text(*text);
        if (!direction) reader.problem("direction", "must be out, in or both");
        query.direction = direction.value_or(catalog::Direction::out);
    }
    if (auto const depth = reader.integer("depth", 1, static_cast<std::int64_t>(limits::graph_depth_max)))
        query.depth = static_cast<std::size_t>(*depth);
    reader.object("nodes", [&](json::Reader& r) { read_filter(r, query.nodes); });
    if (auto const limit = reader.integer("limit", 1, static_cast<std::int64_t>(limits::page_size_max)))
        query.limit = static_cast<std::size_t>(*limit);
    query.cursor = reader.string("cursor", cursor_bytes_max).value_or("");
    B2A_CHECK(reader.finish());
    return query;
}

Result<service::DocumentQuery> parse_document_query(web::Request const& request, DocumentFilters filters) {
    auto const pairs = web::query_pairs(request.query);
    if (!pairs) return Error(Code::invalid_request, "the query string is not well-formed");
    service::DocumentQuery query;
    for (auto const& [name, value] : *pairs)
        if (auto problem = apply_parameter(query, filters, name, value); !problem.empty())
            return Error(Code::invalid_request, std::move(problem), name);
    return query;
}

}  // namespace b2a::protocol::native
