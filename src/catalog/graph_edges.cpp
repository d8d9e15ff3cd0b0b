// SPDX-License-Identifier: Apache-2.0
// The edges at a node: those that are kept, and those that the catalog's own tables say.
#include <algorithm>
#include <span>

#include "b2a/catalog/graph.hpp"

#include "catalog/graph_build.hpp"
#include "catalog/index.hpp"

namespace b2a::catalog {
namespace {

constexpr std::array<Relation, 4> by_status{Relation::contains, Relation::may_contain, Relation::free_from,
                                            Relation::suspected};
constexpr std::uint32_t certain_ppm = 1'000'000;

}  // namespace

/// Takes the edges that are wanted, and no more than that.
class Graph::Collector {
  public:
    Collector(Wanted const& wanted, std::vector<GraphEdge>& out) :
        wanted_(wanted.relations), rest_(wanted.edges_max), out_(out) {}

    [[nodiscard]] bool wants(Relation relation) const noexcept { return rest_ > 0 && (wanted_ & only(relation)) != 0; }
    [[nodiscard]] bool full() const noexcept { return rest_ == 0; }
    void add(GraphEdge const& edge) {
        if (!wants(edge.relation)) return;
        out_.push_back(edge);
        --rest_;
    }

  private:
    Relations wanted_;
    std::size_t rest_;
    std::vector<GraphEdge>& out_;
};

void Graph::edges(NodeId node, Wanted const& wanted, std::vector<GraphEdge>& out) const {
    Collector collector(wanted, out);
    if (wanted.direction != Direction::in) add_out(node, collector);
    if (wanted.direction != Direction::out) add_in(node, collector);
}

GraphEdge Graph::stored(NodeId from, std::uint32_t edge) const noexcept {
    auto const meta = meta_[edge];
    return {from, to_[edge], static_cast<Relation>(meta & relation_mask), source_[edge], meta >> relation_bits};
}

NodeId Graph::from_of(std::uint32_t edge) const noexcept {
    return static_cast<NodeId>(std::ranges::upper_bound(first_out_, edge) - first_out_.begin() - 1);
}

void Graph::add_out(NodeId from, Collector& out) const {
    if (from + std::size_t{1} < first_out_.size())
        for (auto e = first_out_[from]; e < first_out_[from + 1] && !out.full(); ++e) out.add(stored(from, e));
    auto const type = type_of(from);
    auto const at = index_of(from);
    auto const plain = [&](NodeType other, std::uint32_t place, Relation relation) {
        out.add({from, node(other, place), relation, source_catalog, certain_ppm});
    };
    if (type == NodeType::product) return add_allergens(at, out);
    if (type == NodeType::offer) return plain(NodeType::variant, variant_of_offer(at), Relation::offer_of);
    if (type != NodeType::variant) return;
    auto const product = index_->variants[at].product;
    plain(NodeType::product, product, Relation::variant_of);
    auto const row = index_->sizes.row_of(at);
    if (row != SizeIndex::no_row && out.wants(Relation::fits)) {
        auto const sized = std::ranges::lower_bound(index_->sizes.products(), product, {}, &SizedProduct::product);
        auto const chart = static_cast<std::size_t>(sized->chart - index_->data.size_charts.data());
        plain(NodeType::size, first_rows_[chart] + row, Relation::fits);
    }
    if (!out.wants(Relation::sold_at)) return;
    for (auto const l : pickup_)
        if (!out.full() && is_sold_at(l, at)) plain(NodeType::location, l, Relation::sold_at);
}

void Graph::add_in(NodeId to, Collector& out) const {
    if (to + std::size_t{1} < first_in_.size()) add_stored_in(to, out);
    auto const type = type_of(to);
    auto const at = index_of(to);
    auto const plain = [&](NodeId from, Relation relation) {
        out.add({from, to, relation, source_catalog, certain_ppm});
    };
    switch (type) {
        case NodeType::product:
            if (auto const run = index_->variants_of(at); out.wants(Relation::variant_of))
                for (auto v = run.first; v < run.first + run.count && !out.full(); ++v)
                    plain(node(NodeType::variant, v), Relation::variant_of);
            break;
        case NodeType::variant:
            for (auto o = first_offers_[at]; o < first_offers_[at + 1] && !out.full(); ++o)
                plain(node(NodeType::offer, o), Relation::offer_of);
            break;
        case NodeType::size:
            if (out.wants(Relation::fits))
                for (auto i = first_sized_[at]; i < first_sized_[at + 1] && !out.full(); ++i)
                    plain(node(NodeType::variant, sized_[i]), Relation::fits);
            break;
        case NodeType::allergen: add_products_of_allergen(at, out); break;
        case NodeType::location: add_variants_of_location(at, out); break;
        case NodeType::brand:
        case NodeType::category:
        case NodeType::attribute_value:
        case NodeType::occasion:
        case NodeType::material:
        case NodeType::look:
        case NodeType::offer: break;
    }
}

void Graph::add_stored_in(NodeId to, Collector& out) const {
    auto const relation_at = [this](std::uint32_t edge) { return static_cast<Relation>(meta_[edge] & relation_mask); };
    auto const all = std::span(in_).subspan(first_in_[to], first_in_[to + 1] - first_in_[to]);
    for (std::size_t i = 0; i < all.size() && !out.full();) {
        auto const relation = relation_at(all[i]);
        if (out.wants(relation)) {
            out.add(stored(from_of(all[i]), all[i]));
            ++i;
        } else {
            // Thousands of products may lead here: those of an unwanted relation are passed over at once.
            auto const after = std::ranges::upper_bound(all.subspan(i), relation, {}, relation_at);
            i = static_cast<std::size_t>(after - all.subspan(i).begin()) + i;
        }
    }
}

void Graph::add_allergens(std::uint32_t product, Collector& out) const {
    auto const& food = index_->data.products[product].food;
    if (!food) return;
    auto const from = node(NodeType::product, product);
    for (std::uint32_t a = 0; a < domain::allergen_count; ++a) {
        auto const status = food->allergens.status(static_cast<domain::Allergen>(a));
        if (auto const slot = slot_of(status))
            out.add({from, node(NodeType::allergen, a), by_status[*slot], source_catalog, certain_ppm});
    }
    for (auto const& suspicion : index_->suspicions.of(product))
        out.add({from, node(NodeType::allergen, static_cast<std::uint32_t>(suspicion.allergen)), Relation::suspected,
                 source_ingredient_text, suspicion.score_ppm});
}

void Graph::add_products_of_allergen(std::uint32_t allergen, Collector& out) const {
    auto const to = node(NodeType::allergen, allergen);
    for (std::size_t slot = 0; slot < by_status.size(); ++slot) {
        if (!out.wants(by_status[slot])) continue;
        for (auto const product : with_allergen_[allergen][slot]) {
            if (out.full()) return;
            GraphEdge edge{node(NodeType::product, product), to, by_status[slot], source_catalog, certain_ppm};
            if (edge.relation == Relation::suspected) {
                edge.source = source_ingredient_text;
                for (auto const& suspicion : index_->suspicions.of(product))
                    if (static_cast<std::uint32_t>(suspicion.allergen) == allergen)
                        edge.score_ppm = suspicion.score_ppm;
            }
            out.add(edge);
        }
    }
}

bool Graph::is_sold_at(std::uint32_t location, std::uint32_t variant) const noexcept {
    return index_->data.locations[location].pickup && !std::ranges::binary_search(excluded_[location], variant) &&
           index_->variants[variant].variant->delivery == domain::Delivery::physical;
}

void Graph::add_variants_of_location(std::uint32_t location, Collector& out) const {
    if (!out.wants(Relation::sold_at) || !index_->data.locations[location].pickup) return;
    auto const to = node(NodeType::location, location);
    for (std::uint32_t v = 0; v < index_->variant_count() && !out.full(); ++v)
        if (is_sold_at(location, v))
            out.add({node(NodeType::variant, v), to, Relation::sold_at, source_catalog, certain_ppm});
}

}  // namespace b2a::catalog
