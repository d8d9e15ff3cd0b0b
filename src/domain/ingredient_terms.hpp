// SPDX-License-Identifier: Apache-2.0
// The words that ingredient texts and allergen tags use, by language, as data. A list of words is separated by commas;
// "milch*" may go on behind, "*milch" in front, "*milch*" on both sides; all else is whole words. Case and diacritics
// do not count, and between the words of a phrase may be a blank, a hyphen or an apostrophe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "b2a/domain/food.hpp"

namespace b2a::domain::terms {

/// What a word can stand for, as bits: the fourteen allergens, and what else speaks against a diet.
using Substances = std::uint32_t;
constexpr Substances bit(std::size_t index) {
    return Substances{1} << index;
}
constexpr Substances of(Allergen allergen) {
    return bit(static_cast<std::size_t>(allergen));
}
inline constexpr Substances gluten = of(Allergen::gluten), crustaceans = of(Allergen::crustaceans),
                            eggs = of(Allergen::eggs), fish = of(Allergen::fish), peanuts = of(Allergen::peanuts),
                            soybeans = of(Allergen::soybeans), milk = of(Allergen::milk), nuts = of(Allergen::nuts),
                            celery = of(Allergen::celery), mustard = of(Allergen::mustard),
                            sesame = of(Allergen::sesame), sulphites = of(Allergen::sulphites),
                            lupin = of(Allergen::lupin), molluscs = of(Allergen::molluscs);
inline constexpr Substances meat = bit(14), pork = bit(15), beef = bit(16), gelatine = bit(17), rennet = bit(18),
                            insects = bit(19), bees = bit(20), alcohol = bit(21);
inline constexpr std::size_t substance_count = 22;

enum class Meaning : std::uint8_t {
    sure,         // names the substance, or what is made of it only
    likely,       // nearly always has it
    weak,         // often has it
    harmless,     // contains a word for the substance and is something else: "coconut milk"
    negation,     // what follows is not in it
    trace,        // from here to the end of the sentence there are only traces
    trace_open,   // German and Dutch: a trace if the other half of the verb follows in the sentence
    trace_close,  // the other half
    statement     // ends what was said of traces: "contains"
};

struct Row {
    Meaning meaning;
    Substances substances;
    std::string_view words;
};

struct Language {
    std::string_view code;  // ISO 639-1; empty for E numbers, which are of no language
    std::span<Row const> rows;
};

std::span<Row const> english() noexcept;
std::span<Row const> german() noexcept;
std::span<Row const> french() noexcept;
std::span<Row const> italian() noexcept;
std::span<Row const> spanish() noexcept;
std::span<Row const> dutch() noexcept;
std::span<Row const> portuguese() noexcept;
std::span<Row const> polish() noexcept;
std::span<Row const> swedish() noexcept;
std::span<Row const> danish() noexcept;
std::span<Row const> numbers() noexcept;

}  // namespace b2a::domain::terms
