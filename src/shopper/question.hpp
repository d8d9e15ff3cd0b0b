// SPDX-License-Identifier: Apache-2.0
// The parts of requests that tell of people and of what must hold. A gateway hears what its question needs: who shops
// for clothes tells no allergies, who shops for food no measurements, and nobody's name or birthday is told at all.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "b2a/json/writer.hpp"

#include "shopper/household.hpp"

namespace b2a::shopper {

enum class Telling : std::uint8_t { sizes, food };

/// Writes the members "household" and "for".
void write_people(json::Writer& out, std::vector<Person const*> const& people, Telling telling);

struct Wish {
    std::vector<std::string> colors;
    std::vector<std::string> styles;
    std::vector<std::string> occasions;
    std::optional<Money> budget;
    std::optional<Money> price_max;
    std::optional<Day> needed_by;
    Address const* ship_to = nullptr;  // its country, region and postal code
};

/// Writes the member "need".
void write_need(json::Writer& out, Wish const& wish);
void write_money(json::Writer& out, std::string_view name, Money money);
void write_texts(json::Writer& out, std::string_view name, std::vector<std::string> const& texts);

}  // namespace b2a::shopper
