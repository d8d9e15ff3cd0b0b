// SPDX-License-Identifier: Apache-2.0
// Everything inside a snapshot: the data, the tables that lead to it, the indexes that search it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/catalog/graph.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/catalog/suspicions.hpp"

#include "catalog/bits.hpp"
#include "catalog/facet_index.hpp"
#include "catalog/hash_index.hpp"
#include "catalog/live_stock.hpp"
#include "catalog/lookup_index.hpp"
#include "catalog/need_index.hpp"
#include "catalog/size_index.hpp"
#include "catalog/text_index.hpp"
#include "catalog/time_zone.hpp"

namespace b2a::catalog {

struct IndexedVariant {
    domain::Variant const* variant = nullptr;
    std::uint32_t product = 0;
};

struct Index {
    explicit Index(CatalogData catalog);

    [[nodiscard]] std::size_t variant_count() const noexcept { return variants.size(); }
    [[nodiscard]] std::optional<std::uint32_t> find_product(std::string_view id) const noexcept;
    [[nodiscard]] std::optional<std::uint32_t> find_variant(std::string_view id) const noexcept;
    [[nodiscard]] Run variants_of(std::uint32_t product) const noexcept {
        return {first_variants[product], first_variants[product + 1] - first_variants[product]};
    }

    [[nodiscard]] VariantRef ref(std::uint32_t variant) const noexcept {
        auto const& [found, product] = variants[variant];
        return {&data.products[product], found, product, variant};
    }

    CatalogData data;
    std::vector<std::uint32_t> first_variants;  // by product, and the total at the end
    std::vector<IndexedVariant> variants;       // by global index
    HashIndex product_ids;
    HashIndex variant_ids;
    TextIndex text;
    FacetIndex facets;
    SizeIndex sizes;
    LookupIndex lookups;
    Suspicions suspicions;
    NeedIndex needs;
    Graph graph;                                              // refers to what is above
    Words last_variants;                                      // a bit for the last variant of each product
    std::array<Words, domain::allergen_count> free_from;      // variants that are stated to be free from it
    std::array<Words, domain::allergen_count> not_free_from;  // those that contain it or may
    LiveStock stock;
    std::map<std::string, TimeZone, std::less<>> zones;  // those that the locations name and the system knows

  private:
    void number_variants();
    void index_ids();
    void index_allergens();
    void load_zones();
};

/// Snapshot::search().
Result<SearchResult> search(Index const& index, SearchQuery const& query);
/// Snapshot::relax().
Result<RelaxationResult> relax(Index const& index, SearchQuery const& query);
/// Snapshot::fit().
Result<FitResult> fit(Index const& index, FitQuery const& query);

}  // namespace b2a::catalog
