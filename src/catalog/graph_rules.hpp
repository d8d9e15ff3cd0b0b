// SPDX-License-Identifier: Apache-2.0
// The rules that derive edges between products; docs/graph.md says what each means. Pure functions over facts: the same
// catalog always gives the same edges, at most limits::graph_rule_edges_max from one product by one rule, and no rule
// compares all products with all.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "b2a/catalog/color_families.hpp"
#include "b2a/catalog/graph.hpp"
#include "b2a/domain/size.hpp"

namespace b2a::catalog {

/// What the rules know of a product. Numbers of names are those of one graph.
struct RuleProduct {
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    std::uint32_t product = 0;
    std::uint32_t brand = none;
    std::uint32_t category = none;    // the first that is no collection
    std::uint32_t collection = none;  // a category or an attribute value
    std::optional<domain::Garment> garment;
    std::optional<domain::Audience> audience;
    ColorFamilies colors = 0;        // of all its variants
    std::uint32_t currency = none;   // of the first offer, as a number
    std::int64_t price_minor = 0;    // the lowest in that currency
    std::span<NodeId const> values;  // attribute values and materials, in ascending order
    std::span<NodeId const> materials;
};

/// A trade item number of a variant or, as the other kind, of what a product replaces.
struct TradeItem {
    std::uint64_t gtin = 0;
    std::uint32_t product = 0;
};

struct RuleFacts {
    std::vector<RuleProduct> products;  // in ascending order
    std::vector<TradeItem> items;
    std::vector<TradeItem> replaced;  // `product` says that it replaces the item
};

struct DerivedEdge {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t score_ppm = 0;
    friend bool operator==(DerivedEdge const&, DerivedEdge const&) = default;
};

struct GraphRule {
    std::string_view source;  // "rule:same_material/1"
    Relation relation;
    std::vector<DerivedEdge> (*derive)(RuleFacts const&);
};
std::span<GraphRule const> graph_rules() noexcept;

/// Of one brand, made of exactly the same materials: those nearest in price.
std::vector<DerivedEdge> same_material(RuleFacts const& facts);
/// In one collection of one brand: those nearest in price.
std::vector<DerivedEdge> same_collection(RuleFacts const& facts);
/// Garments of one brand that can be worn together, for the same people, in colours that go together: for each other
/// kind of garment the one with the best harmony, then the nearest in price.
std::vector<DerivedEdge> color_harmony(RuleFacts const& facts);
/// A product that names the trade item number of another one's variant as replaced.
std::vector<DerivedEdge> replaces_gtin(RuleFacts const& facts);
/// Two products with the same trade item are the same thing, so each stands in for the other.
std::vector<DerivedEdge> same_gtin(RuleFacts const& facts);
/// In the same category and of the same garment, priced within a quarter, sharing values: the more shared and the
/// nearer the price, the higher the score.
std::vector<DerivedEdge> similar(RuleFacts const& facts);

/// A GTIN-8, -12, -13 or -14 as a number, so that leading zeros do not matter; nullopt for anything else.
std::optional<std::uint64_t> trade_item_number(std::string_view digits) noexcept;

}  // namespace b2a::catalog
