// SPDX-License-Identifier: Apache-2.0
#include "domain/ingredient_hits.hpp"

#include <algorithm>
#include <bit>

namespace b2a::domain {
namespace {

using terms::Meaning;

template <std::size_t Count>
bool is_one_of(std::array<std::string_view, Count> const& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Between "without" and what is not there.
constexpr std::array<std::string_view, 19> articles{"de",  "d",   "du",  "des", "l",  "la",    "le",
                                                    "les", "any", "of",  "von", "di", "della", "del",
                                                    "los", "las", "van", "het", "a"};
// "Or" and "nor" carry a negation on; "and" may begin something new.
constexpr std::array<std::string_view, 10> alternatives{"or", "nor", "oder",  "noch", "ou",
                                                        "ni", "lub", "eller", "ani",  "nem"};
constexpr std::array<std::string_view, 13> free_words{"free", "frei",  "freie", "freier", "freies", "freien", "freiem",
                                                      "vrij", "vrije", "fri",   "fria",   "fritt",  "frie"};
// "Free range" frees nothing, and neither does what "free from" follows.
constexpr std::array<std::string_view, 4> not_freeing{"range", "run", "from", "of"};
constexpr std::size_t alternatives_max = 16;  // that one negation carries on to
constexpr std::size_t articles_max = 3;
constexpr std::size_t ending_max = 2;  // letters of a plural, or between the parts of a compound

}  // namespace

IngredientHits::IngredientHits(std::string_view ingredients) :
    text_(ingredients), in_trace_(text_.words.size()), negated_(text_.words.size()) {
    std::vector<Hit> frame;
    std::size_t word = 0;
    auto const& words = text_.words;
    IngredientMatcher::shared().scan(text_.plain, [&](auto const& term, std::size_t begin, std::size_t end) {
        while (word + 1 < words.size() && words[word + 1].begin < end) ++word;
        auto first = word;
        while (first > 0 && words[first].begin > begin) --first;
        sort_in({&term, begin, end, first, word}, frame);
    });
    std::ranges::stable_sort(harmless_, {}, &Hit::end);
    read_traces(frame);
    read_negations(frame);
}

void IngredientHits::sort_in(Hit const& hit, std::vector<Hit>& frame) {
    for (std::size_t i = 0; i < terms_by_language_.size(); ++i)
        terms_by_language_[i] += (hit.term->languages >> i) & 1U;
    switch (hit.term->meaning) {
        case Meaning::sure:
        case Meaning::likely:
        case Meaning::weak: terms_.push_back(hit); return;
        case Meaning::harmless:
            harmless_.push_back(hit);
            if (text_.end_of(hit.last_word) - hit.end <= ending_max) harmless_.back().end = text_.end_of(hit.last_word);
            return;
        case Meaning::negation:
        case Meaning::trace:
        case Meaning::trace_open:
        case Meaning::trace_close:
        case Meaning::statement: frame.push_back(hit); return;
    }
}

void IngredientHits::read_traces(std::vector<Hit> const& frame) {
    auto const& words = text_.words;
    bool trace = false;
    std::size_t next = 0;
    auto opened = words.size();
    for (std::size_t word = 0; word < words.size(); ++word) {
        if (word > 0 && before(word) == between_sentences) trace = false, opened = words.size();
        bool begins = false, ends = false;
        for (; next < frame.size() && frame[next].last_word == word; ++next) {
            auto const meaning = frame[next].term->meaning;
            if (meaning == Meaning::trace) begins = true;
            else if (meaning == Meaning::statement) ends = true;
            else if (meaning == Meaning::trace_open && opened == words.size()) opened = word;
            else if (meaning == Meaning::trace_close && opened < word) begins = true;
        }
        if (begins) {
            for (; opened < word; ++opened) in_trace_[opened] = true;
            opened = words.size();
            trace = true;
        } else if (ends) {
            trace = false;
            opened = words.size();
        }
        in_trace_[word] = trace;
    }
}

void IngredientHits::read_negations(std::vector<Hit> const& frame) {
    for (auto const& hit : frame) {
        if (hit.term->meaning != Meaning::negation) continue;
        auto word = hit.last_word + 1;
        for (std::size_t i = 0; i <= alternatives_max; ++i) {
            for (std::size_t a = 0; a < articles_max && follows(word) && is_one_of(articles, text_.word_of(word)); ++a)
                ++word;
            if (!follows(word)) break;
            negated_[word] = true;
            if (!follows(word + 1) || !is_one_of(alternatives, text_.word_of(word + 1))) break;
            word += 2;
        }
    }
}

terms::Substances IngredientHits::substances_of(Hit const& hit) const {
    constexpr std::size_t bytes_max = 64;  // no phrase is longer
    auto left = hit.term->substances;
    auto at = std::ranges::lower_bound(harmless_, hit.end, {}, &Hit::end);
    for (; at != harmless_.end() && at->end < hit.begin + bytes_max; ++at)
        if (at->begin <= hit.begin) left &= ~at->term->substances;
    return left;
}

bool IngredientHits::is_freed_behind(Hit const& hit) const {
    auto const word_end = text_.end_of(hit.last_word);
    if (hit.end < word_end) {
        auto const rest = std::string_view(text_.plain).substr(hit.end, word_end - hit.end);
        return std::ranges::any_of(free_words, [&](std::string_view word) {
            return rest.ends_with(word) && rest.size() <= word.size() + ending_max;
        });
    }
    auto const next = hit.last_word + 1;
    if (!follows(next) || !is_one_of(free_words, text_.word_of(next))) return false;
    return !follows(next + 1) || !is_one_of(not_freeing, text_.word_of(next + 1));
}

bool IngredientHits::is_negated(Hit const& hit) const {
    return negated_[hit.first_word] || is_freed_behind(hit);
}

bool IngredientHits::is_whole(Hit const& hit) const {
    return text_.words[hit.first_word].begin == hit.begin && text_.end_of(hit.last_word) - hit.end <= ending_max;
}

bool IngredientHits::is_emphasised(Hit const& hit) const {
    return text_.words[hit.first_word].marked || text_.is_capital(hit.begin, hit.end);
}

std::size_t IngredientHits::language_of(Hit const& hit) const {
    auto best = static_cast<std::size_t>(std::countr_zero(hit.term->languages));
    for (auto i = best + 1; i < terms_by_language_.size(); ++i)
        if (((hit.term->languages >> i) & 1U) != 0 && terms_by_language_[i] > terms_by_language_[best]) best = i;
    return best;
}

}  // namespace b2a::domain
