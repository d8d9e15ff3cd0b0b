// SPDX-License-Identifier: Apache-2.0
#include "shopper/report.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"

namespace b2a::shopper {
namespace {

/// Characters that show nothing or turn what follows around, by their UTF-8: soft hyphen, zero width, bidirectional
/// marks, line and paragraph separators, byte order mark.
constexpr std::array<std::string_view, 22> invisible{
    "\u00ad", "\u061c", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202b",
    "\u202c", "\u202d", "\u202e", "\u2060", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff", "\ufff9", "\ufffb"};

std::size_t bytes_of_character(char first) noexcept {
    auto const c = static_cast<unsigned char>(first);
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/// U+0000 to U+001F, U+007F to U+009F.
bool is_control(std::string_view character) noexcept {
    auto const c = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return c < 0x20 || c == 0x7F;
    return c == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

}  // namespace

std::string plain(std::string_view text) {
    std::string out;
    bool const sound = is_utf8(text);
    for (std::size_t at = 0; at < text.size();) {
        auto const character = text.substr(at, sound ? bytes_of_character(text[at]) : 1);
        at += character.size();
        if (out.size() + character.size() > limits::shopper_line_bytes_max) return out + "...";
        if (is_control(character) || std::ranges::find(invisible, character) != invisible.end()) continue;
        if (!sound && static_cast<unsigned char>(character[0]) >= 0x80) out += '?';
        else out += character;
    }
    return out;
}

}  // namespace b2a::shopper
