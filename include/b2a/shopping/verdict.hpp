// SPDX-License-Identifier: Apache-2.0
// What an answer says about a constraint: whether it holds, and what says so. Unknown is an answer of its own and
// never counts as holding.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace b2a::shopping {

enum class Constraint : std::uint8_t {
    allergen,
    diet,
    size,
    color,
    style,
    occasion,
    price,
    stock,
    market,     // may be shipped there, and has a price in that currency
    needed_by,  // arrives in time
    budget
};
std::string_view to_text(Constraint constraint) noexcept;

/// The later, the worse: of several, the greatest stands for all.
enum class Outcome : std::uint8_t { holds, unknown, fails };
std::string_view to_text(Outcome outcome) noexcept;

/// Where an outcome comes from. The revision is that of the answer.
struct Evidence {
    std::string source;  // "allergen_declaration", "ingredient_text", "label", "size_chart:ID", "offer", "stock",
                         // "shipping:ID", "attribute:color", "none"
    std::string path;    // JSON pointer into the product's document, where it is there
    std::string text;    // what it says, in a few words of ours and the catalog's own values
    friend bool operator==(Evidence const&, Evidence const&) = default;
};

struct Verdict {
    Constraint constraint = Constraint::allergen;
    std::string subject;  // "peanuts", "vegan", "red"; empty where the constraint says it all
    std::string member;   // whose constraint it is; empty: of all
    Outcome outcome = Outcome::unknown;
    Evidence evidence;
    friend bool operator==(Verdict const&, Verdict const&) = default;
};

}  // namespace b2a::shopping
