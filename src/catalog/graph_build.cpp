// SPDX-License-Identifier: Apache-2.0
// Numbers for nodes, and the tables that computed edges come from.
#include "catalog/graph_build.hpp"

#include <algorithm>

#include "b2a/base/assert.hpp"

#include "catalog/index.hpp"

namespace b2a::catalog {

void GraphBuilder::run() {
    graph_.index_ = &index_;
    graph_.sources_ = {"catalog", "rule:ingredient_text/1", "other"};
    for (std::uint16_t i = 0; i < graph_.sources_.size(); ++i) source_numbers_.emplace(graph_.sources_[i], i);
    tables_.learn(index_.data.occasions);
    note_values();
    index_offers();
    number_nodes();
    index_sizes();
    index_allergens();
    index_locations();
    add_values();
    add_category_tree();
    add_looks();
    add_stated();
    add_derived();
    pack();
}

void GraphBuilder::note_values() {
    std::vector<Value> values;
    for (std::uint32_t p = 0; p < index_.data.products.size(); ++p) {
        values_of(index_.data.products[p], values);
        for (auto const& value : values) noted_.push_back({p, value.type, tables_.intern(value), value.score_ppm});
    }
    // What only looks name are nodes as well.
    for (auto const& look : index_.data.looks) {
        if (!look.brand.empty()) tables_.intern({NodeType::brand, {{}, look.brand}});
        for (auto const& occasion : look.occasions) tables_.intern({NodeType::occasion, {{}, occasion}});
    }
}

void GraphBuilder::number_nodes() {
    std::array<std::vector<std::uint32_t>, 5> places;
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto const type = static_cast<NodeType>(i + static_cast<std::size_t>(NodeType::brand));
        places[i] = tables_.of(type).sort_into(graph_.names_[i]);
    }
    for (auto& noted : noted_)
        noted.place =
            places[static_cast<std::size_t>(noted.type) - static_cast<std::size_t>(NodeType::brand)][noted.place];
    number_rows();
    auto const& data = index_.data;
    std::array<std::size_t, node_type_count> counts{};
    auto const count = [&](NodeType type, std::size_t size) { counts[static_cast<std::size_t>(type)] = size; };
    count(NodeType::product, data.products.size());
    for (std::size_t i = 0; i < graph_.names_.size(); ++i)
        counts[i + static_cast<std::size_t>(NodeType::brand)] = graph_.names_[i].size();
    count(NodeType::allergen, domain::allergen_count);
    count(NodeType::size, graph_.first_rows_.back());
    count(NodeType::location, data.locations.size());
    count(NodeType::look, data.looks.size());
    count(NodeType::variant, index_.variant_count());
    count(NodeType::offer, graph_.first_offers_.back());
    std::size_t total = 0;
    for (std::size_t i = 0; i < node_type_count; ++i) {
        graph_.first_[i] = static_cast<NodeId>(total);
        total += counts[i];
    }
    B2A_ASSERT(total < ~NodeId{0});
    graph_.first_.back() = static_cast<NodeId>(total);
}

void GraphBuilder::number_rows() {
    graph_.first_rows_.assign(1, 0);
    for (auto const& chart : index_.data.size_charts)
        graph_.first_rows_.push_back(graph_.first_rows_.back() + static_cast<std::uint32_t>(chart.rows.size()));
}

void GraphBuilder::index_offers() {
    auto& first = graph_.first_offers_;
    first.reserve(index_.variant_count() + 1);
    std::size_t total = 0;
    for (auto const& [variant, product] : index_.variants) {
        first.push_back(static_cast<std::uint32_t>(total));
        total += variant->offers.size();
    }
    B2A_ASSERT(total < ~NodeId{0});
    first.push_back(static_cast<std::uint32_t>(total));
}

void GraphBuilder::index_sizes() {
    std::vector<std::vector<std::uint32_t>> variants(graph_.count(NodeType::size));
    for (auto const& sized : index_.sizes.products()) {
        if (sized.chart == nullptr) continue;
        auto const first = graph_.first_rows_[static_cast<std::size_t>(sized.chart - index_.data.size_charts.data())];
        auto const run = index_.variants_of(sized.product);
        for (auto v = run.first; v < run.first + run.count; ++v)
            if (auto const row = index_.sizes.row_of(v); row != SizeIndex::no_row) variants[first + row].push_back(v);
    }
    graph_.first_sized_.assign(1, 0);
    for (auto const& list : variants) {
        graph_.sized_.insert(graph_.sized_.end(), list.begin(), list.end());
        graph_.first_sized_.push_back(static_cast<std::uint32_t>(graph_.sized_.size()));
    }
    graph_.sized_.shrink_to_fit();
}

void GraphBuilder::index_allergens() {
    for (std::uint32_t p = 0; p < index_.data.products.size(); ++p) {
        auto const& food = index_.data.products[p].food;
        if (!food) continue;
        for (std::size_t a = 0; a < domain::allergen_count; ++a)
            if (auto const slot = slot_of(food->allergens.status(static_cast<domain::Allergen>(a))))
                graph_.with_allergen_[a][*slot].push_back(p);
        for (auto const& suspicion : index_.suspicions.of(p))
            graph_.with_allergen_[static_cast<std::size_t>(suspicion.allergen)].back().push_back(p);
    }
    for (auto& statuses : graph_.with_allergen_)
        for (auto& list : statuses) list.shrink_to_fit();
}

void GraphBuilder::index_locations() {
    for (auto const& location : index_.data.locations) {
        if (location.pickup) graph_.pickup_.push_back(static_cast<std::uint32_t>(graph_.excluded_.size()));
        auto& excluded = graph_.excluded_.emplace_back();
        for (auto const& id : location.excluded)
            if (auto const variant = index_.find_variant(id)) excluded.push_back(*variant);
        std::ranges::sort(excluded);
    }
}

void GraphBuilder::add(NodeId from, NodeId to, Relation relation, std::uint16_t source, std::uint32_t score_ppm) {
    edges_.push_back({from, to, relation, source, std::min<std::uint32_t>(score_ppm, 1'000'000)});
}

/// Every edge once, grouped by where it leads from, and for each node the edges that lead to it.
void GraphBuilder::pack() {
    auto const key = [](GraphEdge const& e) { return std::tuple(e.from, e.relation, ~e.score_ppm, e.to, e.source); };
    std::ranges::sort(edges_, {}, key);
    auto const repeated = std::ranges::unique(edges_);
    edges_.erase(repeated.begin(), repeated.end());
    B2A_ASSERT(edges_.size() < ~std::uint32_t{0});
    auto const nodes = graph_.node(NodeType::variant, 0);
    graph_.first_out_.assign(nodes + std::size_t{1}, 0);
    graph_.first_in_.assign(nodes + std::size_t{1}, 0);
    graph_.to_.reserve(edges_.size());
    graph_.meta_.reserve(edges_.size());
    graph_.source_.reserve(edges_.size());
    for (auto const& edge : edges_) {
        graph_.to_.push_back(edge.to);
        graph_.meta_.push_back(edge.score_ppm << relation_bits | static_cast<std::uint32_t>(edge.relation));
        graph_.source_.push_back(edge.source);
        ++graph_.first_out_[edge.from + std::size_t{1}];
        ++graph_.first_in_[edge.to + std::size_t{1}];
    }
    for (std::size_t n = 0; n < nodes; ++n) {
        graph_.first_out_[n + 1] += graph_.first_out_[n];
        graph_.first_in_[n + 1] += graph_.first_in_[n];
    }
    graph_.in_.resize(edges_.size());
    auto next = graph_.first_in_;
    for (std::uint32_t e = 0; e < edges_.size(); ++e) graph_.in_[next[edges_[e].to]++] = e;
    auto const order = [&](std::uint32_t e) { return std::pair(edges_[e].relation, e); };
    for (std::size_t n = 0; n < nodes; ++n)
        std::ranges::sort(graph_.in_.begin() + graph_.first_in_[n], graph_.in_.begin() + graph_.first_in_[n + 1], {},
                          order);
    graph_.sources_.shrink_to_fit();
}

}  // namespace b2a::catalog
