// SPDX-License-Identifier: Apache-2.0
// A search as a value: what every protocol's search becomes, and what comes back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "b2a/base/limits.hpp"
#include "b2a/base/money.hpp"
#include "b2a/domain/food.hpp"

namespace b2a::catalog {

/// Attribute or option values of one name are OR-ed; different filters are AND-ed. Names and text values match without
/// regard to ASCII case. A number range compares in the attribute's own unit.
struct AttributeFilter {
    std::string name;
    std::vector<std::string> any_of;           // text or "true"/"false"
    std::optional<std::int64_t> min_milli;     // numeric attributes, thousandths of the unit
    std::optional<std::int64_t> max_milli;
};

enum class Availability : std::uint8_t { any, in_stock };
/// What to do with products that may or do contain an allergen to avoid. `strict` keeps only free_from; `known` drops
/// contains and may_contain but keeps unknown (and says so); `report` drops nothing and says the verdict per product.
enum class AllergenMode : std::uint8_t { strict, known, report };

struct SearchQuery {
    std::string text;                            // all words must match (prefix match on the last), ranked by BM25
    std::vector<std::string> categories;         // OR-ed; matches a path, a path prefix or a path's last segment
    std::vector<std::string> brands;             // OR-ed
    std::vector<std::string> sizes;              // option or attribute "size", OR-ed
    std::vector<std::string> colors;             // option or attribute "color"
    std::vector<AttributeFilter> attributes;
    std::optional<std::int64_t> price_min_minor;  // in `currency`
    std::optional<std::int64_t> price_max_minor;
    Currency currency;                           // of the price filter and of the prices shown
    Availability availability = Availability::any;
    std::vector<domain::Allergen> avoid;
    AllergenMode allergen_mode = AllergenMode::strict;
    std::string cursor;                          // opaque, from a previous answer of the same query
    std::size_t limit = limits::page_size_default;
};

struct AllergenVerdict {
    domain::Allergen allergen;
    domain::AllergenStatus status;
};

struct Hit {
    std::uint32_t product_index = 0;
    std::vector<std::uint32_t> variants;      // global indexes of the variants that satisfy the filters, in order
    std::int64_t score = 0;                   // disclosed; thousandths of BM25, 0 without text
    std::vector<AllergenVerdict> allergens;   // one per query.avoid, in its order
};

struct SearchResult {
    std::vector<Hit> hits;
    std::string next_cursor;        // empty: this was the last page
    std::uint64_t total = 0;        // all matches
};

}  // namespace b2a::catalog
