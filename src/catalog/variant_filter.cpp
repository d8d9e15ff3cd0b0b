// SPDX-License-Identifier: Apache-2.0
#include "catalog/variant_filter.hpp"

#include <algorithm>
#include <bit>

#include "b2a/base/text.hpp"

namespace b2a::catalog {
namespace {

/// The intersection of all filters so far.
class VariantFilter {
  public:
    VariantFilter(FilterScratch& scratch, std::size_t variants) : scratch_(scratch), variants_(variants) {}

    /// `collect(WordSpan)` adds the variants that pass one filter to an empty set.
    template <class Collect>
    void keep(Collect&& collect) {
        auto& target = narrowed_ ? scratch_.values : scratch_.accepted;
        target.assign(words_for(variants_), 0);
        collect(WordSpan(target));
        if (narrowed_) keep_words(target);
        narrowed_ = true;
    }
    /// `values` OR-ed, unless there are none.
    template <class Collect>
    void keep_any(std::vector<std::string> const& values, Collect&& collect) {
        if (values.empty()) return;
        keep([&](WordSpan into) {
            for (auto const& value : values) collect(value, into);
        });
    }
    void keep_words(WordView words) {
        auto const into = accepted();
        for (std::size_t i = 0; i < into.size(); ++i) into[i] &= words[i];
    }
    void drop_words(WordView words) {
        auto const into = accepted();
        for (std::size_t i = 0; i < into.size(); ++i) into[i] &= ~words[i];
    }
    [[nodiscard]] WordSpan accepted() {
        if (!narrowed_) {
            scratch_.accepted.assign(words_for(variants_), 0);
            set_run(scratch_.accepted, {0, static_cast<std::uint32_t>(variants_)});
            narrowed_ = true;
        }
        return scratch_.accepted;
    }

  private:
    FilterScratch& scratch_;
    std::size_t variants_;
    bool narrowed_ = false;
};

Result<void> check(std::vector<std::string> const& values, char const* pointer) {
    if (values.size() <= limits::search_filters_max) return {};
    return Error(Code::invalid_request, "Too many values in one filter.", pointer);
}

Result<void> check(AttributeFilter const& filter, std::size_t index) {
    auto const pointer = "/attributes/" + std::to_string(index);
    B2A_CHECK(check(filter.any_of, (pointer + "/any_of").c_str()));
    if (trim(filter.name).empty())
        return Error(Code::unprocessable, "An attribute filter needs a name.", pointer + "/name");
    if (filter.any_of.empty() && !filter.min_milli && !filter.max_milli)
        return Error(Code::unprocessable, "An attribute filter needs values or a range.", pointer);
    if (filter.min_milli && filter.max_milli && *filter.min_milli > *filter.max_milli)
        return Error(Code::unprocessable, "The range is empty: min is above max.", pointer + "/min");
    return {};
}

NumberRange range_of(std::optional<std::int64_t> min, std::optional<std::int64_t> max) {
    NumberRange range;
    return {min.value_or(range.min), max.value_or(range.max)};
}

void keep_attribute(VariantFilter& filter, FacetIndex const& facets, AttributeFilter const& wanted) {
    filter.keep_any(wanted.any_of, [&](std::string const& value, WordSpan into) {
        facets.collect_attribute(wanted.name, value, into);
    });
    if (wanted.min_milli || wanted.max_milli)
        filter.keep([&](WordSpan into) {
            facets.collect_numbers(wanted.name, range_of(wanted.min_milli, wanted.max_milli), into);
        });
}

void keep_safe(VariantFilter& filter, Index const& index, SearchQuery const& query) {
    for (auto const allergen : query.avoid) {
        auto const a = static_cast<std::size_t>(allergen);
        switch (query.allergen_mode) {
            case AllergenMode::strict: filter.keep_words(index.free_from[a]); break;
            case AllergenMode::known: filter.drop_words(index.not_free_from[a]); break;
            case AllergenMode::report: break;
        }
    }
}

// --- Demands ----------------------------------------------------------------------------------------------------

/// Narrows a set in place, one demand after the other.
class Narrowing {
  public:
    Narrowing(Index const& index, WordSpan accepted, Words& values) :
        index_(index), accepted_(accepted), values_(values) {}

    void operator()(demand::Avoid const& avoid) const {
        auto const& needs = index_.needs;
        keep_or_worn(avoid.accept_traces ? needs.at_most_traces(avoid.allergen) : needs.free_from(avoid.allergen));
    }
    void operator()(demand::Keep const& diet) const { keep_or_worn(index_.needs.suits(diet.diet)); }
    void operator()(demand::Size const& size) const {
        auto const sized = index_.sizes.sized();
        values_.resize(sized.size());
        std::ranges::transform(sized, values_.begin(), [](std::uint64_t word) { return ~word; });
        for (auto const each : size.classes) index_.sizes.collect(each, values_);
        keep_words(values_);
    }
    void operator()(demand::Values const& wanted) const {
        values_.assign(accepted_.size(), 0);
        for (auto const& [attribute, value] : wanted.any_of) index_.facets.collect_attribute(attribute, value, values_);
        keep_words(values_);
    }
    void operator()(demand::Price const& price) const {
        keep_prices(price.currency, range_of(std::nullopt, price.max_minor));
    }
    void operator()(demand::Stock const& stock) const {
        index_.stock.keep_available(accepted_);
        keep_words(index_.needs.for_sale());
        if (stock.quantity <= 1) return;
        for (std::size_t i = 0; i < accepted_.size(); ++i)
            for (auto rest = accepted_[i]; rest != 0; rest &= rest - 1) {
                auto const variant =
                    static_cast<std::uint32_t>(i * 64) + static_cast<std::uint32_t>(std::countr_zero(rest));
                if (index_.stock.quantity(variant).value_or(stock.quantity) < stock.quantity)
                    accepted_[i] &= ~(rest & -rest);
            }
    }
    void operator()(demand::Delivery const& delivery) const {
        if (delivery.currency) keep_prices(*delivery.currency, {});
        if (!delivery.physical) keep_words(index_.needs.digital());
    }

  private:
    void keep_words(WordView words) const {
        for (std::size_t i = 0; i < accepted_.size(); ++i) accepted_[i] &= words[i];
    }
    void keep_or_worn(WordView words) const {
        auto const worn = index_.needs.worn();
        for (std::size_t i = 0; i < accepted_.size(); ++i) accepted_[i] &= words[i] | worn[i];
    }
    void keep_prices(Currency currency, NumberRange range) const {
        values_.assign(accepted_.size(), 0);
        index_.facets.collect_prices(currency, range, values_);
        keep_words(values_);
    }

    Index const& index_;
    WordSpan accepted_;
    Words& values_;
};

}  // namespace

Result<void> check(SearchQuery const& query) {
    if (query.text.size() > limits::text_query_bytes_max)
        return Error(Code::invalid_request, "The text is too long.", "/text");
    B2A_CHECK(check(query.categories, "/categories"));
    B2A_CHECK(check(query.brands, "/brands"));
    B2A_CHECK(check(query.sizes, "/sizes"));
    B2A_CHECK(check(query.colors, "/colors"));
    if (query.attributes.size() > limits::search_filters_max)
        return Error(Code::invalid_request, "Too many attribute filters.", "/attributes");
    for (std::size_t i = 0; i < query.attributes.size(); ++i) B2A_CHECK(check(query.attributes[i], i));
    if (query.avoid.size() > domain::allergen_count)
        return Error(Code::invalid_request, "More allergens than there are.", "/avoid");
    for (auto const allergen : query.avoid)
        if (static_cast<std::size_t>(allergen) >= domain::allergen_count)
            return Error(Code::unprocessable, "Not an allergen.", "/avoid");
    if (!query.price_min_minor && !query.price_max_minor) return {};
    if (query.currency == Currency{})
        return Error(Code::unprocessable, "A price filter needs a currency.", "/price/currency");
    if (query.price_min_minor.value_or(0) > query.price_max_minor.value_or(query.price_min_minor.value_or(0)))
        return Error(Code::unprocessable, "The price range is empty: min is above max.", "/price/min");
    return {};
}

WordSpan filter_variants(Index const& index, SearchQuery const& query, FilterScratch& scratch) {
    auto const& facets = index.facets;
    VariantFilter filter(scratch, index.variant_count());
    filter.keep_any(query.categories, [&](auto const& v, WordSpan into) { facets.collect_category(v, into); });
    filter.keep_any(query.brands, [&](auto const& v, WordSpan into) { facets.collect_brand(v, into); });
    filter.keep_any(query.sizes, [&](auto const& v, WordSpan into) { facets.collect_attribute("size", v, into); });
    filter.keep_any(query.colors, [&](auto const& v, WordSpan into) { facets.collect_attribute("color", v, into); });
    for (auto const& wanted : query.attributes) keep_attribute(filter, facets, wanted);
    if (query.price_min_minor || query.price_max_minor)
        filter.keep([&](WordSpan into) {
            facets.collect_prices(query.currency, range_of(query.price_min_minor, query.price_max_minor), into);
        });
    keep_safe(filter, index, query);
    if (query.availability == Availability::in_stock) index.stock.keep_available(filter.accepted());
    return filter.accepted();
}

void keep(Index const& index, Demand const& demand, WordSpan accepted, Words& values) {
    std::visit(Narrowing(index, accepted, values), demand);
}

}  // namespace b2a::catalog
