// SPDX-License-Identifier: Apache-2.0
// What a product's texts name: its brand, categories, attribute values, materials and occasions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/catalog/graph.hpp"
#include "b2a/domain/look.hpp"
#include "b2a/domain/product.hpp"

#include "catalog/hash_index.hpp"

namespace b2a::catalog {

struct Value {
    NodeType type = NodeType::brand;
    Graph::Name name;
    std::uint32_t score_ppm = 1'000'000;
};

/// Each at most once, without regard to ASCII case, at most limits::graph_values_max. Views into the product.
void values_of(domain::Product const& product, std::vector<Value>& out);

/// "80% Cotton, 20% Elastane" as materials with their shares; without a share the score is a million.
void append_materials(std::string_view text, std::vector<Value>& out);

/// Distinct names of one type, numbered in the order of their first appearance until they are sorted.
class ValueTable {
  public:
    std::uint32_t intern(Graph::Name const& name);
    [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }
    /// Gives the names away in ascending order of their lower case; what comes back is the new place by old place.
    std::vector<std::uint32_t> sort_into(std::vector<Graph::Name>& out);

  private:
    StringPool keys_;
    std::vector<Graph::Name> names_;
    std::string key_;  // reused
};

/// The tables of brand, category, attribute value, occasion and material.
class ValueTables {
  public:
    /// A category brings those around it along.
    std::uint32_t intern(Value const& value);
    [[nodiscard]] ValueTable& of(NodeType type) noexcept {
        return tables_[static_cast<std::size_t>(type) - static_cast<std::size_t>(NodeType::brand)];
    }
    /// Makes every word for an occasion lead to it; its id comes first.
    void learn(std::vector<domain::Occasion> const& occasions);

  private:
    std::array<ValueTable, 5> tables_;
    StringPool occasion_words_;
    std::vector<std::string_view> occasion_ids_;  // by word
};

}  // namespace b2a::catalog
