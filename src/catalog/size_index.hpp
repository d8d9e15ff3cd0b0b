// SPDX-License-Identifier: Apache-2.0
// Which products come in sizes, by which chart, and which row each of their variants is.
#pragma once

#include <cstdint>
#include <vector>

#include "b2a/catalog/fit.hpp"

namespace b2a::catalog {

struct SizedProduct {
    std::uint32_t product = 0;
    domain::SizeChart const* chart = nullptr;  // nullptr: nobody knows what the sizes mean
    std::optional<domain::Garment> garment;    // known whenever the chart is
    domain::Give give;
    std::uint32_t profile = 0;  // equal for products with the same chart, garment and give: they fit alike
};

class SizeIndex {
  public:
    static constexpr std::uint8_t no_row = 0xff;
    static_assert(domain::size_rows_max < no_row);

    SizeIndex() = default;
    /// Refers to `data` from then on.
    explicit SizeIndex(CatalogData const& data);

    /// In ascending order of product.
    [[nodiscard]] std::vector<SizedProduct> const& products() const noexcept { return products_; }
    [[nodiscard]] std::size_t profile_count() const noexcept { return profile_count_; }
    /// By global index of the variant; no_row for those whose size no chart explains.
    [[nodiscard]] std::uint8_t row_of(std::uint32_t variant) const noexcept { return rows_[variant]; }

  private:
    std::vector<SizedProduct> products_;
    std::size_t profile_count_ = 0;
    std::vector<std::uint8_t> rows_;
};

}  // namespace b2a::catalog
