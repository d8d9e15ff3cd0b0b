// SPDX-License-Identifier: Apache-2.0
// The product graph: everything that a catalog says about what belongs to what, and what its rules derive, as typed,
// directed, sourced and scored edges. Built once per revision and immutable. Compact: nodes are dense numbers, what the
// catalog's tables answer anyway (variants, offers, allergens, sizes, locations) is computed and not stored.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/domain/food.hpp"

namespace b2a::catalog {

struct Index;
class GraphBuilder;

enum class NodeType : std::uint8_t {
    product,
    brand,
    category,         // a path or the beginning of one: "Women", "Women/Tops"
    attribute_value,  // "color:Black"
    occasion,
    material,
    allergen,
    size,  // a row of a size chart: "acme-coats/M"
    location,
    look,
    variant,
    offer,  // a variant's price in one currency: "parka-m/USD"
};
inline constexpr std::size_t node_type_count = 12;
std::string_view to_text(NodeType type) noexcept;
std::optional<NodeType> node_type_from_text(std::string_view text) noexcept;

/// What an edge says of its two ends, read from `from` to `to`.
enum class Relation : std::uint8_t {
    variant_of,      // variant → product
    offer_of,        // offer → variant
    of_brand,        // product, look → brand
    in_category,     // product → category, category → the one around it
    has_value,       // product → attribute value, also that of one of its variants
    made_of,         // product → material; the score is its share where that is stated
    contains,        // product → allergen, as declared
    may_contain,     // likewise
    free_from,       // likewise
    suspected,       // product → allergen, by its ingredient text: never a declaration
    suits_occasion,  // product, look → occasion
    fits,            // variant → the size that it is cut for
    sold_at,         // variant → a location where it can be collected
    part_of_look,    // product, category → look whose slot it fills; product → product as a file says
    goes_with,       // product → product, as all that follow
    substitute_for,
    accessory_for,
    replaces,
    related,
    cross_sell,
    up_sell,
};
inline constexpr std::size_t relation_count = 21;
std::string_view to_text(Relation relation) noexcept;
std::optional<Relation> relation_from_text(std::string_view text) noexcept;

/// A set of relations, one bit each.
using Relations = std::uint32_t;
inline constexpr Relations all_relations = (Relations{1} << relation_count) - 1;
constexpr Relations only(Relation relation) noexcept {
    return Relations{1} << static_cast<unsigned>(relation);
}

/// Of one graph: numbers mean nothing to another revision.
using NodeId = std::uint32_t;

struct GraphEdge {
    NodeId from = 0;
    NodeId to = 0;
    Relation relation = Relation::related;
    std::uint16_t source = 0;  // see Graph::source()
    std::uint32_t score_ppm = 1'000'000;
    friend bool operator==(GraphEdge const&, GraphEdge const&) = default;
};

enum class Direction : std::uint8_t { out, in, both };

class Graph {
  public:
    Graph() = default;
    /// Refers to `index`, whose ids, sizes and suspicions must be complete, from then on.
    explicit Graph(Index const& index);

    [[nodiscard]] NodeId node(NodeType type, std::uint32_t index) const noexcept {
        return first_[static_cast<std::size_t>(type)] + index;
    }
    [[nodiscard]] std::uint32_t count(NodeType type) const noexcept {
        return first_[static_cast<std::size_t>(type) + 1] - first_[static_cast<std::size_t>(type)];
    }
    [[nodiscard]] std::uint32_t node_count() const noexcept { return first_.back(); }
    [[nodiscard]] NodeType type_of(NodeId node) const noexcept;
    /// Among the nodes of its type: the product's or variant's index in the snapshot, the place in CatalogData.
    [[nodiscard]] std::uint32_t index_of(NodeId node) const noexcept;

    /// By the node's public id; names of brands, categories, values, materials and occasions match without regard to
    /// ASCII case.
    [[nodiscard]] std::optional<NodeId> find(NodeType type, std::string_view id) const;
    [[nodiscard]] std::string id_of(NodeId node) const;
    [[nodiscard]] std::string title_of(NodeId node) const;
    /// The product that a product, variant or offer is or belongs to.
    [[nodiscard]] std::optional<std::uint32_t> product_of(NodeId node) const noexcept;
    [[nodiscard]] std::optional<std::uint32_t> variant_of(NodeId node) const noexcept;

    /// "catalog", "file:NAME", "look:ID", "rule:NAME/VERSION".
    [[nodiscard]] std::string const& source(std::uint16_t source) const { return sources_.at(source); }

    /// What an attribute value, brand, category, material or occasion is called: views into the catalog's data.
    struct Name {
        std::string_view name;  // of the attribute; empty for the others
        std::string_view text;
    };

    struct Wanted {
        Relations relations = all_relations;
        Direction direction = Direction::out;
        std::size_t edges_max = ~std::size_t{0};
    };
    /// Appends the edges at `node`, those that lead out first, always in the same order: what is kept by relation, the
    /// highest score first, then by the other end; then what is computed. Those that lead in: by relation, then other
    /// end.
    void edges(NodeId node, Wanted const& wanted, std::vector<GraphEdge>& out) const;

    /// Edges that are kept, not those that are computed.
    [[nodiscard]] std::size_t edge_count() const noexcept { return to_.size(); }
    [[nodiscard]] std::size_t memory_bytes() const noexcept;

  private:
    friend class GraphBuilder;
    class Collector;

    [[nodiscard]] std::vector<Name> const& names(NodeType type) const noexcept;
    [[nodiscard]] std::optional<std::uint32_t> find_name(NodeType type, Name const& wanted) const;
    [[nodiscard]] GraphEdge stored(NodeId from, std::uint32_t edge) const noexcept;
    [[nodiscard]] NodeId from_of(std::uint32_t edge) const noexcept;
    [[nodiscard]] std::uint32_t variant_of_offer(std::uint32_t offer) const noexcept;
    [[nodiscard]] bool is_sold_at(std::uint32_t location, std::uint32_t variant) const noexcept;
    void add_out(NodeId node, Collector& out) const;
    void add_in(NodeId node, Collector& out) const;
    void add_stored_in(NodeId node, Collector& out) const;
    void add_allergens(std::uint32_t product, Collector& out) const;
    void add_products_of_allergen(std::uint32_t allergen, Collector& out) const;
    void add_variants_of_location(std::uint32_t location, Collector& out) const;

    Index const* index_ = nullptr;
    std::array<NodeId, node_type_count + 1> first_{};
    std::array<std::vector<Name>, 5> names_;  // brand to material, in ascending order
    std::vector<std::uint32_t> first_out_;    // by node that can have stored edges, and the total at the end
    std::vector<NodeId> to_;                  // by edge
    std::vector<std::uint32_t> meta_;         // likewise: the score above the relation
    std::vector<std::uint16_t> source_;       // likewise
    std::vector<std::uint32_t> first_in_;
    std::vector<std::uint32_t> in_;  // edges by the node they lead to, then by relation
    std::vector<std::string> sources_;
    std::vector<std::uint32_t> first_offers_;  // by variant
    std::vector<std::uint32_t> first_rows_;    // by size chart: its first size node
    std::vector<std::uint32_t> first_sized_;   // by size node
    std::vector<std::uint32_t> sized_;         // variants
    /// By allergen and by contains, may_contain, free_from and suspected: products.
    std::array<std::array<std::vector<std::uint32_t>, 4>, domain::allergen_count> with_allergen_;
    std::vector<std::uint32_t> pickup_;                 // locations where orders can be collected
    std::vector<std::vector<std::uint32_t>> excluded_;  // by location: variants that are not there, in order
};

/// Sources that need no look-up.
inline constexpr std::uint16_t source_catalog = 0;
inline constexpr std::uint16_t source_ingredient_text = 1;
inline constexpr std::uint16_t source_other = 2;  // of a catalog with more sources than there are numbers

}  // namespace b2a::catalog
