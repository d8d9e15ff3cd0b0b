// SPDX-License-Identifier: Apache-2.0
// Decimal text of foreign files as integers: prices, stock, nutrients, measures. No binary floating point anywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "b2a/base/money.hpp"
#include "b2a/domain/product.hpp"

namespace b2a::importer {

/// mantissa × 10^-scale, scale 0…18.
struct Decimal {
    std::int64_t mantissa = 0;
    int scale = 0;
};

/// "12", "-0.50", ".5", "3.9e-05"; trailing zeros of the fraction are dropped, digits that do not fit are too, if they
/// stand behind the point. nullopt for anything else.
std::optional<Decimal> parse_decimal(std::string_view text);

/// In thousandths, half away from zero. nullopt when not a number or out of range.
std::optional<std::int64_t> parse_milli(std::string_view text);

/// The same in millionths.
std::optional<std::int64_t> parse_micro(std::string_view text);

/// Whole units, rounded down: a stock of 2.5 pieces can sell 2.
std::optional<std::int64_t> parse_whole(std::string_view text);

/// A price that is not negative, e.g. "52" or "52.0000"; nullopt when it has a fraction that the currency lacks.
std::optional<Money> parse_price(std::string_view text, Currency currency);

/// The measure with its unit; nullopt when `number` is none or needs more than the type holds.
std::optional<domain::Quantity> parse_quantity(std::string_view number, std::string_view unit);

}  // namespace b2a::importer
