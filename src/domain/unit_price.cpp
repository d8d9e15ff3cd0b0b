// SPDX-License-Identifier: Apache-2.0
// Unit prices (Directive 98/6/EC, Art. 2(b)): per kilogram, litre, metre, square metre or piece.
#include <algorithm>
#include <array>

#include "b2a/base/text.hpp"
#include "b2a/domain/disclosure.hpp"

namespace b2a::domain {
namespace {

__extension__ using Wide = __int128;

struct UnitRow {
    std::string_view unit;
    std::int64_t reference;  // in the unit itself, so that measure and reference share it
};
constexpr std::array<UnitRow, 16> units{{{"g", 1000},
                                         {"gr", 1000},
                                         {"kg", 1},
                                         {"mg", 1'000'000},
                                         {"ml", 1000},
                                         {"cl", 100},
                                         {"dl", 10},
                                         {"l", 1},
                                         {"lt", 1},
                                         {"mm", 1000},
                                         {"cm", 100},
                                         {"m", 1},
                                         {"m2", 1},
                                         {"pcs", 1},
                                         {"piece", 1},
                                         {"pieces", 1}}};

UnitRow const* row_of(std::string_view unit) noexcept {
    auto const* found = std::ranges::find_if(units, [&](auto const& row) { return iequals(row.unit, unit); });
    return found == units.end() ? nullptr : found;
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// A number at the front of `text`, which loses it. Point and comma both stand before a fraction.
std::optional<Quantity> take_number(std::string_view& text) {
    constexpr std::size_t digits_max = 12;
    Quantity out;
    std::size_t at = 0;
    std::size_t digits = 0;
    bool fraction = false;
    for (; at < text.size(); ++at) {
        auto const c = text[at];
        if (is_digit(c)) {
            if (++digits > digits_max) return std::nullopt;
            out.mantissa = out.mantissa * 10 + (c - '0');
            if (fraction) ++out.scale;
        } else if ((c == '.' || c == ',') && !fraction && at + 1 < text.size() && is_digit(text[at + 1])) {
            fraction = true;
        } else {
            break;
        }
    }
    if (digits == 0) return std::nullopt;
    text = trim(text.substr(at));
    return out;
}

bool take_times(std::string_view& text) {
    for (std::string_view const sign : {"x", "X", "×", "*"})
        if (text.starts_with(sign)) {
            text = trim(text.substr(sign.size()));
            return true;
        }
    return false;
}

}  // namespace

std::optional<UnitPrice> unit_price_of(Money price, Quantity const& measure) {
    auto const* row = row_of(measure.unit);
    if (row == nullptr || measure.mantissa <= 0 || measure.scale < 0 || measure.scale > 9 || price.minor < 0)
        return std::nullopt;
    Wide numerator = static_cast<Wide>(price.minor) * row->reference;
    for (int i = 0; i < measure.scale; ++i) numerator *= 10;
    auto const amount = (2 * numerator + measure.mantissa) / (2 * static_cast<Wide>(measure.mantissa));
    if (amount > money_minor_max) return std::nullopt;
    return UnitPrice{{static_cast<std::int64_t>(amount), price.currency}, measure, {row->reference, 0, measure.unit}};
}

std::optional<Quantity> measure_from_text(std::string_view text) {
    constexpr std::int64_t packs_max = 1000;
    text = trim(text);
    auto first = take_number(text);
    if (!first) return std::nullopt;
    if (take_times(text)) {
        auto each = take_number(text);
        if (!each || first->scale != 0 || first->mantissa > packs_max) return std::nullopt;
        each->mantissa *= first->mantissa;
        first = each;
    }
    auto const* row = row_of(text);
    if (row == nullptr || first->mantissa == 0) return std::nullopt;
    first->unit = row->unit;
    return first;
}

std::optional<Quantity> measure_of(Product const& product, Variant const& variant) {
    if (variant.measure) return variant.measure;
    // A net content stated for the product says nothing about which of several sizes it is.
    if (!product.food || product.variants.size() != 1) return std::nullopt;
    return measure_from_text(product.food->net_content);
}

}  // namespace b2a::domain
