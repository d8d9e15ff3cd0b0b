// SPDX-License-Identifier: Apache-2.0
// What an ingredient text makes one suspect. A suspicion is evidence against a product, never for it: a text without
// a word for milk does not say that there is none.
//
// Words of ten languages are looked for, in the middle of compounds too ("Vollmilchpulver"), but not in what only
// sounds like it ("coconut milk", "noix de muscade", "Buchweizen"). A word directly behind "without" and its like, or
// directly before "free", is left out, and what follows "or" with it; what follows "and" is not. From "may contain" to
// the end of the sentence everything is a trace.
//
// A score says how often a word of its kind means the substance: 950,000 ppm where it names it, 800,000 where it nearly
// always has it ("mayonnaise": egg), 500,000 where it often has ("white chocolate": milk); a tenth less inside a
// compound; and half of what lacks to certainty more where the text marks the word, in capitals or `_like this_`, as
// labels have to mark allergens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/domain/food.hpp"

namespace b2a::domain {

struct Suspicion {
    Allergen allergen = Allergen::gluten;
    bool trace = false;  // the text speaks of traces: "may contain"
    std::uint32_t score_ppm = 0;
    std::string term;      // as the text has it, in lower case
    std::string language;  // ISO 639-1 of the list that has the term; empty for E numbers
    friend bool operator==(Suspicion const&, Suspicion const&) = default;
};

/// That something does not suit a diet. Traces count only against gluten_free and lactose_free.
struct DietSuspicion {
    Diet diet = Diet::vegan;
    bool trace = false;
    std::uint32_t score_ppm = 0;
    std::string term;
    std::string language;
    friend bool operator==(DietSuspicion const&, DietSuspicion const&) = default;
};

struct IngredientReading {
    std::vector<Suspicion> allergens;  // in their order, at most one each: rather contained than a trace, then by score
    std::vector<DietSuspicion> diets;  // the same
    friend bool operator==(IngredientReading const&, IngredientReading const&) = default;
};

/// Any bytes are an answer; the time is linear in them.
IngredientReading read_ingredients(std::string_view ingredients);
std::vector<Suspicion> suspect(std::string_view ingredients);
std::vector<DietSuspicion> suspect_diets(std::string_view ingredients);

/// The allergens that a declaration names, "tree-nuts-hazelnuts" or "Weizenprotein": only by words that are sure. What
/// is said around them, "free" or "traces of", is not looked at.
std::vector<Allergen> allergens_named(std::string_view declared);

}  // namespace b2a::domain
