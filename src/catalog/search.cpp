// SPDX-License-Identifier: Apache-2.0
// Filters narrow a set of variants, text gives scored products; a product is a hit if it has a variant left. The order
// is total (score, then product id), so a page is whatever follows the last hit of the page before.
#include <algorithm>

#include "b2a/base/text.hpp"

#include "catalog/cursor.hpp"
#include "catalog/index.hpp"
#include "catalog/text_match.hpp"
#include "catalog/variant_filter.hpp"

namespace b2a::catalog {
namespace {

struct Scratch {
    FilterScratch filter;
    Words answering, folded, above;
    MatchScratch text;
    std::vector<Match> page, tier;
};

Scratch& scratch_of_thread() {
    thread_local Scratch scratch;
    return scratch;
}

/// Where the page starts: after all hits with a better score, and after products below `product` with an equal one.
struct Start {
    std::uint32_t score = ~std::uint32_t{0};
    std::uint32_t product = 0;
};

/// The hits come in tiers, each ordered for itself: with demands that are only reported, what answers them comes first.
struct Place {
    bool in_second_tier = false;
    Start start;
};

/// In a cursor the tier stands above the score.
constexpr std::int64_t first_tier = std::int64_t{1} << 32;

bool has_tiers(SearchQuery const& query) {
    return query.demand_mode == DemandMode::report && !query.demands.empty();
}

Result<Place> place_of(Index const& index, SearchQuery const& query, std::uint64_t query_fingerprint) {
    if (query.cursor.empty()) return Place{};
    B2A_TRY(cursor, decode_cursor(query.cursor));
    bool const above = has_tiers(query) && cursor.score >= first_tier;
    auto const score = cursor.score - (above ? first_tier : 0);
    if (cursor.fingerprint != query_fingerprint || score < 0 || score >= first_tier)
        return Error(Code::invalid_request, "The cursor is not one of this search.", "/cursor");
    auto const& products = index.data.products;
    auto const next = std::ranges::upper_bound(products, cursor.product_id, {}, &domain::Product::id);
    Start const start{static_cast<std::uint32_t>(score), static_cast<std::uint32_t>(next - products.begin())};
    return Place{has_tiers(query) && !above, start};
}

bool is_by_text(SearchQuery const& query) {
    return !trim(query.text).empty();
}

bool better(Match const& a, Match const& b) noexcept {
    return a.score != b.score ? a.score > b.score : a.product < b.product;
}

/// One tier: products with a variant in `accepted` and none in `above`, which is empty for the first one.
struct Tier {
    WordView accepted;
    WordView above;
    Start start;
};

/// All matches with text: the best `wanted` from the start on are left in scratch.tier, in order.
std::uint64_t rank_matches(Index const& index, Tier const& tier, std::size_t wanted, Scratch& scratch) {
    auto& page = scratch.tier;
    std::uint64_t total = 0;
    for (auto const match : scratch.text.matches) {
        auto const variants = index.variants_of(match.product);
        if (!any_in(tier.accepted, variants) || (!tier.above.empty() && any_in(tier.above, variants))) continue;
        ++total;
        if (wanted == 0 || better(match, {tier.start.product, tier.start.score})) continue;
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
std::uint64_t list_matches(Index const& index, Tier const& tier, std::size_t wanted, Scratch& scratch) {
    scratch.folded.resize(tier.accepted.size());
    fold_to_last(tier.accepted, index.last_variants, scratch.folded);
    if (!tier.above.empty()) {
        scratch.above.resize(tier.above.size());
        fold_to_last(tier.above, index.last_variants, scratch.above);
        for (std::size_t i = 0; i < scratch.folded.size(); ++i) scratch.folded[i] &= ~scratch.above[i];
    }
    auto& page = scratch.tier;
    auto const first = index.first_variants[tier.start.product];
    auto const end = static_cast<std::uint32_t>(index.variant_count());
    auto const take = [&](std::uint32_t variant) { page.push_back({index.variants[variant].product, 0}); };
    for (auto at = first; at < end && page.size() < wanted;) {
        auto const stop = std::min(end, (at / 64 + 1) * 64);
        for_each_in(scratch.folded, {at, stop - at}, take);
        at = stop;
    }
    if (page.size() > wanted) page.resize(wanted);
    return count_bits(scratch.folded);
}

/// Appends up to `wanted` hits of a tier to scratch.page; how many hits the tier has.
std::uint64_t add_tier(Index const& index, SearchQuery const& query, Tier const& tier, std::size_t wanted,
                       Scratch& scratch) {
    scratch.tier.clear();
    auto const total =
        is_by_text(query) ? rank_matches(index, tier, wanted, scratch) : list_matches(index, tier, wanted, scratch);
    scratch.page.insert(scratch.page.end(), scratch.tier.begin(), scratch.tier.end());
    return total;
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

void narrow(Index const& index, SearchQuery const& query, WordSpan accepted, Words& values) {
    for (auto const& demand : query.demands) keep(index, demand, accepted, values);
}

/// Fills scratch.page; how many of it are of the first tier.
std::size_t page_through(Index const& index, SearchQuery const& query, Place const& place, std::size_t wanted,
                         Scratch& scratch, SearchResult& result) {
    auto const passing = filter_variants(index, query, scratch.filter);
    if (is_by_text(query)) match_text(index.text, query.text, index.data.products.size(), scratch.text);
    if (!has_tiers(query)) {
        narrow(index, query, passing, scratch.filter.values);
        result.total = result.answering = add_tier(index, query, {passing, {}, place.start}, wanted, scratch);
        return scratch.page.size();
    }
    scratch.answering.assign(passing.begin(), passing.end());
    narrow(index, query, scratch.answering, scratch.filter.values);
    auto const in_first = place.in_second_tier ? 0 : wanted;
    result.answering = add_tier(index, query, {scratch.answering, {}, place.start}, in_first, scratch);
    auto const answering = scratch.page.size();
    Tier const second{passing, scratch.answering, place.in_second_tier ? place.start : Start{}};
    result.total = result.answering + add_tier(index, query, second, wanted - answering, scratch);
    return answering;
}

}  // namespace

Result<SearchResult> search(Index const& index, SearchQuery const& query) {
    B2A_CHECK(check(query));
    auto const query_fingerprint = fingerprint(query);
    B2A_TRY(place, place_of(index, query, query_fingerprint));
    auto const limit = query.limit == 0 ? limits::page_size_default : std::min(query.limit, limits::page_size_max);

    auto& scratch = scratch_of_thread();
    scratch.page.clear();
    SearchResult result;
    result.ranking = ranking_of(is_by_text(query));
    auto const answering = page_through(index, query, place, limit + 1, scratch, result);
    auto const shown = std::min(limit, scratch.page.size());
    result.hits.reserve(shown);
    for (std::size_t i = 0; i < shown; ++i) {
        bool const is_first = !has_tiers(query) || i < answering;
        auto const& variants = has_tiers(query) && is_first ? scratch.answering : scratch.filter.accepted;
        result.hits.push_back(make_hit(index, query, variants, scratch.page[i]));
        result.hits.back().answers = is_first;
    }
    if (scratch.page.size() > limit) {
        auto const last = scratch.page[limit - 1];
        auto const tier = has_tiers(query) && limit <= answering ? first_tier : 0;
        result.next_cursor =
            encode({query_fingerprint, index.data.revision, last.score + tier, index.data.products[last.product].id});
    }
    return result;
}

}  // namespace b2a::catalog
