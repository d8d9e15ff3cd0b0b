// SPDX-License-Identifier: Apache-2.0
// Which variants have a given brand, category, attribute value, number or price. Everything is in variant space: what
// is true of a product is true of each of its (consecutive) variants, stored as one run.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/domain/product.hpp"

#include "catalog/bits.hpp"
#include "catalog/hash_index.hpp"

namespace b2a::catalog {

struct NumberRange {
    std::int64_t min = std::numeric_limits<std::int64_t>::min();
    std::int64_t max = std::numeric_limits<std::int64_t>::max();  // inclusive
};

/// Numbers in ascending order with the variants that have them.
class NumberIndex {
  public:
    void add(std::int64_t value, Run run) { entries_.push_back({value, run}); }
    void finish();
    void collect(NumberRange range, WordSpan into) const;

  private:
    struct Entry {
        std::int64_t value;
        Run run;
    };
    std::vector<Entry> entries_;
};

/// Prices of one currency, one per variant. Between sorted entries stand complete sets of everything before them, so
/// that a wide range costs the difference of two sets and not its length.
class PriceIndex {
  public:
    explicit PriceIndex(Currency currency) : currency_(currency) {}
    [[nodiscard]] Currency currency() const noexcept { return currency_; }
    void add(std::int64_t minor, std::uint32_t variant) { entries_.push_back({minor, variant}); }
    void finish(std::size_t variants);
    void collect(NumberRange range, WordSpan into) const;

  private:
    struct Entry {
        std::int64_t minor;
        std::uint32_t variant;
    };
    void toggle_below(std::size_t end, WordSpan into) const;

    Currency currency_;
    std::vector<Entry> entries_;
    std::size_t step_ = 1;
    Words below_;  // for each multiple of step_: the set of the entries before it
};

class FacetIndex {
  public:
    void add_product(domain::Product const& product, std::uint32_t first_variant);
    void finish(std::size_t variants);

    // Each adds the variants that match to a set. `value` and `name` match without regard to ASCII case.
    void collect_brand(std::string_view value, WordSpan into) const;
    void collect_category(std::string_view value, WordSpan into) const;
    void collect_attribute(std::string_view name, std::string_view value, WordSpan into) const;
    /// The texts that an attribute or option has, in lower case and in ascending order.
    [[nodiscard]] std::vector<std::string_view> values_of(std::string_view name) const;
    void collect_numbers(std::string_view name, NumberRange range, WordSpan into) const;
    void collect_prices(Currency currency, NumberRange range, WordSpan into) const;

  private:
    struct Assignment {
        std::uint32_t facet;
        Run run;
    };
    struct Facet {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;       // of runs_
        std::uint32_t dense = none;  // first word in dense_, instead of runs
        static constexpr std::uint32_t none = ~std::uint32_t{0};
    };

    void add_category(std::string_view path, Run run);
    void add_attribute(domain::Attribute const& attribute, Run run);
    void add_prices(domain::Variant const& variant, std::uint32_t index);
    void assign(std::string_view key, Run run) { assignments_.push_back({keys_.intern(key), run}); }
    void collect(std::string_view key, WordSpan into) const;
    void make_dense(std::size_t variants);

    StringPool keys_;
    std::vector<Assignment> assignments_;        // while building
    std::vector<std::uint32_t> attribute_keys_;  // in the order of their texts
    std::vector<Facet> facets_;                  // by key
    std::vector<Run> runs_;
    Words dense_;
    std::size_t words_ = 0;
    StringPool number_names_;
    std::vector<NumberIndex> numbers_;  // by name
    std::vector<PriceIndex> prices_;
    std::string key_;  // reused while building
};

/// The number in thousandths; digits beyond are cut off, what does not fit is clamped.
std::int64_t to_milli(domain::Quantity const& quantity) noexcept;
/// "12.5 kg": the shortest decimal, and the unit if there is one.
std::string to_label(domain::Quantity const& quantity);

}  // namespace b2a::catalog
