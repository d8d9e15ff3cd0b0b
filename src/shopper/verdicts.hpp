// SPDX-License-Identifier: Apache-2.0
// What a gateway says of its items and the household's constraints, judged here once more: a constraint counts as kept
// only where a verdict says "holds" with its evidence. A missing verdict, an unknown or failing one, or one without
// evidence is not kept, whatever else the answer claims.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/json/view.hpp"

#include "shopper/household.hpp"

namespace b2a::shopper {

struct Verdict {
    std::string constraint;  // "allergen", "size"
    std::string subject;
    std::string member;
    std::string outcome;  // "holds", "unknown", "fails"
    std::string source;
    std::string text;
};

/// The member "constraints" of an item.
Result<std::vector<Verdict>> read_verdicts(json::View item);
/// "allergen nuts for mila: holds (allergen_declaration: free_from, declared complete)".
std::string to_text(Verdict const& verdict);

struct Demand {
    std::string constraint;
    std::string subject;
    std::string member;
};

/// What these people's food must satisfy.
std::vector<Demand> food_demands(std::vector<Person const*> const& people);

/// Why the item is not suitable: the first verdict that does not hold, or the first demand that no verdict answers.
std::optional<std::string> objection(std::vector<Verdict> const& verdicts, std::vector<Demand> const& demands);

}  // namespace b2a::shopper
