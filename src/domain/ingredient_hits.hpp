// SPDX-License-Identifier: Apache-2.0
// The terms that a text has, and what the text says of them: in traces, not at all, or something else altogether.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ingredient_matcher.hpp"

namespace b2a::domain {

struct Hit {
    IngredientMatcher::Term const* term = nullptr;
    std::size_t begin = 0;  // in the folded text
    std::size_t end = 0;
    std::size_t first_word = 0;
    std::size_t last_word = 0;
};

class IngredientHits {
  public:
    explicit IngredientHits(std::string_view ingredients);

    /// Those that name a substance, by their end.
    [[nodiscard]] std::vector<Hit> const& terms() const noexcept { return terms_; }
    /// Without those for which the place is harmless: the milk of "coconut milk".
    [[nodiscard]] terms::Substances substances_of(Hit const& hit) const;
    [[nodiscard]] bool is_negated(Hit const& hit) const;
    [[nodiscard]] bool is_trace(Hit const& hit) const { return in_trace_[hit.first_word]; }
    /// False inside a compound.
    [[nodiscard]] bool is_whole(Hit const& hit) const;
    [[nodiscard]] bool is_emphasised(Hit const& hit) const;
    [[nodiscard]] std::string quote(Hit const& hit) const { return text_.quote(hit.first_word, hit.last_word); }
    /// Of the languages that have the term, the one that the text has most terms of; by its place in the matcher.
    [[nodiscard]] std::size_t language_of(Hit const& hit) const;
    /// How many terms of that language the text has.
    [[nodiscard]] std::uint32_t weight_of(Hit const& hit) const { return terms_by_language_[language_of(hit)]; }

  private:
    void sort_in(Hit const& hit, std::vector<Hit>& frame);
    void read_traces(std::vector<Hit> const& frame);
    void read_negations(std::vector<Hit> const& frame);
    /// The separator in front of a word that is not the first.
    [[nodiscard]] char before(std::size_t word) const { return text_.plain[text_.words[word].begin - 1]; }
    [[nodiscard]] bool follows(std::size_t word) const {
        return word < text_.words.size() && before(word) == within_phrase;
    }
    [[nodiscard]] bool is_freed_behind(Hit const& hit) const;

    IngredientText text_;
    std::vector<Hit> terms_;
    std::vector<Hit> harmless_;
    std::vector<bool> in_trace_;  // by word
    std::vector<bool> negated_;   // by word
    std::array<std::uint32_t, 11> terms_by_language_{};
};

}  // namespace b2a::domain
