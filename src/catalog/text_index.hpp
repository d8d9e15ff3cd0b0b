// SPDX-License-Identifier: Apache-2.0
// Inverted index over products for BM25 (k1 = 1.2, b = 0.75). The part of the score that depends on the document is
// computed at build time in thousandths, so that a query adds integers only and every machine ranks alike.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/domain/product.hpp"

namespace b2a::catalog {

/// Occurrences count as many times in the title, and in what describes the product or its variants in a word.
inline constexpr std::uint32_t title_weight = 4;
inline constexpr std::uint32_t label_weight = 2;
inline constexpr std::uint32_t description_weight = 1;
/// The parts of a product that are read, with their weights, as the builder adds them.
struct TextField {
    std::string_view name;
    std::uint32_t weight;
};
inline constexpr TextField title_field{"title", title_weight};
inline constexpr TextField brand_field{"brand", label_weight};
inline constexpr TextField categories_field{"categories", label_weight};
inline constexpr TextField tags_field{"tags", label_weight};
inline constexpr TextField attributes_field{"attributes", label_weight};
inline constexpr TextField variants_field{"variants", label_weight};
inline constexpr TextField description_field{"description", description_weight};
inline constexpr TextField ingredients_field{"ingredients", description_weight};
inline constexpr std::array text_fields{title_field,      brand_field,    categories_field,  tags_field,
                                        attributes_field, variants_field, description_field, ingredients_field};
inline constexpr std::uint32_t impact_max = 2'200;  // (k1 + 1) in thousandths, never reached

/// Terms by their rank in byte order, so that a prefix is a range of terms and one slice of postings.
struct TermRange {
    std::uint32_t first = 0;
    std::uint32_t end = 0;
    [[nodiscard]] bool empty() const noexcept { return first == end; }
};

class TextIndex {
  public:
    struct Postings {
        std::span<std::uint32_t const> products;  // ascending within one term
        std::span<std::uint16_t const> impacts;   // in thousandths, 1 … impact_max
        [[nodiscard]] std::size_t size() const noexcept { return products.size(); }
    };

    TextIndex() = default;
    explicit TextIndex(std::vector<domain::Product> const& products);

    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view term) const noexcept;
    [[nodiscard]] TermRange with_prefix(std::string_view prefix) const noexcept;
    [[nodiscard]] Postings postings(TermRange range) const noexcept;
    [[nodiscard]] Postings postings(std::uint32_t term) const noexcept { return postings({term, term + 1}); }
    /// Rarity of a term that `documents` contain, in thousandths: ln(1 + (N − n + 0.5) / (n + 0.5)), at least 1.
    [[nodiscard]] std::uint32_t rarity(std::size_t documents) const noexcept;
    [[nodiscard]] std::size_t term_count() const noexcept { return text_ends_.size(); }

  private:
    friend class TextIndexBuilder;
    [[nodiscard]] std::string_view term(std::uint32_t rank) const noexcept;
    [[nodiscard]] std::uint32_t lower_bound(std::string_view text) const noexcept;

    std::string text_;                         // all terms in byte order
    std::vector<std::uint32_t> text_ends_;     // by term
    std::vector<std::uint32_t> posting_ends_;  // by term
    std::vector<std::uint32_t> products_;
    std::vector<std::uint16_t> impacts_;
    std::size_t product_count_ = 0;
};

/// Thousandths of the natural logarithm of a / b, for a ≥ b ≥ 1 and a < 2^32.
std::uint32_t ln_milli(std::uint64_t a, std::uint64_t b) noexcept;

}  // namespace b2a::catalog
