// SPDX-License-Identifier: Apache-2.0
// Finds all terms of all languages in one pass over a text (Aho and Corasick): linear, whatever the text.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/ingredient_terms.hpp"
#include "domain/ingredient_text.hpp"

namespace b2a::domain {

class IngredientMatcher {
  public:
    struct Term {
        terms::Meaning meaning = terms::Meaning::sure;
        terms::Substances substances = 0;
        std::uint16_t languages = 0;  // as bits, in the order of languages()
        std::uint16_t length = 0;
        bool starts_word = true;
        bool ends_word = true;
        std::uint32_t also = none;  // the next term of the same letters
    };
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    /// Of the lists that this process has; built at the first call.
    static IngredientMatcher const& shared();
    static std::array<terms::Language, 11> const& languages();

    /// Calls `found(term, begin, end)` for each term, by the end of the place.
    template <class Found>
    void scan(std::string_view plain, Found&& found) const {
        std::size_t state = 0;
        for (std::size_t i = 0; i < plain.size(); ++i) {
            state = next_[state * width + kind_of(plain[i])];
            for (auto at = output_[state]; at != 0; at = output_[shorter_[at]])
                for (auto t = first_term_[at]; t != none; t = terms_[t].also)
                    if (fits(plain, i + 1, terms_[t])) found(terms_[t], i + 1 - terms_[t].length, i + 1);
        }
    }

  private:
    static constexpr std::size_t width = 38;  // letters, digits, the blank, all else

    IngredientMatcher();
    void add(std::string_view pattern, terms::Row const& row, std::size_t language);
    void link();

    static constexpr std::size_t kind_of(char c) noexcept {
        if (c >= 'a' && c <= 'z') return static_cast<std::size_t>(c - 'a');
        if (c >= '0' && c <= '9') return static_cast<std::size_t>(c - '0') + 26;
        return c == ' ' ? 36 : 37;
    }

    static bool fits(std::string_view plain, std::size_t end, Term const& term) noexcept {
        auto const begin = end - term.length;
        return (!term.starts_word || begin == 0 || !is_word_character(plain[begin - 1])) &&
               (!term.ends_word || end == plain.size() || !is_word_character(plain[end]));
    }

    std::vector<Term> terms_;
    // By state: where each kind of character leads, the nearest suffix that is a term or the state itself (0 for none),
    // the longest suffix that is a state, the first of its terms.
    std::vector<std::uint16_t> next_;
    std::vector<std::uint16_t> output_;
    std::vector<std::uint16_t> shorter_;
    std::vector<std::uint32_t> first_term_;
};

}  // namespace b2a::domain
