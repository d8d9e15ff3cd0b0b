// SPDX-License-Identifier: Apache-2.0
// What an ingredient text makes one suspect. A suspicion is evidence against a product, never for it: a text without
// a word for milk does not say that there is none.
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
    std::string language;  // ISO 639-1 of the list that has the term
    friend bool operator==(Suspicion const&, Suspicion const&) = default;
};

}  // namespace b2a::domain
