// SPDX-License-Identifier: Apache-2.0
// A search as a value: what every protocol's search becomes, and what comes back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "b2a/base/limits.hpp"
#include "b2a/base/money.hpp"
#include "b2a/domain/food.hpp"

namespace b2a::catalog {

/// Attribute or option values of one name are OR-ed; different filters are AND-ed, and so are the values and the range
/// of one filter. Names and text values match without regard to ASCII case. A number also has a text, "12.5 kg". A
/// range compares in the attribute's own unit, with digits beyond thousandths cut off. All of a variant's filters must
/// hold for the same variant; what is true of a product is true of each of its variants.
struct AttributeFilter {
    std::string name;
    std::vector<std::string> any_of;        // text or "true"/"false"
    std::optional<std::int64_t> min_milli;  // numeric attributes, thousandths of the unit
    std::optional<std::int64_t> max_milli;
};

enum class Availability : std::uint8_t { any, in_stock };
/// What to do with products that may or do contain an allergen to avoid. `strict` keeps only free_from; `known` drops
/// contains and may_contain but keeps unknown (and says so); `report` drops nothing and says the verdict per product.
enum class AllergenMode : std::uint8_t { strict, known, report };

/// What must be known to hold of a variant, as something that an index can answer. Shopping makes them of a need
/// (shopping/assess.hpp), which alone knows why; what is unknown is in none of the sets.
namespace demand {
struct Avoid {
    domain::Allergen allergen = domain::Allergen::gluten;
    bool accept_traces = false;
};
struct Keep {
    domain::Diet diet = domain::Diet::vegan;
};
struct Size {
    std::vector<std::uint32_t> classes;  // of Snapshot::size_classes(); what is no matter of size passes
};
struct Values {
    struct Value {
        std::string attribute;
        std::string value;
    };
    std::vector<Value> any_of;
};
struct Price {
    std::int64_t max_minor = 0;
    Currency currency;
};
struct Stock {
    std::int64_t quantity = 1;  // of something that is for sale
};
struct Delivery {
    std::optional<Currency> currency;  // with a price in it
    bool physical = false;             // else only what is digital passes
};
}  // namespace demand
using Demand = std::variant<demand::Avoid, demand::Keep, demand::Size, demand::Values, demand::Price, demand::Stock,
                            demand::Delivery>;

/// `strict` finds only what answers all demands; `report` finds all that passes the filters, what answers them first.
enum class DemandMode : std::uint8_t { strict, report };

struct SearchQuery {
    // All words must match, there is no fallback to some of them; from two characters on, the last also matches as the
    // beginning of a word. Singular and plural are one, case and diacritics do not matter. Ranked by BM25, the title
    // first and whole words before longer ones. A text without any word, like "!?", finds nothing.
    std::string text;
    std::vector<std::string> categories;  // OR-ed; matches a path, a path prefix or the name of a segment
    std::vector<std::string> brands;      // OR-ed
    std::vector<std::string> sizes;       // option or attribute "size", OR-ed
    std::vector<std::string> colors;      // option or attribute "color"
    std::vector<AttributeFilter> attributes;
    std::optional<std::int64_t> price_min_minor;  // in `currency`; a variant without a price in it is none
    std::optional<std::int64_t> price_max_minor;
    Currency currency;  // of the price filter and of the prices shown
    Availability availability = Availability::any;
    std::vector<domain::Allergen> avoid;
    AllergenMode allergen_mode = AllergenMode::strict;
    std::vector<Demand> demands;  // AND-ed
    DemandMode demand_mode = DemandMode::strict;
    std::uint64_t demands_fingerprint = 0;  // of what they were made of, which outlives a revision; 0 without any
    std::string cursor;                     // opaque, from a previous answer of the same query
    std::size_t limit = limits::page_size_default;  // at most limits::page_size_max
};

struct AllergenVerdict {
    domain::Allergen allergen;
    domain::AllergenStatus status;
};

struct Hit {
    std::uint32_t product_index = 0;
    std::vector<std::uint32_t> variants;     // global indexes of the variants that satisfy the filters, in order
    std::int64_t score = 0;                  // disclosed; thousandths of BM25, 0 without text
    std::vector<AllergenVerdict> allergens;  // one per query.avoid, in its order
    bool answers = true;                     // a variant answers all demands; `variants` are those that do
};

/// How the hits were ordered, said by the code that orders them (UCPD 2005/29/EC, Art. 7(4a)). A search has no place
/// for who asks or who pays: neither is part of a query, so the last two are constants.
struct Ranking {
    enum class Order : std::uint8_t { relevance, catalog };
    struct Parameter {
        std::string_view name;     // "title": what of a product is compared with the words asked for
        std::uint32_t weight = 0;  // an occurrence there counts as many times
    };
    Order order = Order::catalog;
    std::vector<Parameter> parameters;  // the most important first
    std::string_view tie_break = "product_id_ascending";
    static constexpr bool personalised = false;
    static constexpr bool sponsored = false;
};

struct SearchResult {
    std::vector<Hit> hits;
    std::string next_cursor;      // empty: this was the last page
    std::uint64_t total = 0;      // all matches
    std::uint64_t answering = 0;  // those of them that answer all demands
    Ranking ranking;
};

/// How many products a query would find without some of its demands.
struct Relaxation {
    std::vector<std::size_t> without;  // indexes into SearchQuery::demands, ascending
    std::uint64_t total = 0;
};

struct RelaxationResult {
    std::uint64_t candidates = 0;          // products that pass everything but the demands
    std::vector<std::uint64_t> excluding;  // by demand: how many candidates have no variant that answers it
    std::vector<Relaxation> without;       // one demand each, where that helps; else the pairs that do
};

}  // namespace b2a::catalog
