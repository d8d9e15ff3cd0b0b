// SPDX-License-Identifier: Apache-2.0
// Numbers in one unit each, so that they can be compared: grams, millilitres, millimetres, kilojoules; other units stay
// what they are.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "b2a/domain/product.hpp"
#include "b2a/shopping/compare.hpp"

namespace b2a::shopping {

/// Rounded half away from zero to thousandths; nullopt when that is out of range.
std::optional<Number> normalised(domain::Quantity const& quantity);
/// What of a product and its variant can be put beside others, by name in ascending order: attributes, options, net
/// content, nutrients ("nutrient:fat", of 100 g or 100 ml). A variant's own value hides the product's.
std::map<std::string, Cell> cells_of(domain::Product const& product, domain::Variant const& variant);

}  // namespace b2a::shopping
