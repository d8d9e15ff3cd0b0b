// SPDX-License-Identifier: Apache-2.0
// Filters narrow a set of variants, text gives scored products; a product is a hit if it has a variant left. The order
// is total (score, then product id), so a page is whatever follows the last hit of the page before.
#include <algorithm>

#include "b2a/base/text.hpp"

#include "catalog/cursor.hpp"
#include "catalog/index.hpp"
#include "catalog/text_match.hpp"

namespace b2a::catalog {
namespace {

struct Scratch {
    Words accepted, values, folded;
    MatchScratch text;
    std::vector<Match> page;
};

Scratch& scratch_of_thread() {
    thread_local Scratch scratch;
    return scratch;
}

/// The intersection of all filters so far.
class VariantFilter {
  public:
    VariantFilter(Scratch& scratch, std::size_t variants) : scratch_(scratch), variants_(variants) {}

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
    Scratch& scratch_;
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

WordView filter_variants(Index const& index, SearchQuery const& query, Scratch& scratch) {
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

/// Where the page starts: after all hits with a better score, and after products below `product` with an equal one.
struct Start {
    std::uint32_t score = ~std::uint32_t{0};
    std::uint32_t product = 0;
};

Result<Start> start_of(Index const& index, SearchQuery const& query, std::uint64_t query_fingerprint) {
    if (query.cursor.empty()) return Start{};
    B2A_TRY(cursor, decode_cursor(query.cursor));
    if (cursor.fingerprint != query_fingerprint || cursor.score < 0 || cursor.score > ~std::uint32_t{0})
        return Error(Code::invalid_request, "The cursor is not one of this search.", "/cursor");
    auto const& products = index.data.products;
    auto const next = std::ranges::upper_bound(products, cursor.product_id, {}, &domain::Product::id);
    return Start{static_cast<std::uint32_t>(cursor.score), static_cast<std::uint32_t>(next - products.begin())};
}

bool better(Match const& a, Match const& b) noexcept {
    return a.score != b.score ? a.score > b.score : a.product < b.product;
}

/// All matches with text: the best `wanted` from `start` on are left in scratch.page, in order.
std::uint64_t rank_matches(Index const& index, WordView accepted, Start start, std::size_t wanted, Scratch& scratch) {
    auto& page = scratch.page;
    std::uint64_t total = 0;
    for (auto const match : scratch.text.matches) {
        if (!any_in(accepted, index.variants_of(match.product))) continue;
        ++total;
        if (better(match, {start.product, start.score})) continue;
        if (page.size() == wanted) {
            if (!better(match, page.front())) continue;
            std::ranges::pop_heap(page, better);
            page.back() = match;
        } else {
            page.push_back(match);
        }
        std::ranges::push_heap(page, better);
    }
    std::ranges::sort(page, better);
    return total;
}

/// The same without text, in product order.
std::uint64_t list_matches(Index const& index, WordView accepted, Start start, std::size_t wanted, Scratch& scratch) {
    scratch.folded.resize(accepted.size());
    fold_to_last(accepted, index.last_variants, scratch.folded);
    auto const first = index.first_variants[start.product];
    auto const end = static_cast<std::uint32_t>(index.variant_count());
    auto const take = [&](std::uint32_t variant) { scratch.page.push_back({index.variants[variant].product, 0}); };
    for (auto at = first; at < end && scratch.page.size() < wanted;) {
        auto const stop = std::min(end, (at / 64 + 1) * 64);
        for_each_in(scratch.folded, {at, stop - at}, take);
        at = stop;
    }
    if (scratch.page.size() > wanted) scratch.page.resize(wanted);
    return count_bits(scratch.folded);
}

/// What better() compares: a score that the words of text_fields make, or none.
Ranking ranking_of(bool by_text) {
    Ranking ranking;
    if (!by_text) return ranking;
    ranking.order = Ranking::Order::relevance;
    for (auto const& field : text_fields) ranking.parameters.push_back({field.name, field.weight});
    return ranking;
}

Hit make_hit(Index const& index, SearchQuery const& query, WordView accepted, Match match) {
    Hit hit;
    hit.product_index = match.product;
    hit.score = match.score;
    for_each_in(accepted, index.variants_of(match.product), [&](std::uint32_t v) { hit.variants.push_back(v); });
    auto const& food = index.data.products[match.product].food;
    for (auto const allergen : query.avoid)
        hit.allergens.push_back({allergen, food ? food->allergens.status(allergen) : domain::AllergenStatus::unknown});
    return hit;
}

}  // namespace

Result<SearchResult> search(Index const& index, SearchQuery const& query) {
    B2A_CHECK(check(query));
    auto const query_fingerprint = fingerprint(query);
    B2A_TRY(start, start_of(index, query, query_fingerprint));
    auto const limit = query.limit == 0 ? limits::page_size_default : std::min(query.limit, limits::page_size_max);

    auto& scratch = scratch_of_thread();
    scratch.page.clear();
    auto const accepted = filter_variants(index, query, scratch);
    SearchResult result;
    bool const by_text = !trim(query.text).empty();
    result.ranking = ranking_of(by_text);
    if (!by_text) {
        result.total = list_matches(index, accepted, start, limit + 1, scratch);
    } else {
        match_text(index.text, query.text, index.data.products.size(), scratch.text);
        result.total = rank_matches(index, accepted, start, limit + 1, scratch);
    }
    auto const shown = std::min(limit, scratch.page.size());
    result.hits.reserve(shown);
    for (std::size_t i = 0; i < shown; ++i) result.hits.push_back(make_hit(index, query, accepted, scratch.page[i]));
    if (scratch.page.size() > limit) {
        auto const last = scratch.page[limit - 1];
        result.next_cursor =
            encode({query_fingerprint, index.data.revision, last.score, index.data.products[last.product].id});
    }
    return result;
}

}  // namespace b2a::catalog
