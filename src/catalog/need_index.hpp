// SPDX-License-Identifier: Apache-2.0
// Which variants are known to be safe for somebody, to suit a diet, to be worn: what needs ask beside facets. Only what
// is known to hold is in a set (domain/dietary.hpp).
#pragma once

#include <array>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/catalog/suspicions.hpp"
#include "b2a/domain/dietary.hpp"

#include "catalog/bits.hpp"
#include "catalog/size_index.hpp"

namespace b2a::catalog {

class NeedIndex {
  public:
    NeedIndex() = default;
    NeedIndex(CatalogData const& data, Suspicions const& suspicions, SizeIndex const& sizes);

    [[nodiscard]] WordView free_from(domain::Allergen allergen) const noexcept {
        return free_from_[static_cast<std::size_t>(allergen)];
    }
    [[nodiscard]] WordView at_most_traces(domain::Allergen allergen) const noexcept {
        return at_most_traces_[static_cast<std::size_t>(allergen)];
    }
    [[nodiscard]] WordView suits(domain::Diet diet) const noexcept { return suits_[static_cast<std::size_t>(diet)]; }
    /// Things to wear or to carry: nobody eats them.
    [[nodiscard]] WordView worn() const noexcept { return worn_; }
    [[nodiscard]] WordView digital() const noexcept { return digital_; }
    /// With a price in some currency.
    [[nodiscard]] WordView for_sale() const noexcept { return for_sale_; }

  private:
    void add_food(domain::Product const& product, domain::Suspected const& suspected, Run run);

    std::array<Words, domain::allergen_count> free_from_;
    std::array<Words, domain::allergen_count> at_most_traces_;
    std::array<Words, domain::diet_count> suits_;
    Words worn_;
    Words digital_;
    Words for_sale_;
};

}  // namespace b2a::catalog
