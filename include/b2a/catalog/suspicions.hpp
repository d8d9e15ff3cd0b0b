// SPDX-License-Identifier: Apache-2.0
// What the ingredient texts of a catalog make one suspect, by product. Built once per revision.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "b2a/domain/ingredients.hpp"

namespace b2a::catalog {

struct CatalogData;

class Suspicions {
  public:
    Suspicions() = default;
    explicit Suspicions(CatalogData const& data);

    /// In the order of the allergens, at most one each; empty for what is no food.
    [[nodiscard]] std::span<domain::Suspicion const> of(std::uint32_t product_index) const noexcept;
    /// What speaks against diets, likewise.
    [[nodiscard]] std::span<domain::DietSuspicion const> diets_of(std::uint32_t product_index) const noexcept;

  private:
    std::vector<std::uint32_t> first_;  // by product, and the total at the end
    std::vector<domain::Suspicion> all_;
    std::vector<std::uint32_t> first_diet_;
    std::vector<domain::DietSuspicion> all_diets_;
};

}  // namespace b2a::catalog
