// SPDX-License-Identifier: Apache-2.0
// What all statements about a product come to for somebody who avoids an allergen or keeps to a diet. Declarations,
// labels and ingredient texts may contradict each other; the rules here are the only place that weighs them.
//
// Allergens: what the declaration states about an allergen stands. What follows only from its being complete does not
// stand against an ingredient text that names the allergen: then nobody knows. Where nothing is declared, such a text
// is evidence against the product. No text is ever evidence for it.
//
// Diets: one statement against a diet outweighs all for it. A label stands against an ingredient text, not against a
// declared allergen.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "b2a/domain/ingredients.hpp"
#include "b2a/domain/product.hpp"

namespace b2a::domain {

enum class Known : std::uint8_t { yes, unknown, no };

/// What an answer rests on.
enum class FoodBasis : std::uint8_t {
    nothing,          // nobody said anything
    stated,           // the allergen declaration names the allergen
    complete,         // the declaration is complete and does not name it
    disagreement,     // the same, but the ingredient text does
    ingredient_text,  // nothing is declared, and the ingredient text names it
    claim,            // FoodInfo::diets
    attribute,        // an attribute with the diet's name, yes or no
    other_diet,       // follows from what is known of another diet
    allergen          // follows from a declared allergen
};

struct AllergenFinding {
    Known free = Known::unknown;            // not even traces
    Known at_most_traces = Known::unknown;  // as good as `free` or better
    FoodBasis basis = FoodBasis::nothing;
    Suspicion const* suspicion = nullptr;  // for disagreement and ingredient_text
};

/// `food` may be nullptr. `suspicions` are of its ingredient text.
AllergenFinding find_allergen(FoodInfo const* food, std::span<Suspicion const> suspicions, Allergen allergen) noexcept;

/// What the ingredient text of a product makes one suspect.
struct Suspected {
    std::span<Suspicion const> allergens;
    std::span<DietSuspicion const> diets;
};

struct DietFinding {
    Known suits = Known::unknown;
    FoodBasis basis = FoodBasis::nothing;
    std::size_t at = 0;                    // claim: index into FoodInfo::diets; attribute: index into the attributes
    bool of_variant = false;               // attribute: the variant's own
    Diet via = Diet::vegan;                // other_diet
    Allergen allergen = Allergen::gluten;  // allergen
    DietSuspicion const* suspicion = nullptr;
};
using DietFindings = std::array<DietFinding, diet_count>;

/// By diet. The implications that are drawn: vegan food is vegetarian, what is not vegetarian is not vegan; free from
/// lactose is low in it; food declared free from milk has no lactose (Annex II lists lactose with milk); what contains
/// milk or eggs is not vegan, what contains fish, crustaceans or molluscs neither vegan nor vegetarian, shellfish is
/// not kosher, and what contains gluten is not gluten-free. Where gluten may be contained, a label alone does not do.
DietFindings find_diets(Product const& product, Variant const& variant, Suspected const& suspected) noexcept;

}  // namespace b2a::domain
