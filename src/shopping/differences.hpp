// SPDX-License-Identifier: Apache-2.0
// What distinguishes one variant from another, and how much they have in common.
#pragma once

#include <cstddef>
#include <vector>

#include "b2a/shopping/rebuild.hpp"

namespace b2a::shopping {

/// By name: brand, options and attributes, allergens and diets of food.
std::vector<Difference> differences_of(catalog::VariantRef const& was, catalog::VariantRef const& now);
/// Options and attributes that are equal in name and value.
std::size_t common_count(catalog::VariantRef const& a, catalog::VariantRef const& b);
/// Options of one name that have another label; what only one of them has does not count.
std::size_t option_clashes(catalog::VariantRef const& a, catalog::VariantRef const& b);

}  // namespace b2a::shopping
