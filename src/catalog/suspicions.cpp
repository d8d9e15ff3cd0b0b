// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/suspicions.hpp"

#include "b2a/catalog/snapshot.hpp"

namespace b2a::catalog {

Suspicions::Suspicions(CatalogData const& data) : first_(data.products.size() + 1) {}

std::span<domain::Suspicion const> Suspicions::of(std::uint32_t product_index) const noexcept {
    if (product_index + std::size_t{1} >= first_.size()) return {};
    return std::span(all_).subspan(first_[product_index], first_[product_index + 1] - first_[product_index]);
}

}  // namespace b2a::catalog
