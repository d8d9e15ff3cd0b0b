// SPDX-License-Identifier: Apache-2.0
#include "catalog/text_match.hpp"

#include <algorithm>
#include <optional>

#include "catalog/tokenizer.hpp"

namespace b2a::catalog {
namespace {

constexpr std::size_t prefix_characters_min = 2;
constexpr std::uint32_t half_word = 16;  // bits
constexpr std::uint32_t low_half = 0xFFFF;

struct QueryWords {
    std::vector<std::string> whole;  // distinct
    std::string open;                // the last one, if it may be a prefix
};

QueryWords words_of(std::string_view text) {
    QueryWords words;
    std::string token;
    std::string last;
    bool last_is_long = false;
    for (Tokenizer tokens(text); tokens.next(token);) {
        if (!last.empty() && std::ranges::find(words.whole, last) == words.whole.end()) words.whole.push_back(last);
        last_is_long = character_count(token) >= prefix_characters_min;
        stem(token);
        last = token;
    }
    if (last.empty() || std::ranges::find(words.whole, last) != words.whole.end()) return words;
    if (last_is_long) words.open = last;
    else words.whole.push_back(last);
    return words;
}

std::uint32_t part(std::uint32_t rarity, std::uint32_t impact) {
    return rarity * impact / 1'000;
}

/// First position at or after `from` whose product is not below `product`; cheap when it is near.
std::size_t gallop(std::span<std::uint32_t const> products, std::size_t from, std::uint32_t product) {
    std::size_t step = 1;
    auto end = from;
    while (end < products.size() && products[end] < product) {
        from = end + 1;
        end += step;
        step *= 2;
    }
    auto const stop = std::min(end, products.size());
    auto const begin = products.begin() + static_cast<std::ptrdiff_t>(from);
    auto const limit = products.begin() + static_cast<std::ptrdiff_t>(stop);
    return static_cast<std::size_t>(std::lower_bound(begin, limit, product) - products.begin());
}

void seed(TextIndex const& index, std::uint32_t term, std::vector<Match>& matches) {
    auto const postings = index.postings(term);
    auto const rarity = index.rarity(postings.size());
    matches.reserve(postings.size());
    for (std::size_t i = 0; i < postings.size(); ++i)
        matches.push_back({postings.products[i], part(rarity, postings.impacts[i])});
}

void intersect(TextIndex const& index, std::uint32_t term, std::vector<Match>& matches) {
    auto const postings = index.postings(term);
    auto const rarity = index.rarity(postings.size());
    std::size_t at = 0;
    std::size_t kept = 0;
    for (auto const match : matches) {
        at = gallop(postings.products, at, match.product);
        if (at == postings.size()) break;
        if (postings.products[at] != match.product) continue;
        matches[kept++] = {match.product, match.score + part(rarity, postings.impacts[at])};
    }
    matches.resize(kept);
}

/// The score of the open word per product. A longer word never counts more than the weakest occurrence of the word
/// itself, so whole words come first.
class OpenWord {
  public:
    OpenWord(TextIndex const& index, std::string_view word, MatchScratch& scratch) : scratch_(scratch) {
        auto range = index.with_prefix(word);
        if (auto const exact = index.find(word)) {
            add_exact(index.postings(*exact));
            rarity_ = index.rarity(scratch.touched.size());
            longer_rarity_ = part(rarity_, weakest_);
            longer_scale_ = impact_max;
            range.first = *exact + 1;  // in byte order a word comes right before its continuations
            add_longer(index.postings(range));
        } else {
            add_longer(index.postings(range));
            longer_rarity_ = index.rarity(scratch.touched.size());
            longer_scale_ = 1'000;
        }
    }
    ~OpenWord() {
        for (auto const product : scratch_.touched) scratch_.slots[product] = 0;
        scratch_.touched.clear();
    }
    OpenWord(OpenWord const&) = delete;
    OpenWord& operator=(OpenWord const&) = delete;

    [[nodiscard]] std::optional<std::uint32_t> score(std::uint32_t product) const noexcept {
        auto const slot = scratch_.slots[product];
        if (slot == 0) return std::nullopt;
        if (auto const whole = slot >> half_word; whole != 0) return part(rarity_, whole);
        return longer_rarity_ * (slot & low_half) / longer_scale_;
    }

  private:
    void add_exact(TextIndex::Postings postings) {
        for (std::size_t i = 0; i < postings.size(); ++i) {
            std::uint32_t const impact = postings.impacts[i];
            scratch_.slots[postings.products[i]] = impact << half_word;
            scratch_.touched.push_back(postings.products[i]);
            weakest_ = std::min(weakest_, impact);
        }
    }
    void add_longer(TextIndex::Postings postings) {
        for (std::size_t i = 0; i < postings.size(); ++i) {
            auto& slot = scratch_.slots[postings.products[i]];
            if (slot == 0) scratch_.touched.push_back(postings.products[i]);
            slot = (slot & ~low_half) | std::max<std::uint32_t>(slot & low_half, postings.impacts[i]);
        }
    }

    MatchScratch& scratch_;
    std::uint32_t rarity_ = 0;
    std::uint32_t weakest_ = impact_max;
    std::uint32_t longer_rarity_ = 0;
    std::uint32_t longer_scale_ = 1;
};

void match_open(TextIndex const& index, QueryWords const& words, MatchScratch& scratch) {
    OpenWord const open(index, words.open, scratch);
    if (words.whole.empty()) {
        scratch.matches.reserve(scratch.touched.size());
        for (auto const product : scratch.touched) scratch.matches.push_back({product, *open.score(product)});
        return;
    }
    std::size_t kept = 0;
    for (auto const match : scratch.matches)
        if (auto const more = open.score(match.product)) scratch.matches[kept++] = {match.product, match.score + *more};
    scratch.matches.resize(kept);
}

}  // namespace

void match_text(TextIndex const& index, std::string_view text, std::size_t product_count, MatchScratch& scratch) {
    scratch.matches.clear();
    if (scratch.slots.size() < product_count) scratch.slots.resize(product_count);
    auto const words = words_of(text);
    std::vector<std::uint32_t> terms;
    for (auto const& word : words.whole) {
        auto const term = index.find(word);
        if (!term) return;
        terms.push_back(*term);
    }
    std::ranges::sort(terms, {}, [&](std::uint32_t term) { return index.postings(term).size(); });
    for (std::size_t i = 0; i < terms.size(); ++i) {
        if (i == 0) seed(index, terms[i], scratch.matches);
        else intersect(index, terms[i], scratch.matches);
    }
    if (!words.open.empty() && (terms.empty() || !scratch.matches.empty())) match_open(index, words, scratch);
}

}  // namespace b2a::catalog
