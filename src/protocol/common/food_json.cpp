// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "b2a/protocol/catalog_json.hpp"
#include "b2a/protocol/presentation.hpp"

namespace b2a::protocol {
namespace {

using domain::AllergenStatus;
using domain::DietStatus;

std::string_view nutrient_unit(std::string_view name) noexcept {
    if (name == "energy_kj") return "kJ";
    if (name == "energy_kcal") return "kcal";
    return "g";
}

void write_gs1(json::Writer& json, domain::AllergenDeclaration const& declaration) {
    json.key("gs1").begin_object();
    for (auto const level : {AllergenStatus::contains, AllergenStatus::may_contain, AllergenStatus::free_from}) {
        json.key(to_text(level)).begin_array();
        for (std::size_t i = 0; i < domain::allergen_count; ++i)
            if (auto const allergen = static_cast<domain::Allergen>(i); declaration.status(allergen) == level)
                json.value(gs1_code(allergen));
        json.end_array();
    }
    json.end_object();
}

void write_allergens(json::Writer& json, domain::AllergenDeclaration const& declaration) {
    json.key("allergens").begin_object();
    json.member("declared", declaration.declared()).member("complete", declaration.complete());
    json.key("status").begin_object();
    for (std::size_t i = 0; i < domain::allergen_count; ++i) {
        auto const allergen = static_cast<domain::Allergen>(i);
        json.member(to_text(allergen), to_text(declaration.status(allergen)));
    }
    json.end_object();
    write_gs1(json, declaration);
    json.end_object();
}

template <class T>
void write_evidence(json::Writer& json, T const& found) {
    json.member("trace", found.trace).member("term", found.term).member_if("language", found.language);
    json.member("score_ppm", std::uint64_t{found.score_ppm}).end_object();
}

/// What is declared already is not suspected as well.
bool is_said(domain::AllergenDeclaration const& declaration, domain::Suspicion const& found) {
    auto const status = declaration.status(found.allergen);
    return status == AllergenStatus::contains || (found.trace && status == AllergenStatus::may_contain);
}

bool is_said(std::vector<domain::DietClaim> const& claims, domain::DietSuspicion const& found) {
    for (auto const& claim : claims)
        if (claim.diet == found.diet) return claim.status == DietStatus::unsuitable;
    return false;
}

void write_suspected(json::Writer& json, domain::FoodInfo const& food, FoodSuspicions const& suspicions) {
    if (suspicions.allergens.empty() && suspicions.diets.empty()) return;
    json.key("suspected").begin_object().member("source", "rule:ingredient_text");
    json.key("allergens").begin_array();
    for (auto const& found : suspicions.allergens) {
        if (is_said(food.allergens, found)) continue;
        json.begin_object().member("allergen", to_text(found.allergen)).member("gs1", gs1_code(found.allergen));
        write_evidence(json, found);
    }
    json.end_array().key("unsuitable_for").begin_array();
    for (auto const& found : suspicions.diets) {
        if (is_said(food.diets, found)) continue;
        json.begin_object().member("diet", to_text(found.diet));
        write_evidence(json, found);
    }
    json.end_array().end_object();
}

}  // namespace

FoodSuspicions suspicions_of(catalog::Snapshot const& snapshot, std::uint32_t product) {
    return {snapshot.suspicions().of(product), snapshot.suspicions().diets_of(product)};
}

void write_diets(json::Writer& json, std::vector<domain::DietClaim> const& claims) {
    json.key("diets").begin_array();
    for (auto const& claim : claims)
        json.begin_object()
            .member("diet", to_text(claim.diet))
            .member("status", to_text(claim.status))
            .member_if("source", claim.source)
            .end_object();
    json.end_array();
}

void write_food(json::Writer& json, domain::FoodInfo const& food, FoodSuspicions const& suspicions) {
    json.key("food").begin_object();
    json.member_if("ingredients", food.ingredients).member_if("net_content", food.net_content);
    write_allergens(json, food.allergens);
    write_diets(json, food.diets);
    write_suspected(json, food, suspicions);
    json.key("nutrition_per_100").begin_array();
    for (auto const& nutrient : food.nutrients)
        json.begin_object()
            .member("name", nutrient.name)
            .member("value", decimal_text(nutrient.milli, 3))
            .member("unit", nutrient_unit(nutrient.name))
            .end_object();
    json.end_array().end_object();
}

}  // namespace b2a::protocol
