// SPDX-License-Identifier: Apache-2.0
// A shop that does not exist, of any size: the same seed gives the same products on every machine. Words follow Zipf's
// law, so that a search meets very frequent and very rare ones, as in a real catalog.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "b2a/catalog/snapshot.hpp"

namespace b2a::test {

struct SyntheticSpec {
    std::size_t products = 20'000;
    std::size_t variants_per_product = 5;
    std::uint64_t seed = 1;
};

/// Products "p-0000001", …, variants "v-0000001-01", …; USD and EUR; 30 % are food with allergens.
catalog::CatalogData synthetic_catalog(SyntheticSpec const& spec);

/// The declared stock of every tracked variant.
catalog::StockLevels declared_stock(catalog::CatalogData const& catalog);

/// The native format: one JSON object per line and product.
void write_native_jsonl(catalog::CatalogData const& catalog, std::ostream& out);

/// Words as they occur in the products, the most frequent first.
std::vector<std::string> const& synthetic_words();

/// splitmix64, so that results do not depend on the standard library.
class SeededRandom {
  public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() noexcept;
    std::size_t below(std::size_t bound) noexcept { return static_cast<std::size_t>(next() % bound); }
    bool one_in(std::size_t n) noexcept { return below(n) == 0; }
    template <class T>
    T const& pick(std::vector<T> const& values) noexcept {
        return values[below(values.size())];
    }

  private:
    std::uint64_t state_;
};

}  // namespace b2a::test
