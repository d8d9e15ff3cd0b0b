// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/food.hpp"

#include <algorithm>

namespace b2a::domain {
namespace {

constexpr std::array<std::string_view, allergen_count> allergen_names{
    "gluten", "crustaceans", "eggs",    "fish",   "peanuts",   "soybeans", "milk",
    "nuts",   "celery",      "mustard", "sesame", "sulphites", "lupin",    "molluscs"};

constexpr std::array<std::string_view, allergen_count> gs1_codes{"AW", "AC", "AE", "AF", "AP", "AY", "AM",
                                                                 "AN", "BC", "BM", "AS", "AU", "NL", "UM"};

constexpr std::array<std::string_view, diet_count> schema_org_names{
    "VeganDiet",      "VegetarianDiet", "HalalDiet",    "KosherDiet",     "GlutenFreeDiet", "LowLactoseDiet",
    "LowLactoseDiet", "HinduDiet",      "DiabeticDiet", "LowCalorieDiet", "LowFatDiet",     "LowSaltDiet"};

constexpr std::array<std::string_view, diet_count> diet_names{"vegan",       "vegetarian",   "halal",       "kosher",
                                                              "gluten_free", "lactose_free", "low_lactose", "hindu",
                                                              "diabetic",    "low_calorie",  "low_fat",     "low_salt"};

}  // namespace

std::string_view to_text(Allergen allergen) noexcept {
    return allergen_names[static_cast<std::size_t>(allergen)];
}

std::optional<Allergen> allergen_from_text(std::string_view text) noexcept {
    auto const found = std::ranges::find(allergen_names, text);
    if (found == allergen_names.end()) return std::nullopt;
    return static_cast<Allergen>(found - allergen_names.begin());
}

std::string_view gs1_code(Allergen allergen) noexcept {
    return gs1_codes[static_cast<std::size_t>(allergen)];
}

std::optional<Allergen> allergen_from_gs1(std::string_view code) noexcept {
    auto const found = std::ranges::find(gs1_codes, code);
    if (found == gs1_codes.end()) return std::nullopt;
    return static_cast<Allergen>(found - gs1_codes.begin());
}

std::string_view to_text(AllergenStatus status) noexcept {
    switch (status) {
        case AllergenStatus::unknown: return "unknown";
        case AllergenStatus::free_from: return "free_from";
        case AllergenStatus::may_contain: return "may_contain";
        case AllergenStatus::contains: return "contains";
    }
    return "unknown";
}

void AllergenDeclaration::set(Allergen allergen, AllergenStatus status) noexcept {
    statuses_[static_cast<std::size_t>(allergen)] = status;
}

AllergenStatus AllergenDeclaration::status(Allergen allergen) const noexcept {
    auto const said = stated(allergen);
    if (said == AllergenStatus::unknown && complete_) return AllergenStatus::free_from;
    return said;
}

std::string_view to_text(Diet diet) noexcept {
    return diet_names[static_cast<std::size_t>(diet)];
}

std::optional<Diet> diet_from_text(std::string_view text) noexcept {
    auto const found = std::ranges::find(diet_names, text);
    if (found == diet_names.end()) return std::nullopt;
    return static_cast<Diet>(found - diet_names.begin());
}

std::string_view schema_org_name(Diet diet) noexcept {
    return schema_org_names[static_cast<std::size_t>(diet)];
}

std::optional<Diet> diet_from_schema_org(std::string_view name) noexcept {
    if (name == schema_org_name(Diet::low_lactose)) return Diet::low_lactose;
    auto const found = std::ranges::find(schema_org_names, name);
    if (found == schema_org_names.end()) return std::nullopt;
    return static_cast<Diet>(found - schema_org_names.begin());
}

bool claim(std::vector<DietClaim>& claims, DietClaim one) {
    auto const known = std::ranges::find(claims, one.diet, &DietClaim::diet);
    if (known == claims.end()) {
        claims.push_back(std::move(one));
        return true;
    }
    auto const agree = known->status == one.status;
    if (one.status == DietStatus::unsuitable && !agree) *known = std::move(one);
    return agree;
}

std::string_view to_text(DietStatus status) noexcept {
    switch (status) {
        case DietStatus::unknown: return "unknown";
        case DietStatus::suits: return "suits";
        case DietStatus::unsuitable: return "unsuitable";
    }
    return "unknown";
}

bool AllergenDeclaration::declared() const noexcept {
    return complete_ || std::ranges::any_of(statuses_, [](auto s) { return s != AllergenStatus::unknown; });
}

}  // namespace b2a::domain
