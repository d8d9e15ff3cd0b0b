// SPDX-License-Identifier: Apache-2.0
#include "catalog/text_index.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "catalog/hash_index.hpp"
#include "catalog/tokenizer.hpp"

namespace b2a::catalog {

/// Collects the words of one product after the other, then sorts everything by term.
class TextIndexBuilder {
  public:
    explicit TextIndexBuilder(std::size_t products) {
        // More distinct words than most products have: what is not used costs no memory, growing costs page faults.
        occurrences_.reserve(products * 96);
        lengths_.reserve(products);
    }

    void add(domain::Product const& product) {
        ++product_;
        words_ = 0;
        touched_.clear();
        add_words(product.title, title_field.weight);
        add_words(product.brand, brand_field.weight);
        for (auto const& category : product.categories) add_words(category, categories_field.weight);
        for (auto const& tag : product.tags) add_words(tag, tags_field.weight);
        for (auto const& attribute : product.attributes) add_attribute(attribute);
        for (auto const& variant : product.variants) add_variant(variant);
        add_words(product.description, description_field.weight);
        if (product.food) add_words(product.food->ingredients, ingredients_field.weight);

        for (auto const term : touched_) occurrences_.push_back({term, product_ - 1, weights_[term]});
        lengths_.push_back(words_);
    }

    TextIndex finish() && {
        TextIndex index;
        index.product_count_ = product_;
        auto const rank = sort_terms(index);
        std::vector<std::uint32_t> next(pool_.size() + 1);
        for (auto const& occurrence : occurrences_) ++next[rank[occurrence.term] + 1];
        std::partial_sum(next.begin(), next.end(), next.begin());
        index.posting_ends_.assign(next.begin() + 1, next.end());
        index.products_.resize(occurrences_.size());
        index.impacts_.resize(occurrences_.size());
        auto const norms = length_norms();
        for (auto const& occurrence : occurrences_) {  // in product order, so each term's postings are ascending
            auto const at = next[rank[occurrence.term]]++;
            index.products_[at] = occurrence.product;
            index.impacts_[at] = impact(occurrence.weight, norms[occurrence.product]);
        }
        return index;
    }

  private:
    struct Occurrence {
        std::uint32_t term, product, weight;
    };

    std::uint32_t count_word(std::uint32_t weight) {
        stem(token_);
        auto const term = pool_.intern(token_);
        if (term >= weights_.size()) {
            weights_.push_back(0);
            seen_in_.push_back(0);
            variant_seen_in_.push_back(0);
        }
        if (seen_in_[term] != product_) {
            seen_in_[term] = product_;
            weights_[term] = 0;
            touched_.push_back(term);
        }
        weights_[term] += weight;
        ++words_;
        return term;
    }

    void add_words(std::string_view text, std::uint32_t weight) {
        for (Tokenizer tokens(text); tokens.next(token_);) count_word(weight);
    }

    /// A word of variants counts once per product: twenty sizes in black are not blacker than one.
    void add_variant_words(std::string_view text) {
        for (Tokenizer tokens(text); tokens.next(token_);) {
            stem(token_);
            auto const known = pool_.find(token_);
            if (known && variant_seen_in_[*known] == product_) continue;
            variant_seen_in_[count_word(variants_field.weight)] = product_;
        }
    }

    void add_attribute(domain::Attribute const& attribute) {
        if (auto const* text = std::get_if<std::string>(&attribute.value)) add_words(*text, attributes_field.weight);
    }

    void add_variant(domain::Variant const& variant) {
        add_variant_words(variant.title);
        add_variant_words(variant.sku);
        for (auto const& option : variant.options) add_variant_words(option.label);
        for (auto const& barcode : variant.barcodes) add_variant_words(barcode.value);
        for (auto const& attribute : variant.attributes)
            if (auto const* text = std::get_if<std::string>(&attribute.value)) add_variant_words(*text);
    }

    std::vector<std::uint32_t> sort_terms(TextIndex& index) const {
        std::vector<std::uint32_t> order(pool_.size());
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::sort(order, {}, [this](std::uint32_t term) { return pool_.text(term); });
        std::vector<std::uint32_t> rank(order.size());
        index.text_ends_.reserve(order.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            rank[order[i]] = i;
            index.text_.append(pool_.text(order[i]));
            index.text_ends_.push_back(static_cast<std::uint32_t>(index.text_.size()));
        }
        index.text_.shrink_to_fit();
        return rank;
    }

    /// 1000 × k1 × (1 − b + b × length / mean length)
    [[nodiscard]] std::vector<std::uint64_t> length_norms() const {
        auto const sum = std::accumulate(lengths_.begin(), lengths_.end(), std::uint64_t{0});
        auto const total = std::max<std::uint64_t>(1, sum);
        std::vector<std::uint64_t> norms;
        norms.reserve(lengths_.size());
        for (auto const length : lengths_) norms.push_back(300 + 900 * length * lengths_.size() / total);
        return norms;
    }

    static std::uint16_t impact(std::uint64_t weight, std::uint64_t norm) {
        auto const value = impact_max * weight * 1'000 / (weight * 1'000 + norm);
        return static_cast<std::uint16_t>(std::max<std::uint64_t>(1, value));
    }

    StringPool pool_;
    std::vector<std::uint32_t> weights_, seen_in_, variant_seen_in_;  // by term; the latter hold product_
    std::vector<Occurrence> occurrences_;
    std::vector<std::uint64_t> lengths_;
    std::vector<std::uint32_t> touched_;
    std::string token_;
    std::uint32_t product_ = 0;  // its index + 1
    std::uint64_t words_ = 0;
};

TextIndex::TextIndex(std::vector<domain::Product> const& products) {
    TextIndexBuilder builder(products.size());
    for (auto const& product : products) builder.add(product);
    *this = std::move(builder).finish();
}

std::string_view TextIndex::term(std::uint32_t rank) const noexcept {
    auto const begin = rank == 0 ? 0 : text_ends_[rank - 1];
    return std::string_view(text_).substr(begin, text_ends_[rank] - begin);
}

std::uint32_t TextIndex::lower_bound(std::string_view text) const noexcept {
    std::uint32_t first = 0;
    for (auto count = static_cast<std::uint32_t>(term_count()); count > 0;) {
        auto const half = count / 2;
        if (term(first + half) < text) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

std::optional<std::uint32_t> TextIndex::find(std::string_view text) const noexcept {
    auto const rank = lower_bound(text);
    if (rank == term_count() || term(rank) != text) return std::nullopt;
    return rank;
}

TermRange TextIndex::with_prefix(std::string_view prefix) const noexcept {
    TermRange range{lower_bound(prefix), static_cast<std::uint32_t>(term_count())};
    auto first = range.first;
    for (auto count = range.end - range.first; count > 0;) {
        auto const half = count / 2;
        if (term(first + half).starts_with(prefix)) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    range.end = first;
    return range;
}

TextIndex::Postings TextIndex::postings(TermRange range) const noexcept {
    if (range.empty()) return {};
    auto const begin = range.first == 0 ? 0 : posting_ends_[range.first - 1];
    auto const count = posting_ends_[range.end - 1] - begin;
    return {std::span(products_).subspan(begin, count), std::span(impacts_).subspan(begin, count)};
}

std::uint32_t TextIndex::rarity(std::size_t documents) const noexcept {
    return std::max(1U, ln_milli(2 * product_count_ + 2, 2 * documents + 1));
}

std::uint32_t ln_milli(std::uint64_t a, std::uint64_t b) noexcept {
    // Binary logarithm of a / b with 16 fraction bits, by repeated squaring; then times ln 2.
    auto const ratio = (a << 32U) / b;
    auto const shift = static_cast<unsigned>(std::bit_width(ratio)) - 1;
    auto log2 = static_cast<std::uint64_t>(shift - 32) << 16U;
    auto mantissa = shift >= 31 ? ratio >> (shift - 31) : ratio << (31 - shift);  // [1, 2) with 31 fraction bits
    for (auto bit = std::uint64_t{1} << 15U; bit != 0; bit >>= 1U) {
        mantissa = (mantissa * mantissa) >> 31U;
        if (mantissa >= std::uint64_t{1} << 32U) {
            mantissa >>= 1U;
            log2 |= bit;
        }
    }
    return static_cast<std::uint32_t>(log2 * 693'147 / (65'536 * 1'000));
}

}  // namespace b2a::catalog
