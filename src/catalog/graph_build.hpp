// SPDX-License-Identifier: Apache-2.0
// Makes a Graph: gives numbers to everything that the catalog names, then collects edges from the products, the looks
// and the rules, and packs them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "b2a/catalog/graph.hpp"
#include "b2a/domain/look.hpp"

#include "catalog/graph_rules.hpp"
#include "catalog/graph_values.hpp"

namespace b2a::catalog {

inline constexpr unsigned relation_bits = 5;
inline constexpr std::uint32_t relation_mask = (1U << relation_bits) - 1;
static_assert(relation_count <= relation_mask + 1);

/// Where Graph keeps the products with an allergen: 0 contains, 1 may_contain, 2 free_from. Slot 3 is for suspicions.
constexpr std::optional<std::size_t> slot_of(domain::AllergenStatus status) noexcept {
    switch (status) {
        case domain::AllergenStatus::contains: return 0;
        case domain::AllergenStatus::may_contain: return 1;
        case domain::AllergenStatus::free_from: return 2;
        case domain::AllergenStatus::unknown: break;
    }
    return std::nullopt;
}

class GraphBuilder {
  public:
    GraphBuilder(Graph& graph, Index const& index) : graph_(graph), index_(index) {}
    void run();

  private:
    /// A value of a product before the values have their numbers.
    struct Noted {
        std::uint32_t product;
        NodeType type;
        std::uint32_t place;  // in its table
        std::uint32_t score_ppm;
    };

    void note_values();
    void number_nodes();
    void number_rows();
    void index_offers();
    void index_sizes();
    void index_allergens();
    void index_locations();

    void add_values();
    void add_category_tree();
    void add_looks();
    void add_look(std::uint32_t look);
    void add_slot(NodeId look, domain::LookSlot const& slot, std::uint16_t source);
    void add_stated();
    void add_derived();
    void add(NodeId from, NodeId to, Relation relation, std::uint16_t source, std::uint32_t score_ppm = 1'000'000);
    std::uint16_t source_of(std::string const& text);
    void pack();

    [[nodiscard]] RuleFacts facts() const;
    void fill(RuleProduct& out, std::uint32_t product, std::vector<ColorFamilies> const& colors) const;

    Graph& graph_;
    Index const& index_;
    ValueTables tables_;
    std::vector<Noted> noted_;
    std::vector<GraphEdge> edges_;
    std::unordered_map<std::string, std::uint16_t> source_numbers_;
    std::unordered_map<std::string, std::vector<NodeId>> categories_by_name_;  // path or last segment, lower case
    std::vector<std::uint32_t> first_values_;                                  // by product, and the total at the end
    std::vector<NodeId> values_;  // attribute values and materials, in ascending order
};

}  // namespace b2a::catalog
