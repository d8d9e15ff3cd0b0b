// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/verdict.hpp"

namespace b2a::shopping {

std::string_view to_text(Constraint constraint) noexcept {
    switch (constraint) {
        case Constraint::allergen: return "allergen";
        case Constraint::diet: return "diet";
        case Constraint::size: return "size";
        case Constraint::color: return "color";
        case Constraint::style: return "style";
        case Constraint::occasion: return "occasion";
        case Constraint::price: return "price";
        case Constraint::stock: return "stock";
        case Constraint::market: return "market";
        case Constraint::needed_by: return "needed_by";
        case Constraint::budget: return "budget";
    }
    return "constraint";
}

std::string_view to_text(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::holds: return "holds";
        case Outcome::unknown: return "unknown";
        case Outcome::fails: return "fails";
    }
    return "unknown";
}

}  // namespace b2a::shopping
