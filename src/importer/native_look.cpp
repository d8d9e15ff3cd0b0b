// SPDX-License-Identifier: Apache-2.0
// Occasions, looks and edges of the native format.
#include <algorithm>
#include <set>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "importer/decimal.hpp"
#include "importer/native.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using json::Presence;
using json::Reader;

constexpr std::size_t name_bytes_max = 32;
constexpr std::int64_t certain_ppm = 1'000'000;

std::string read_id(Reader& in, std::string_view key) {
    auto id = in.string(key, limits::id_bytes_max, Presence::required).value_or("");
    if (!id.empty() && !is_clean_id(id)) in.problem(key, "is no usable identifier");
    return id;
}

/// Texts that are clean and different from each other; `what` they are stands in the reason.
std::vector<std::string> read_distinct(Reader& in, std::string_view key, std::size_t count_max, std::string_view what) {
    auto texts = in.strings(key, count_max, limits::id_bytes_max);
    if (!texts) return {};
    std::set<std::string_view> seen;
    for (auto const& text : *texts) {
        if (!is_clean_id(text)) in.problem(key, shown(text) + " is no usable " + std::string(what));
        else if (!seen.insert(text).second) in.problem(key, shown(text) + " comes twice");
    }
    return *std::move(texts);
}

domain::LookSlot read_slot(Reader& in) {
    allow_only(in, {"name", "products", "categories", "quantity", "per_person", "required"});
    domain::LookSlot slot;
    slot.name = read_line(in, "name", limits::id_bytes_max, Presence::required);
    slot.products = read_distinct(in, "products", limits::look_choices_max, "identifier");
    slot.categories = read_distinct(in, "categories", limits::look_choices_max, "category");
    slot.quantity = in.integer("quantity", 1, limits::line_quantity_max).value_or(1);
    slot.per_person = in.boolean("per_person").value_or(false);
    slot.required = in.boolean("required").value_or(true);
    if (slot.products.empty() && slot.categories.empty() && in.problems().empty())
        in.problem("", "needs products or categories");
    return slot;
}

/// "score" between 0 and 1, or "score_ppm"; a million without either.
std::uint32_t read_score(Reader& in) {
    if (in.has("score") && in.has("score_ppm")) in.problem("score", "stands beside score_ppm: one of them is enough");
    if (auto const ppm = in.integer("score_ppm", 0, certain_ppm)) return static_cast<std::uint32_t>(*ppm);
    if (!in.has("score")) return static_cast<std::uint32_t>(certain_ppm);
    auto const text = in.raw("score")->as_decimal_text();
    auto const score = text ? parse_score(*text) : std::nullopt;
    if (!score) in.problem("score", "must be a number from 0 to 1");
    return score.value_or(0);
}

}  // namespace

std::optional<std::uint32_t> parse_score(std::string_view text) {
    auto const micro = parse_micro(text);
    if (!micro || *micro < 0 || *micro > certain_ppm) return std::nullopt;
    return static_cast<std::uint32_t>(*micro);
}

domain::Occasion read_occasion(Reader& in) {
    allow_only(in, {"type", "id", "title", "names", "styles", "source"});
    domain::Occasion occasion;
    occasion.id = read_id(in, "id");
    occasion.title = read_line(in, "title", limits::product_title_bytes_max, Presence::required);
    occasion.names = read_distinct(in, "names", limits::occasion_names_max, "name");
    occasion.styles = read_distinct(in, "styles", limits::occasion_styles_max, "style");
    occasion.source = read_line(in, "source", limits::product_value_bytes_max);
    return occasion;
}

domain::Look read_look(Reader& in, FileContext const& context) {
    allow_only(in,
               {"type", "id", "brand", "title", "description", "occasions", "styles", "slots", "source", "synthetic"});
    domain::Look look;
    look.id = read_id(in, "id");
    look.brand = read_line(in, "brand", limits::id_bytes_max);
    if (look.brand.empty()) look.brand = context.brand;
    look.title = read_line(in, "title", limits::product_title_bytes_max, Presence::required);
    if (auto const text = in.string("description", limits::product_description_bytes_max))
        look.description = clean_text(*text, limits::product_description_bytes_max, TextShape::block);
    look.occasions = read_distinct(in, "occasions", limits::look_occasions_max, "identifier");
    look.styles = read_distinct(in, "styles", limits::occasion_styles_max, "style");
    in.objects(
        "slots", limits::look_slots_max,
        [&](Reader& item) {
            auto slot = read_slot(item);
            auto const same = std::ranges::find(look.slots, slot.name, &domain::LookSlot::name);
            if (same != look.slots.end()) item.problem("name", shown(slot.name) + " is the name of two slots");
            look.slots.push_back(std::move(slot));
        },
        Presence::required);
    if (look.slots.empty() && in.problems().empty()) in.problem("slots", "must hold at least one");
    look.source = read_line(in, "source", limits::product_value_bytes_max);
    look.synthetic = in.boolean("synthetic").value_or(false);
    return look;
}

NativeEdge read_edge(Reader& in, FileContext const& context) {
    allow_only(in, {"type", "from", "to", "edge", "score", "score_ppm", "source"});
    NativeEdge out;
    out.from = read_id(in, "from");
    out.edge.target = read_id(in, "to");
    if (!out.from.empty() && out.from == out.edge.target) in.problem("to", "is the product itself");
    auto const name = in.string("edge", name_bytes_max, Presence::required);
    auto const type = name ? domain::edge_type_from_text(*name) : std::nullopt;
    if (name && !type) in.problem("edge", shown(*name) + " is no type of edge");
    out.edge.type = type.value_or(domain::EdgeType::related);
    out.edge.score_ppm = read_score(in);
    out.edge.source = edge_file_source(context.path);
    if (auto const source = read_line(in, "source", limits::id_bytes_max); !source.empty())
        out.edge.source += '#' + source;
    return out;
}

void read_own_edges(Reader& in, domain::Product& product) {
    in.objects("edges", limits::product_edges_max, [&](Reader& edge) {
        allow_only(edge, {"type", "target", "score", "score_ppm"});
        auto const name = edge.string("type", name_bytes_max, Presence::required);
        auto target = edge.string("target", limits::id_bytes_max, Presence::required);
        auto const type = name ? domain::edge_type_from_text(*name) : std::nullopt;
        if (name && !type) edge.problem("type", shown(*name) + " is no type of edge");
        if (target && *target == product.id) edge.problem("target", "is the product itself");
        auto const score = read_score(edge);
        if (type && target)
            product.edges.push_back({*type, std::move(*target), std::string(native_edge_source), score});
    });
}

}  // namespace b2a::importer
