// SPDX-License-Identifier: Apache-2.0
// Declared allergen tags and labels of Open Food Facts, in the languages they come in, as the fourteen of EU law and as
// diets. Only what was declared is looked up here; ingredient text never is.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "b2a/domain/food.hpp"

namespace b2a::importer {

/// "en:milk", "de:Hühnereiweiss", "en:shellfish" (two kinds). Empty when the tag names none of the fourteen.
std::vector<domain::Allergen> allergens_of_tag(std::string_view tag);

/// "en:gluten-free" and its like. Free from lactose is not free from milk, so no such tag counts.
bool is_gluten_free_tag(std::string_view tag);

/// "en:vegan", "en:orthodox-union-kosher", "gluten_free", "en:non-vegan": the diet and whether it suits; nothing for a
/// label that is of no diet.
std::optional<domain::DietClaim> diet_of_tag(std::string_view tag);

/// "en:none" and empty parts declare nothing.
bool is_empty_tag(std::string_view tag);

/// "en:tree-nuts" is "tree-nuts": without the language.
std::string_view without_language(std::string_view tag);

}  // namespace b2a::importer
