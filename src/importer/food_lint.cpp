// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/ingredients.hpp"
#include "b2a/importer/lint.hpp"

namespace b2a::importer {
namespace {

using domain::AllergenStatus;

/// Words that name what they stand for, inside of a compound at least; others are too often innocent to be held against
/// what the brand declares.
constexpr std::uint32_t score_min_ppm = 850'000;

std::string evidence(std::string_view subject, std::string const& term) {
    return std::string(subject) + ": " + term;
}

}  // namespace

std::vector<Finding> lint_food(domain::Product const& product) {
    if (!product.food) return {};
    std::vector<Finding> out;
    auto const& food = *product.food;
    auto const declared = food.allergens.declared();
    if (!declared) out.push_back({"allergens_undeclared", product.id, "food", {}});
    auto const reading = domain::read_ingredients(food.ingredients);
    for (auto const& found : reading.allergens) {
        if (found.score_ppm < score_min_ppm) continue;
        auto const status = food.allergens.status(found.allergen);
        auto detail = evidence(to_text(found.allergen), found.term);
        if (status == AllergenStatus::free_from)
            out.push_back({"free_from_contradicts_ingredients", product.id, "food", std::move(detail)});
        else if (declared && status == AllergenStatus::unknown)
            out.push_back({"allergen_missing_in_declaration", product.id, "food", std::move(detail)});
    }
    for (auto const& found : reading.diets)
        for (auto const& claim : food.diets)
            if (claim.diet == found.diet && claim.status == domain::DietStatus::suits && !found.trace &&
                found.score_ppm >= score_min_ppm)
                out.push_back(
                    {"diet_contradicts_ingredients", product.id, "food", evidence(to_text(found.diet), found.term)});
    return out;
}

}  // namespace b2a::importer
