// SPDX-License-Identifier: Apache-2.0
// Where a graph's kept edges come from: products, categories, looks, the brand's files and the rules.
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "catalog/graph_build.hpp"
#include "catalog/index.hpp"

namespace b2a::catalog {
namespace {

constexpr Relation relation_to(NodeType type) noexcept {
    switch (type) {
        case NodeType::brand: return Relation::of_brand;
        case NodeType::category: return Relation::in_category;
        case NodeType::attribute_value: return Relation::has_value;
        case NodeType::occasion: return Relation::suits_occasion;
        case NodeType::material: return Relation::made_of;
        case NodeType::product:
        case NodeType::allergen:
        case NodeType::size:
        case NodeType::location:
        case NodeType::look:
        case NodeType::variant:
        case NodeType::offer: break;
    }
    return Relation::related;
}

constexpr Relation relation_of(domain::EdgeType type) noexcept {
    switch (type) {
        case domain::EdgeType::related: return Relation::related;
        case domain::EdgeType::cross_sell: return Relation::cross_sell;
        case domain::EdgeType::up_sell: return Relation::up_sell;
        case domain::EdgeType::goes_with: return Relation::goes_with;
        case domain::EdgeType::substitute_for: return Relation::substitute_for;
        case domain::EdgeType::accessory_for: return Relation::accessory_for;
        case domain::EdgeType::replaces: return Relation::replaces;
        case domain::EdgeType::part_of_look: return Relation::part_of_look;
    }
    return Relation::related;
}

bool is_collection(std::string_view path) noexcept {
    return iequals(path.substr(0, path.find('/')), "collections");
}

template <class E>
std::optional<E> choice_of(domain::Product const& product, std::string_view name,
                           std::optional<E> (*from_text)(std::string_view) noexcept) {
    for (auto const& attribute : product.attributes)
        if (attribute.name == name)
            if (auto const* text = std::get_if<std::string>(&attribute.value)) return from_text(*text);
    return std::nullopt;
}

void append_items(std::uint32_t p, domain::Product const& product, RuleFacts& out) {
    auto const claimed = [&](std::vector<domain::Attribute> const& attributes) {
        for (auto const& attribute : attributes)
            if (auto const* text = std::get_if<std::string>(&attribute.value);
                text && attribute.name == "replaces_gtin")
                if (auto const gtin = trade_item_number(trim(*text))) out.replaced.push_back({*gtin, p});
    };
    claimed(product.attributes);
    for (auto const& variant : product.variants) {
        claimed(variant.attributes);
        for (auto const& barcode : variant.barcodes)
            if (auto const gtin = trade_item_number(barcode.value); gtin && barcode.type != "other")
                out.items.push_back({*gtin, p});
    }
}

}  // namespace

std::uint16_t GraphBuilder::source_of(std::string const& text) {
    if (auto const known = source_numbers_.find(text); known != source_numbers_.end()) return known->second;
    if (graph_.sources_.size() >= limits::graph_sources_max) return source_other;
    auto const fresh = static_cast<std::uint16_t>(graph_.sources_.size());
    graph_.sources_.push_back(text);
    source_numbers_.emplace(text, fresh);
    return fresh;
}

void GraphBuilder::add_values() {
    first_values_.assign(1, 0);
    auto at = noted_.begin();
    for (std::uint32_t p = 0; p < index_.data.products.size(); ++p) {
        for (; at != noted_.end() && at->product == p; ++at) {
            auto const value = graph_.node(at->type, at->place);
            add(graph_.node(NodeType::product, p), value, relation_to(at->type), source_catalog, at->score_ppm);
            if (at->type == NodeType::attribute_value || at->type == NodeType::material) values_.push_back(value);
        }
        std::sort(values_.begin() + first_values_.back(), values_.end());
        first_values_.push_back(static_cast<std::uint32_t>(values_.size()));
    }
    noted_ = {};
}

void GraphBuilder::add_category_tree() {
    auto const& categories = graph_.names(NodeType::category);
    for (std::uint32_t c = 0; c < categories.size(); ++c) {
        auto const path = categories[c].text;
        auto const node = graph_.node(NodeType::category, c);
        auto const at = path.rfind('/');
        categories_by_name_[to_ascii_lower(path)].push_back(node);
        if (at == std::string_view::npos) continue;
        categories_by_name_[to_ascii_lower(path.substr(at + 1))].push_back(node);
        if (auto const around = graph_.find_name(NodeType::category, {{}, path.substr(0, at)}))
            add(node, graph_.node(NodeType::category, *around), Relation::in_category, source_catalog);
    }
}

void GraphBuilder::add_looks() {
    for (std::uint32_t l = 0; l < index_.data.looks.size(); ++l) add_look(l);
}

void GraphBuilder::add_look(std::uint32_t look) {
    auto const& known = index_.data.looks[look];
    auto const source = source_of("look:" + known.id);
    auto const node = graph_.node(NodeType::look, look);
    if (auto const brand = graph_.find(NodeType::brand, known.brand)) add(node, *brand, Relation::of_brand, source);
    for (auto const& id : known.occasions)
        if (auto const occasion = graph_.find(NodeType::occasion, id))
            add(node, *occasion, Relation::suits_occasion, source);
    for (auto const& slot : known.slots) add_slot(node, slot, source);
}

void GraphBuilder::add_slot(NodeId look, domain::LookSlot const& slot, std::uint16_t source) {
    for (auto const& id : slot.products)
        if (auto const product = graph_.find(NodeType::product, id))
            add(*product, look, Relation::part_of_look, source);
    for (auto const& name : slot.categories)
        if (auto const found = categories_by_name_.find(to_ascii_lower(name)); found != categories_by_name_.end())
            for (auto const category : found->second) add(category, look, Relation::part_of_look, source);
}

/// Edges to nothing are none: the lint tells of them.
void GraphBuilder::add_stated() {
    for (std::uint32_t p = 0; p < index_.data.products.size(); ++p)
        for (auto const& edge : index_.data.products[p].edges) {
            auto const target = index_.find_product(edge.target);
            if (!target || *target == p) continue;
            add(graph_.node(NodeType::product, p), graph_.node(NodeType::product, *target), relation_of(edge.type),
                source_of(edge.source), edge.score_ppm);
        }
}

void GraphBuilder::add_derived() {
    auto const known = facts();
    for (auto const& rule : graph_rules()) {
        auto const source = source_of(std::string(rule.source));
        for (auto const& edge : rule.derive(known))
            add(graph_.node(NodeType::product, edge.from), graph_.node(NodeType::product, edge.to), rule.relation,
                source, edge.score_ppm);
    }
}

RuleFacts GraphBuilder::facts() const {
    std::vector<ColorFamilies> colors;
    for (auto const& name : graph_.names(NodeType::attribute_value)) {
        auto const is_color = iequals(name.name, "color") || iequals(name.name, "colour");
        colors.push_back(is_color ? color_families(name.text) : ColorFamilies{0});
    }
    RuleFacts out;
    out.products.resize(index_.data.products.size());
    for (std::uint32_t p = 0; p < out.products.size(); ++p) {
        fill(out.products[p], p, colors);
        append_items(p, index_.data.products[p], out);
    }
    return out;
}

void GraphBuilder::fill(RuleProduct& out, std::uint32_t p, std::vector<ColorFamilies> const& colors) const {
    auto const& product = index_.data.products[p];
    out.product = p;
    out.brand = graph_.find_name(NodeType::brand, {{}, product.brand}).value_or(RuleProduct::none);
    out.garment = choice_of(product, "garment", domain::garment_from_text);
    out.audience = choice_of(product, "audience", domain::audience_from_text);
    out.values = std::span(values_).subspan(first_values_[p], first_values_[p + 1] - first_values_[p]);
    auto const material = graph_.node(NodeType::material, 0);
    out.materials = out.values.subspan(
        static_cast<std::size_t>(std::ranges::lower_bound(out.values, material) - out.values.begin()));
    for (auto const value : out.values) {
        if (value >= material) break;
        auto const place = value - graph_.node(NodeType::attribute_value, 0);
        out.colors |= colors[place];
        if (iequals(graph_.names(NodeType::attribute_value)[place].name, "collection")) out.collection = value;
    }
    for (auto const& category : product.categories) {
        auto& target = is_collection(category) ? out.collection : out.category;
        if (target != RuleProduct::none) continue;
        if (auto const node = graph_.find(NodeType::category, category)) target = *node;
    }
    for (auto const& variant : product.variants) {
        if (variant.offers.empty()) continue;
        auto const& price = variant.offers.front().price;
        auto const code = price.currency.code();
        auto const number = static_cast<std::uint32_t>((code[0] << 16) | (code[1] << 8) | code[2]);
        if (out.currency == RuleProduct::none) out.price_minor = price.minor;
        if (out.currency != RuleProduct::none && out.currency != number) continue;
        out.currency = number;
        out.price_minor = std::min(out.price_minor, price.minor);
    }
}

}  // namespace b2a::catalog
