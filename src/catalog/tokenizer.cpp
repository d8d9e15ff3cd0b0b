// SPDX-License-Identifier: Apache-2.0
#include "catalog/tokenizer.hpp"

#include <array>
#include <cstdint>

#include "b2a/base/fold.hpp"
#include "b2a/base/text.hpp"

namespace b2a::catalog {
namespace {

/// The lower-case letter or digit, or 0 for everything that separates words.
constexpr auto ascii_folded = [] {
    std::array<char, 128> table{};
    for (char c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = c;
    for (char c = 'a'; c <= 'z'; ++c) {
        table[static_cast<std::size_t>(c)] = c;
        table[static_cast<std::size_t>(c - 32)] = c;
    }
    return table;
}();

constexpr bool between(char32_t code, char32_t first, char32_t last) {
    return code >= first && code <= last;
}

constexpr bool stands_alone(char32_t code) {
    return between(code, 0x3041, 0x30FF) || between(code, 0x3400, 0x4DBF) || between(code, 0x4E00, 0x9FFF) ||
           between(code, 0xF900, 0xFAFF) || between(code, 0x20000, 0x3FFFD);
}

constexpr bool separates(char32_t code) {
    if (code < 0xC0) return code != 0xAA && code != 0xB5 && code != 0xBA;
    return between(code, 0x2000, 0x2BFF) || between(code, 0x3000, 0x3040) || between(code, 0xD800, 0xF8FF) ||
           between(code, 0xFE10, 0xFE6F) || between(code, 0xFFE0, 0xFFFF) || between(code, 0x1F000, 0x1FBFF) ||
           code >= 0xE0000;
}

/// Case of Greek and Cyrillic, accents of Greek, full-width forms; other scripts pass as they are.
constexpr char32_t fold_other(char32_t code) {
    if (between(code, 0x391, 0x3A9) && code != 0x3A2) return code + 32;
    if (between(code, 0x410, 0x42F)) return code + 32;
    if (code == 0x401 || code == 0x451) return 0x435;
    if (between(code, 0x400, 0x40F)) return code + 80;
    if (between(code, 0x218, 0x21B)) return code < 0x21A ? U's' : U't';
    if (between(code, 0xFF10, 0xFF19)) return code - 0xFF10 + U'0';
    if (between(code, 0xFF21, 0xFF3A)) return code - 0xFF21 + U'a';
    if (between(code, 0xFF41, 0xFF5A)) return code - 0xFF41 + U'a';
    switch (code) {
        case 0x386:
        case 0x3AC: return 0x3B1;
        case 0x388:
        case 0x3AD: return 0x3B5;
        case 0x389:
        case 0x3AE: return 0x3B7;
        case 0x38A:
        case 0x3AF:
        case 0x3CA:
        case 0x390: return 0x3B9;
        case 0x38C:
        case 0x3CC: return 0x3BF;
        case 0x38E:
        case 0x3CD:
        case 0x3CB:
        case 0x3B0: return 0x3C5;
        case 0x38F:
        case 0x3CE: return 0x3C9;
        case 0x3C2: return 0x3C3;
        default: return code;
    }
}

/// Appends unless the word is as long as words get.
void append(std::string& token, std::string_view bytes) {
    if (token.size() + bytes.size() <= token_bytes_max) token.append(bytes);
}

void append_code(std::string& token, char32_t code) {
    auto const byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
    auto const tail = [&](unsigned shift) { return byte(0x80 | ((code >> shift) & 0x3F)); };
    if (code < 0x80) {
        char const bytes[] = {byte(code)};
        append(token, {bytes, 1});
    } else if (code < 0x800) {
        char const bytes[] = {byte(0xC0 | (code >> 6)), tail(0)};
        append(token, {bytes, 2});
    } else if (code < 0x10000) {
        char const bytes[] = {byte(0xE0 | (code >> 12)), tail(6), tail(0)};
        append(token, {bytes, 3});
    } else {
        char const bytes[] = {byte(0xF0 | (code >> 18)), tail(12), tail(6), tail(0)};
        append(token, {bytes, 4});
    }
}

/// Appends what `code` is in a word; false if it separates words.
bool append_folded(std::string& token, char32_t code) {
    if (auto const letters = fold_latin(code); !letters.empty()) {
        if (letters == " ") return false;
        append(token, letters);
        return true;
    }
    if (code == malformed_utf8 || separates(code)) return false;
    auto const folded = fold_other(code);
    if (between(folded, 0xFF00, 0xFF0F) || between(folded, 0xFF1A, 0xFF40) || between(folded, 0xFF5B, 0xFF65))
        return false;
    append_code(token, folded);
    return true;
}

bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

}  // namespace

/// At an apostrophe inside "men's": skips the 's that ends the word, so that it is the same word as "mens" and "men".
bool Tokenizer::skip_possessive() noexcept {
    if (at_ + 1 >= text_.size() || ascii_lower(text_[at_ + 1]) != 's') return false;
    if (at_ + 2 < text_.size()) {
        auto const after = static_cast<unsigned char>(text_[at_ + 2]);
        if (after >= 0x80 || ascii_folded[after] != 0) return false;
    }
    at_ += 2;
    return true;
}

bool Tokenizer::next(std::string& token) {
    token.clear();
    while (at_ < text_.size()) {
        auto const byte = static_cast<unsigned char>(text_[at_]);
        if (byte < 0x80) {
            if (auto const folded = ascii_folded[byte]; folded != 0) {
                if (token.size() < token_bytes_max) token.push_back(folded);
            } else if (!token.empty() && (byte != '\'' || !skip_possessive())) {
                ++at_;
                return true;
            } else if (!token.empty()) {
                return true;
            }
            ++at_;
            continue;
        }
        auto const start = at_;
        auto const code = decode_utf8(text_, at_);
        if (is_combining(code)) continue;
        if (stands_alone(code)) {
            if (token.empty()) append_code(token, code);
            else at_ = start;
            return true;
        }
        if (!append_folded(token, code) && !token.empty()) return true;
    }
    return !token.empty();
}

void stem(std::string& word) {
    if (word.size() <= 3) return;
    for (auto const c : word)
        if (c < 'a' || c > 'z') return;
    if (word.ends_with("ss")) return;
    if (word.size() > 4 && word.ends_with("ies")) {
        word.resize(word.size() - 2);
        return;
    }
    if (word.back() == 's') word.pop_back();
    if (word.size() <= 3) return;
    if (word.ends_with("ie")) {
        word.pop_back();
    } else if (word.back() == 'y' && !is_vowel(word[word.size() - 2])) {
        word.back() = 'i';
    } else if (word.ends_with("che") || word.ends_with("she") || word.ends_with("xe") || word.ends_with("sse") ||
               (word.size() > 4 && word.ends_with("oe"))) {
        // Plurals in -es keep their e after the s is gone; the singular in -e loses it too, so that both agree.
        word.pop_back();
    }
}

std::size_t character_count(std::string_view text) noexcept {
    std::size_t count = 0;
    for (auto const c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
}

}  // namespace b2a::catalog
