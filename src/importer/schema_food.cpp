// SPDX-License-Identifier: Apache-2.0
// What a Product says of food: GS1's words for allergens and ingredients, schema.org's for diets.
#include "b2a/base/limits.hpp"

#include "importer/schema_org.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using domain::AllergenStatus;

/// The name at the end of an address, itself or in a node that is only referred to: "AllergenTypeCode-AM".
std::string name_in(json::View node, std::string_view member) {
    std::string out;
    each_value(node, member, [&](json::View value) {
        auto const id = value.is(json::Kind::object) ? value.get("@id") : std::optional(value);
        auto const text = id ? id->as_string() : std::nullopt;
        if (text && out.empty()) out = schema_name(*text);
    });
    return out;
}

std::string_view behind(std::string_view text, std::string_view prefix) {
    return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

void take_allergen(json::View details, domain::AllergenDeclaration& out) {
    auto const type = name_in(details, "gs1:allergenType");
    auto const level = name_in(details, "gs1:allergenLevelOfContainmentCode");
    auto const allergen = domain::allergen_from_gs1(behind(type, "AllergenTypeCode-"));
    auto const word = behind(level, "LevelOfContainmentCode-");
    auto const status = word == "CONTAINS"      ? AllergenStatus::contains
                        : word == "MAY_CONTAIN" ? AllergenStatus::may_contain
                        : word == "FREE_FROM"   ? AllergenStatus::free_from
                                                : AllergenStatus::unknown;
    // Of two statements about one allergen the one that warns counts.
    if (allergen && status > out.stated(*allergen)) out.set(*allergen, status);
}

}  // namespace

std::optional<domain::FoodInfo> schema_food(json::View node) {
    domain::FoodInfo food;
    each_value(node, "gs1:hasAllergen", [&](json::View details) {
        if (details.is(json::Kind::object)) take_allergen(details, food.allergens);
    });
    food.ingredients = clean_text(schema_text(node, "gs1:ingredientStatement"), limits::product_description_bytes_max,
                                  TextShape::line);
    each_value(node, "suitableForDiet", [&](json::View value) {
        auto const id = value.is(json::Kind::object) ? value.get("@id") : std::optional(value);
        auto const text = id ? id->as_string() : std::nullopt;
        auto const diet = text ? domain::diet_from_schema_org(schema_name(*text)) : std::nullopt;
        if (diet) domain::claim(food.diets, {*diet, domain::DietStatus::suits, "label"});
    });
    if (food == domain::FoodInfo{}) return std::nullopt;
    return food;
}

}  // namespace b2a::importer
