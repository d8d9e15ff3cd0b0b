// SPDX-License-Identifier: Apache-2.0
// An ingredient text as the matcher reads it: a–z and digits without case and diacritics, and between the words one
// character that says how much they have to do with each other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace b2a::domain {

inline constexpr char foreign_letter = '{';  // of a script that no list is in
inline constexpr char within_phrase = ' ';   // a blank, a hyphen, an apostrophe
inline constexpr char between_parts = ',';   // all else that is no letter
inline constexpr char between_sentences = '.';

constexpr bool is_word_character(char c) noexcept {
    return (c >= 'a' && c <= '{') || (c >= '0' && c <= '9');
}

struct IngredientText {
    struct Word {
        std::uint32_t begin = 0;  // in `plain`
        std::uint32_t source_begin = 0;
        std::uint32_t source_end = 0;
        bool marked = false;  // `_like this_`, `*like this*`
    };

    explicit IngredientText(std::string_view source);

    [[nodiscard]] std::string_view word_of(std::size_t index) const noexcept;
    [[nodiscard]] std::size_t end_of(std::size_t index) const noexcept;  // of the word, in `plain`
    /// True if all of it stands in capitals while the text as a whole does not.
    [[nodiscard]] bool is_capital(std::size_t begin, std::size_t end) const noexcept;
    /// The words as the text has them, in lower case.
    [[nodiscard]] std::string quote(std::size_t first_word, std::size_t last_word) const;

    std::string_view source;
    std::string plain;
    std::vector<Word> words;
    std::string capital;  // by character of `plain`, 1 or 0
    bool mixed = false;   // has more small letters than twice the capitals
};

}  // namespace b2a::domain
