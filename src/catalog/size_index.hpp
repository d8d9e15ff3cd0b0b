// SPDX-License-Identifier: Apache-2.0
// Which products come in sizes, by which chart, and which row each of their variants is.
#pragma once

#include <cstdint>
#include <vector>

#include "b2a/catalog/fit.hpp"

#include "catalog/bits.hpp"

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

    static constexpr std::uint32_t no_class = ~std::uint32_t{0};
    [[nodiscard]] std::vector<SizeClass> const& classes() const noexcept { return classes_; }
    /// no_class for what is no matter of size, such as food.
    [[nodiscard]] std::uint32_t class_of(std::uint32_t variant) const noexcept { return class_of_[variant]; }
    /// Adds the variants of a class to a set.
    void collect(std::uint32_t size_class, WordSpan into) const noexcept;
    /// The variants that have a class.
    [[nodiscard]] WordView sized() const noexcept { return sized_; }

  private:
    void classify(CatalogData const& data);
    void list_members();

    std::vector<SizedProduct> products_;
    std::size_t profile_count_ = 0;
    std::vector<std::uint8_t> rows_;
    std::vector<SizeClass> classes_;
    std::vector<std::uint32_t> class_of_;       // by variant
    std::vector<std::uint32_t> first_members_;  // by class, and the total at the end
    std::vector<std::uint32_t> members_;        // in ascending order within a class
    Words sized_;
};

}  // namespace b2a::catalog
