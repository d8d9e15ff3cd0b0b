// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"

#include "importer/decimal.hpp"
#include "importer/native.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using json::Presence;
using json::Reader;

constexpr std::size_t name_bytes_max = 100;
constexpr std::array<std::string_view, 9> nutrient_names{
    "energy_kj", "energy_kcal", "fat", "saturated_fat", "carbohydrates", "sugars", "fiber", "proteins", "salt"};

void read_allergens(Reader& in, domain::AllergenDeclaration& out) {
    allow_only(in, {"contains", "may_contain", "free_from", "complete"});
    // Each at most once: a declaration that contradicts itself is refused.
    auto const declare = [&](std::string_view key, domain::AllergenStatus status) {
        auto const names = in.strings(key, domain::allergen_count, name_bytes_max);
        if (!names) return;
        for (auto const& name : *names) {
            auto const allergen = domain::allergen_from_text(name);
            if (!allergen) in.problem(key, shown(name) + " is none of the fourteen allergens");
            else if (out.stated(*allergen) != domain::AllergenStatus::unknown)
                in.problem(key, shown(name) + " is declared twice");
            else out.set(*allergen, status);
        }
    };
    declare("contains", domain::AllergenStatus::contains);
    declare("may_contain", domain::AllergenStatus::may_contain);
    declare("free_from", domain::AllergenStatus::free_from);
    if (in.boolean("complete").value_or(false)) out.mark_complete();
}

void read_nutrients(Reader& in, std::vector<domain::Nutrient>& out) {
    allow_only(in, {"energy_kj", "energy_kcal", "fat", "saturated_fat", "carbohydrates", "sugars", "fiber", "proteins",
                    "salt"});
    for (auto const name : nutrient_names) {
        auto const text = in.string(name, name_bytes_max);
        if (!text) continue;
        auto const milli = parse_milli(*text);
        if (milli && *milli >= 0) out.push_back({std::string(name), *milli});
        else in.problem(name, "must be a decimal number that is not negative, as text");
    }
}

/// Each diet at most once: a label that contradicts itself is refused.
void read_diets(Reader& in, std::vector<domain::DietClaim>& out) {
    in.objects("diets", domain::diet_count, [&](Reader& claim) {
        allow_only(claim, {"diet", "status", "source"});
        auto const name = claim.string("diet", name_bytes_max, Presence::required);
        auto const status = claim.string("status", name_bytes_max, Presence::required);
        auto source = read_line(claim, "source", limits::food_source_bytes_max);
        auto const diet = name ? domain::diet_from_text(*name) : std::nullopt;
        if (name && !diet) return claim.problem("diet", shown(*name) + " is no diet");
        if (status && *status != "suits" && *status != "unsuitable")
            return claim.problem("status", "must be suits or unsuitable");
        if (!diet || !status) return;
        if (std::ranges::find(out, *diet, &domain::DietClaim::diet) != out.end())
            return claim.problem("diet", shown(*name) + " is claimed twice");
        auto const suits = *status == "suits" ? domain::DietStatus::suits : domain::DietStatus::unsuitable;
        out.push_back({*diet, suits, source.empty() ? "brand" : std::move(source)});
    });
}

}  // namespace

domain::FoodInfo read_food(Reader& in) {
    domain::FoodInfo food;
    allow_only(in, {"ingredients", "allergens", "nutrients", "net_content", "diets"});
    food.ingredients = read_line(in, "ingredients", limits::product_description_bytes_max);
    food.net_content = read_line(in, "net_content", limits::product_value_bytes_max);
    in.object("allergens", [&](Reader& allergens) { read_allergens(allergens, food.allergens); });
    in.object("nutrients", [&](Reader& nutrients) { read_nutrients(nutrients, food.nutrients); });
    read_diets(in, food.diets);
    return food;
}

}  // namespace b2a::importer
