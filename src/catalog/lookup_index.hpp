// SPDX-License-Identifier: Apache-2.0
// What leads to variants and products besides their ids: barcodes, SKUs, and the products that others replace or stand
// in for. Several entries may share a key; an entry is eight bytes, and whoever looks something up compares the text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "b2a/catalog/snapshot.hpp"

namespace b2a::catalog {

/// Sorted pairs of a text's hash and an index.
class HashedKeys {
  public:
    void add(std::string_view text, std::uint32_t index);
    void finish();
    /// Calls visit(index) for every entry whose text has the same hash, in ascending order.
    template <class Visit>
    void each(std::string_view text, Visit const& visit) const {
        auto const hash = hash_of(text);
        for (auto at = first_of(hash); at < entries_.size() && entries_[at].hash == hash; ++at)
            visit(entries_[at].index);
    }

  private:
    struct Entry {
        std::uint32_t hash = 0;
        std::uint32_t index = 0;
        friend auto operator<=>(Entry const&, Entry const&) = default;
    };
    static std::uint32_t hash_of(std::string_view text) noexcept;
    [[nodiscard]] std::size_t first_of(std::uint32_t hash) const noexcept;

    std::vector<Entry> entries_;
};

struct LookupIndex {
    LookupIndex() = default;
    explicit LookupIndex(CatalogData const& data);

    HashedKeys gtins;         // → variants
    HashedKeys old_gtins;     // that attributes "replaces_gtin" name → variants, of a product the first
    HashedKeys skus;          // → variants
    HashedKeys edge_targets;  // of edges that replace or stand in for another product → the products that have them
};

/// What an attribute "replaces_gtin" says, as gtin_key(); empty for another attribute.
std::string_view replaced_gtin(domain::Attribute const& attribute) noexcept;

/// The digits without leading zeros, so that a GTIN-13 and the GTIN-14 of the same thing are one; empty for what is no
/// GTIN.
std::string_view gtin_key(std::string_view text) noexcept;

}  // namespace b2a::catalog
