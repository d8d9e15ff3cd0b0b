// SPDX-License-Identifier: Apache-2.0
// search() against the plain reference over random catalogs and queries, page by page.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/synthetic_catalog.hpp"
#include "unit/catalog/reference_search.hpp"
#include "unit/catalog/shop.hpp"

namespace b2a::catalog {
namespace {

using test::SeededRandom;
using Texts = std::vector<std::string>;

// Few words, so that they meet: prefixes of each other, plurals, other scripts.
Texts const vocabulary{"red",  "reds", "redder", "hood", "hoodie", "hoodies", "ho",      "h",  "blue",
                       "café", "cafe", "größe",  "東京", "京",     "dress",   "dresses", "x1", "x12"};
Texts const paths{"Men", "Men/Tops", "Men/Tops/Hoodies", "Men/Topspin", "Women/Tops", "Sale", "Food/Snacks"};
Texts const queried_paths{"men", "Tops", "Men/Tops", "women/tops", "Hoodies", "Topspin", "Tops/Hoodies", "none"};
Texts const brands{"Acme", "acme", "Öko", "Bolt", ""};
Texts const labels{"S", "M", "l", "Red", "blue", "12.5 kg", "true"};
Texts const names{"size", "Color", "material", "weight"};

std::string some_words(SeededRandom& random, std::size_t most) {
    std::string text;
    for (std::size_t i = 0, count = random.below(most + 1); i < count; ++i) text += random.pick(vocabulary) + " ";
    return text;
}

domain::Attribute some_attribute(SeededRandom& random) {
    auto const& name = random.pick(names);
    switch (random.below(3)) {
        case 0: return {name, random.pick(labels)};
        case 1: return {name, random.one_in(2)};
        default: break;
    }
    auto const tenths = static_cast<std::int64_t>(random.below(40)) - 10;
    return {name, domain::Quantity{tenths, 1, random.one_in(2) ? "kg" : ""}};
}

domain::Variant some_variant(SeededRandom& random, std::string id) {
    domain::Variant variant;
    variant.id = std::move(id);
    variant.sku = random.pick(vocabulary);
    for (std::size_t i = 0, count = random.below(3); i < count; ++i)
        variant.options.push_back({random.pick(names), random.pick(labels)});
    if (random.one_in(3)) variant.attributes.push_back(some_attribute(random));
    for (std::size_t i = 0, count = random.below(4); i < count; ++i) {
        Money const price{static_cast<std::int64_t>(random.below(10)), random.one_in(2) ? test::usd : test::eur};
        variant.offers.push_back({price, price});
    }
    return variant;
}

std::shared_ptr<Snapshot const> some_shop(SeededRandom& random) {
    std::vector<domain::Product> products;
    StockLevels stock;
    for (std::size_t p = 0, count = random.below(120); p < count; ++p) {
        auto product = test::a_product("p" + std::to_string(p), some_words(random, 4));
        product.brand = random.pick(brands);
        product.description = some_words(random, 12);
        for (std::size_t i = 0, n = random.below(3); i < n; ++i) product.categories.push_back(random.pick(paths));
        for (std::size_t i = 0, n = random.below(3); i < n; ++i) product.attributes.push_back(some_attribute(random));
        if (random.one_in(2)) {
            product.food.emplace();
            for (std::size_t a = 0; a < 4; ++a)
                product.food->allergens.set(static_cast<domain::Allergen>(a),
                                            static_cast<domain::AllergenStatus>(random.below(4)));
            if (random.one_in(3)) product.food->allergens.mark_complete();
        }
        product.variants.clear();
        auto const variants = random.one_in(20) ? 100 : 1 + random.below(6);
        for (std::size_t v = 0; v < variants; ++v) {
            product.variants.push_back(some_variant(random, product.id + "-" + std::to_string(v)));
            if (random.one_in(2)) stock[product.variants.back().id] = static_cast<std::int64_t>(random.below(3)) - 1;
        }
        products.push_back(std::move(product));
    }
    return test::a_shop(std::move(products), stock);
}

AttributeFilter some_filter(SeededRandom& random) {
    AttributeFilter filter;
    filter.name = random.pick(names);
    if (random.one_in(2)) filter.any_of = {random.pick(labels), random.pick(labels)};
    if (random.one_in(2)) filter.min_milli = static_cast<std::int64_t>(random.below(2'000)) - 1'000;
    if (filter.any_of.empty() || random.one_in(2))
        filter.max_milli = filter.min_milli.value_or(0) + static_cast<std::int64_t>(random.below(2'000));
    return filter;
}

SearchQuery some_query(SeededRandom& random) {
    SearchQuery query;
    if (random.one_in(2)) query.text = some_words(random, 3);
    if (random.one_in(3)) query.text += random.pick(vocabulary).substr(0, 2);
    if (random.one_in(4)) query.categories = {random.pick(queried_paths)};
    if (random.one_in(6)) query.categories.push_back(random.pick(queried_paths));
    if (random.one_in(5)) query.brands = {"ACME", "none"};
    if (random.one_in(6)) query.sizes = {random.pick(labels), random.pick(labels)};
    if (random.one_in(6)) query.colors = {random.pick(labels)};
    if (random.one_in(4)) query.attributes.push_back(some_filter(random));
    if (random.one_in(4)) {
        query.currency = random.one_in(2) ? test::usd : test::eur;
        if (random.one_in(2)) query.price_min_minor = static_cast<std::int64_t>(random.below(8));
        if (random.one_in(2))
            query.price_max_minor = query.price_min_minor.value_or(0) + static_cast<std::int64_t>(random.below(6));
    }
    if (random.one_in(3)) query.availability = Availability::in_stock;
    for (std::size_t i = 0; random.one_in(3) && i < 3; ++i)
        query.avoid.push_back(static_cast<domain::Allergen>(random.below(6)));
    query.allergen_mode = static_cast<AllergenMode>(random.below(3));
    query.limit = 1 + random.below(20);
    return query;
}

/// All pages, one after the other; each says the same total.
std::vector<Hit> all_pages(Snapshot const& shop, SearchQuery query, std::uint64_t expected_total) {
    std::vector<Hit> hits;
    for (;;) {
        auto const page = shop.search(query);
        RC_ASSERT(page.ok());
        RC_ASSERT(page->total == expected_total);
        RC_ASSERT(page->hits.size() <= query.limit);
        hits.insert(hits.end(), page->hits.begin(), page->hits.end());
        if (page->next_cursor.empty()) return hits;
        RC_ASSERT(page->hits.size() == query.limit);
        RC_ASSERT(hits.size() < expected_total);
        query.cursor = page->next_cursor;
    }
}

void check_hit(Hit const& hit, test::ReferenceHit const& expected) {
    RC_ASSERT(hit.product_index == expected.product_index);
    RC_ASSERT(hit.variants == expected.variants);
    RC_ASSERT(hit.allergens.size() == expected.allergens.size());
    for (std::size_t i = 0; i < hit.allergens.size(); ++i) RC_ASSERT(hit.allergens[i].status == expected.allergens[i]);
    // Integers lose up to a thousandth of rarity × 2.2 and of impact × rarity for each word.
    auto const tolerance = 40 + expected.score / 50;
    RC_ASSERT(static_cast<double>(hit.score) >= expected.score - tolerance);
    RC_ASSERT(static_cast<double>(hit.score) <= expected.score + tolerance);
}

RC_GTEST_PROP(SearchProperty, AnswersLikeTheReferenceAndPagesVisitEachHitOnce, (std::uint64_t seed)) {
    SeededRandom random(seed);
    auto const shop = some_shop(random);
    for (int i = 0; i < 30; ++i) {
        auto const query = some_query(random);
        auto const expected = test::reference_search(*shop, query);
        auto hits = all_pages(*shop, query, expected.size());
        RC_ASSERT(hits.size() == expected.size());
        auto const in_order = [](Hit const& a, Hit const& b) {
            return a.score != b.score ? a.score > b.score : a.product_index < b.product_index;
        };
        RC_ASSERT(std::ranges::is_sorted(hits, in_order));
        std::ranges::sort(hits, {}, &Hit::product_index);
        for (std::size_t h = 0; h < hits.size(); ++h) check_hit(hits[h], expected[h]);
    }
}

RC_GTEST_PROP(SearchProperty, EqualQuestionsGetEqualAnswers, (std::uint64_t seed)) {
    SeededRandom random(seed);
    auto const state = random.next();
    SeededRandom first_random(state);
    SeededRandom second_random(state);
    auto const first = some_shop(first_random);
    auto const second = some_shop(second_random);
    for (int i = 0; i < 10; ++i) {
        auto const query = some_query(random);
        auto const a = first->search(query);
        auto const b = second->search(query);
        RC_ASSERT(a->next_cursor == b->next_cursor);
        RC_ASSERT(a->hits.size() == b->hits.size());
        for (std::size_t h = 0; h < a->hits.size(); ++h) {
            RC_ASSERT(a->hits[h].product_index == b->hits[h].product_index);
            RC_ASSERT(a->hits[h].score == b->hits[h].score);
        }
    }
}

}  // namespace
}  // namespace b2a::catalog
