// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/fold.hpp"

#include <cstdint>

namespace b2a {
namespace {

// Two characters for each code point from U+00C0 and from U+1E00: what remains without case and diacritics; blank for
// the two that are no letters.
constexpr std::string_view latin_folded =
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thssa a a a a a aec e e e e i i i i "
    "d n o o o o o   o u u u u y thy a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g "
    "g g g g h h h h i i i i i i i i i i ijijj j k k k l l l l l l l l l l n n n n n n n n n o o o o "
    "o o oeoer r r r r r s s s s s s s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s ";
constexpr std::string_view latin_additional_folded =
    "a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f g g h h h h h h h h h h i i i i "
    "k k k k k k l l l l l l l l m m m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r "
    "s s s s s s s s s s t t t t t t t t u u u u u u u u u u v v v v w w w w w w w w w w x x x x y y "
    "z z z z z z h t w y a s s s ssd a a a a a a a a a a a a a a a a a a a a a a a a e e e e e e e e "
    "e e e e e e e e i i i i o o o o o o o o o o o o o o o o o o o o o o o o u u u u u u u u u u u u "
    "u u y y y y y y y y llllv v y y ";

constexpr bool between(char32_t code, char32_t first, char32_t last) {
    return code >= first && code <= last;
}

}  // namespace

char32_t decode_utf8(std::string_view text, std::size_t& at) noexcept {
    auto const byte_at = [text](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : std::uint8_t{0};
    };
    auto const lead = byte_at(at);
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    if (lead < 0xC2 || lead > 0xF4) {
        ++at;
        return malformed_utf8;
    }
    std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    auto code = static_cast<char32_t>(lead & (0x7FU >> length));
    for (std::size_t i = 1; i < length; ++i) {
        auto const byte = byte_at(at + i);
        if ((byte & 0xC0U) != 0x80U) {
            at += i;
            return malformed_utf8;
        }
        code = (code << 6U) | (byte & 0x3FU);
    }
    at += length;
    auto const shortest = length == 2 ? 0x80U : length == 3 ? 0x800U : 0x10000U;
    return code < shortest || code > 0x10FFFF || between(code, 0xD800, 0xDFFF) ? malformed_utf8 : code;
}

std::string_view fold_latin(char32_t code) noexcept {
    auto const from = [code](std::string_view table, char32_t first) {
        auto letters = table.substr((code - first) * 2, 2);
        if (letters.back() == ' ') letters.remove_suffix(1);
        return letters;
    };
    if (between(code, 0xC0, 0x17F)) return from(latin_folded, 0xC0);
    if (between(code, 0x1E00, 0x1EFF)) return from(latin_additional_folded, 0x1E00);
    return {};
}

bool is_combining(char32_t code) noexcept {
    return between(code, 0x300, 0x36F) || between(code, 0xFE00, 0xFE0F) || code == 0xAD || code == 0x200D;
}

}  // namespace b2a
