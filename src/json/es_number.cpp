// SPDX-License-Identifier: Apache-2.0
#include "json/es_number.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "b2a/base/assert.hpp"

namespace b2a::json {
namespace {

struct Decimal {
    std::string digits;  // without leading or trailing zeros
    int point = 0;       // the value is 0.digits × 10^point
};

/// The shortest digits that round-trip; the standard library and ECMAScript agree about them.
Decimal shortest(double magnitude) {
    std::array<char, 40> buffer{};
    auto const end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude, std::chars_format::scientific).ptr;
    std::string_view const text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    auto const mark = text.find('e');
    Decimal out;
    for (auto const c : text.substr(0, mark))
        if (c != '.') out.digits += c;
    while (out.digits.size() > 1 && out.digits.back() == '0') out.digits.pop_back();
    auto exponent = text.substr(mark + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), out.point);
    ++out.point;
    return out;
}

void append_exponent(std::string& out, Decimal const& decimal) {
    out += decimal.digits[0];
    if (decimal.digits.size() > 1) out.append(1, '.').append(decimal.digits, 1);
    auto const exponent = decimal.point - 1;
    out.append(1, 'e').append(1, exponent < 0 ? '-' : '+').append(std::to_string(std::abs(exponent)));
}

}  // namespace

// ECMA-262, Number::toString: plain from 10^-6 up to 10^21, with an exponent outside.
void append_es_number(std::string& out, double number) {
    B2A_ASSERT(std::isfinite(number));
    if (number == 0) {
        out += '0';
        return;
    }
    if (number < 0) out += '-';
    auto const decimal = shortest(std::abs(number));
    auto const count = static_cast<int>(decimal.digits.size());
    if (decimal.point > 21 || decimal.point <= -6) {
        append_exponent(out, decimal);
    } else if (decimal.point <= 0) {
        out.append("0.").append(static_cast<std::size_t>(-decimal.point), '0').append(decimal.digits);
    } else if (decimal.point >= count) {
        out.append(decimal.digits).append(static_cast<std::size_t>(decimal.point - count), '0');
    } else {
        auto const whole = static_cast<std::size_t>(decimal.point);
        out.append(decimal.digits, 0, whole).append(1, '.').append(decimal.digits, whole);
    }
}

}  // namespace b2a::json
