// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/suspicions.hpp"

#include <iterator>

#include "b2a/catalog/snapshot.hpp"

namespace b2a::catalog {
namespace {

template <class T>
void append(std::vector<T>& all, std::vector<T> found) {
    all.insert(all.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
}

template <class T>
std::span<T const> part(std::vector<T> const& all, std::vector<std::uint32_t> const& first, std::uint32_t index) {
    if (index + std::size_t{1} >= first.size()) return {};
    return std::span(all).subspan(first[index], first[index + 1] - first[index]);
}

}  // namespace

Suspicions::Suspicions(CatalogData const& data) {
    first_.reserve(data.products.size() + 1);
    first_diet_.reserve(data.products.size() + 1);
    auto const begin_next = [this] {
        first_.push_back(static_cast<std::uint32_t>(all_.size()));
        first_diet_.push_back(static_cast<std::uint32_t>(all_diets_.size()));
    };
    for (auto const& product : data.products) {
        begin_next();
        if (!product.food) continue;
        auto reading = domain::read_ingredients(product.food->ingredients);
        append(all_, std::move(reading.allergens));
        append(all_diets_, std::move(reading.diets));
    }
    begin_next();
    all_.shrink_to_fit();
    all_diets_.shrink_to_fit();
}

std::span<domain::Suspicion const> Suspicions::of(std::uint32_t product_index) const noexcept {
    return part(all_, first_, product_index);
}

std::span<domain::DietSuspicion const> Suspicions::diets_of(std::uint32_t product_index) const noexcept {
    return part(all_diets_, first_diet_, product_index);
}

}  // namespace b2a::catalog
