// SPDX-License-Identifier: Apache-2.0
#include "importer/decimal.hpp"

#include <string>

#include "b2a/base/text.hpp"

namespace b2a::importer {
namespace {

constexpr int scale_max = 18;

constexpr std::int64_t power_of_ten(int exponent) noexcept {
    std::int64_t value = 1;
    for (int i = 0; i < exponent; ++i) value *= 10;
    return value;
}

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// Takes one more digit; false when it does not fit.
bool push(std::int64_t& mantissa, char digit) noexcept {
    std::int64_t next = 0;
    if (__builtin_mul_overflow(mantissa, 10, &next) || __builtin_add_overflow(next, digit - '0', &next)) return false;
    mantissa = next;
    return true;
}

std::optional<Decimal> shift(Decimal value, int exponent) {
    value.scale -= exponent;
    for (; value.scale < 0; ++value.scale)
        if (!push(value.mantissa, '0')) return std::nullopt;
    for (; value.scale > scale_max; --value.scale) value.mantissa /= 10;
    return value;
}

/// In units of 10^-digits, half away from zero.
std::optional<std::int64_t> parse_fixed(std::string_view text, int digits) {
    auto const value = parse_decimal(text);
    if (!value) return std::nullopt;
    if (value->scale <= digits) {
        std::int64_t units = 0;
        if (__builtin_mul_overflow(value->mantissa, power_of_ten(digits - value->scale), &units)) return std::nullopt;
        return units;
    }
    auto const divisor = power_of_ten(value->scale - digits);
    auto const quotient = value->mantissa / divisor;
    auto const rest = value->mantissa % divisor;
    if (rest >= divisor - rest && rest > 0) return quotient + 1;
    if (rest < 0 && -rest >= divisor + rest) return quotient - 1;
    return quotient;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    text = trim(text);
    auto const negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    int exponent = 0;
    if (auto const e = text.find_first_of("eE"); e != std::string_view::npos) {
        auto digits = text.substr(e + 1);
        if (digits.starts_with('+')) digits.remove_prefix(1);
        auto const parsed = parse_int<int>(digits);
        if (!parsed || *parsed > 30 || *parsed < -300) return std::nullopt;
        exponent = *parsed;
        text = text.substr(0, e);
    }
    auto const point = text.find('.');
    auto const whole = text.substr(0, point);
    auto fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (whole.empty() && fraction.empty()) return std::nullopt;
    Decimal value;
    for (auto const c : whole)
        if (!is_digit(c) || !push(value.mantissa, c)) return std::nullopt;
    for (auto const c : fraction)
        if (!is_digit(c)) return std::nullopt;
    while (fraction.ends_with('0')) fraction.remove_suffix(1);
    for (auto const c : fraction) {
        if (value.scale == scale_max || !push(value.mantissa, c)) break;
        ++value.scale;
    }
    if (negative) value.mantissa = -value.mantissa;
    if (value.mantissa == 0) return Decimal{};
    return shift(value, exponent);
}

std::optional<std::int64_t> parse_milli(std::string_view text) {
    return parse_fixed(text, 3);
}

std::optional<std::int64_t> parse_micro(std::string_view text) {
    return parse_fixed(text, 6);
}

std::optional<std::int64_t> parse_whole(std::string_view text) {
    auto const value = parse_decimal(text);
    if (!value) return std::nullopt;
    auto const divisor = power_of_ten(value->scale);
    auto const quotient = value->mantissa / divisor;
    return value->mantissa % divisor < 0 ? quotient - 1 : quotient;
}

std::optional<Money> parse_price(std::string_view text, Currency currency) {
    auto const value = parse_decimal(text);
    if (!value || value->mantissa < 0 || value->scale > currency.exponent()) return std::nullopt;
    std::int64_t minor = 0;
    if (__builtin_mul_overflow(value->mantissa, power_of_ten(currency.exponent() - value->scale), &minor) ||
        minor > money_minor_max)
        return std::nullopt;
    return Money{minor, currency};
}

std::optional<domain::Quantity> parse_quantity(std::string_view number, std::string_view unit) {
    auto const value = parse_decimal(number);
    if (!value) return std::nullopt;
    return domain::Quantity{value->mantissa, static_cast<std::int8_t>(value->scale), std::string(unit)};
}

}  // namespace b2a::importer
