// SPDX-License-Identifier: Apache-2.0
// Names of colours on a wheel of twelve hues, and which of them go together. A table, not a taste: the same two names
// always get the same answer.
#pragma once

#include <cstdint>
#include <string_view>

namespace b2a::catalog {

/// Families as bits: twelve hues around the wheel (red, coral, orange, amber, yellow, lime, green, teal, blue, indigo,
/// purple, pink), and the neutral ones (black, white, greys, browns and what is near them) as the thirteenth.
using ColorFamilies = std::uint16_t;
inline constexpr unsigned color_family_count = 13;

/// Of a colour's name: the first word that the table knows; 0 when it knows none. "Navy stripe" is neutral.
ColorFamilies color_families(std::string_view name) noexcept;

/// The best that one of `a` does with one of `b`: 900,000 for neutral with anything, 850,000 for opposite hues, 800,000
/// for neighbours, 700,000 for the same hue; 0 when they do not go together or nothing is known.
std::uint32_t color_harmony_ppm(ColorFamilies a, ColorFamilies b) noexcept;

}  // namespace b2a::catalog
