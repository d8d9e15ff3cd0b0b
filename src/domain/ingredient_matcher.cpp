// SPDX-License-Identifier: Apache-2.0
#include "domain/ingredient_matcher.hpp"

#include <algorithm>
#include <limits>

#include "b2a/base/assert.hpp"
#include "b2a/base/text.hpp"

namespace b2a::domain {

std::array<terms::Language, 11> const& IngredientMatcher::languages() {
    static std::array<terms::Language, 11> const all{{{"en", terms::english()},
                                                      {"de", terms::german()},
                                                      {"fr", terms::french()},
                                                      {"it", terms::italian()},
                                                      {"es", terms::spanish()},
                                                      {"nl", terms::dutch()},
                                                      {"pt", terms::portuguese()},
                                                      {"pl", terms::polish()},
                                                      {"sv", terms::swedish()},
                                                      {"da", terms::danish()},
                                                      {"", terms::numbers()}}};
    return all;
}

IngredientMatcher const& IngredientMatcher::shared() {
    static IngredientMatcher const matcher;
    return matcher;
}

IngredientMatcher::IngredientMatcher() : next_(width, 0), output_(1, 0), shorter_(1, 0), first_term_(1, none) {
    for (std::size_t language = 0; language < languages().size(); ++language)
        for (auto const& row : languages()[language].rows)
            for (auto const pattern : split(row.words, ',')) add(trim(pattern), row, language);
    link();
}

void IngredientMatcher::add(std::string_view pattern, terms::Row const& row, std::size_t language) {
    Term term{row.meaning, row.substances, static_cast<std::uint16_t>(1U << language)};
    if (pattern.starts_with('*')) term.starts_word = false, pattern.remove_prefix(1);
    if (pattern.ends_with('*')) term.ends_word = false, pattern.remove_suffix(1);
    IngredientText const text(pattern);
    B2A_ASSERT(!text.plain.empty());
    term.length = static_cast<std::uint16_t>(text.plain.size());
    std::size_t state = 0;
    for (auto const c : text.plain) {
        auto const at = state * width + kind_of(c);
        if (next_[at] == 0) {
            B2A_ASSERT(output_.size() < std::numeric_limits<std::uint16_t>::max());
            next_[at] = static_cast<std::uint16_t>(output_.size());
            next_.resize(next_.size() + width, 0);
            output_.push_back(0);
            shorter_.push_back(0);
            first_term_.push_back(none);
        }
        state = next_[at];
    }
    for (auto at = first_term_[state]; at != none; at = terms_[at].also) {
        auto& other = terms_[at];
        if (other.meaning != term.meaning || other.substances != term.substances ||
            other.starts_word != term.starts_word || other.ends_word != term.ends_word)
            continue;
        other.languages = static_cast<std::uint16_t>(other.languages | term.languages);
        return;
    }
    term.also = first_term_[state];
    first_term_[state] = static_cast<std::uint32_t>(terms_.size());
    terms_.push_back(term);
}

/// Breadth first: where a text leaves a term, it goes on with the longest end of what it read.
void IngredientMatcher::link() {
    std::vector<std::uint16_t> order;
    for (std::size_t kind = 0; kind < width; ++kind)
        if (next_[kind] != 0) order.push_back(next_[kind]);
    for (std::size_t i = 0; i < order.size(); ++i) {
        auto const state = order[i];
        output_[state] = first_term_[state] != none ? state : output_[shorter_[state]];
        for (std::size_t kind = 0; kind < width; ++kind) {
            auto& to = next_[state * width + kind];
            auto const otherwise = next_[shorter_[state] * width + kind];
            if (to == 0) {
                to = otherwise;
            } else {
                shorter_[to] = otherwise;
                order.push_back(to);
            }
        }
    }
}

}  // namespace b2a::domain
