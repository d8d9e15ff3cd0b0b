// SPDX-License-Identifier: Apache-2.0
// Letters without case and diacritics, and the code points of UTF-8 that they come from.
#pragma once

#include <cstddef>
#include <string_view>

namespace b2a {

inline constexpr char32_t malformed_utf8 = 0xFFFFFFFF;

/// The code point at `at`, which moves behind it; malformed_utf8 for bytes that are none.
char32_t decode_utf8(std::string_view text, std::size_t& at) noexcept;

/// What remains of a letter of Latin-1, Latin Extended-A or Latin Extended Additional ("a", "ss", "oe"); a blank for
/// the two code points among them that are no letters, nothing for all others.
std::string_view fold_latin(char32_t code) noexcept;

/// Diacritics of their own, and what does not show: nothing of it is part of a word.
bool is_combining(char32_t code) noexcept;

}  // namespace b2a
