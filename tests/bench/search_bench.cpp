// SPDX-License-Identifier: Apache-2.0
// Search over a synthetic catalog of 20,000 products × 5 variants (B2A_BENCH_PRODUCTS and B2A_BENCH_VARIANTS change
// that). Each benchmark prints its rate and the 50th and 99th percentile of one query in microseconds.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include <benchmark/benchmark.h>

#include "b2a/base/assert.hpp"

#include "bench/bench_shop.hpp"
#include "support/synthetic_catalog.hpp"

namespace {

using namespace b2a;  // NOLINT
using catalog::SearchQuery;
using Microseconds = std::chrono::duration<double, std::micro>;

long resident_mib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::strtol(line.c_str() + 6, nullptr, 10) / 1024;
    return 0;
}

std::shared_ptr<catalog::Snapshot const> const& snapshot() {
    static auto const built = [] {
        auto const spec = bench::spec_from_environment();
        auto const before = resident_mib();
        auto data = test::synthetic_catalog(spec);
        auto const with_data = resident_mib();
        auto const stock = test::declared_stock(data);
        auto const start = std::chrono::steady_clock::now();
        auto result = catalog::Snapshot::build(std::move(data), stock);
        Microseconds const took = std::chrono::steady_clock::now() - start;
        std::cerr << "variants " << result->variant_count() << ", build " << took.count() / 1'000 << " ms, VmRSS "
                  << before << " MiB at start, " << with_data << " with the data, " << resident_mib()
                  << " with the snapshot\n";
        return result;
    }();
    return built;
}

SearchQuery text_query(std::string text) {
    SearchQuery query;
    query.text = std::move(text);
    return query;
}

std::string word(std::size_t rank) {
    return test::synthetic_words()[rank];
}

/// One query of a shape that personal agents send; `n` varies the values.
SearchQuery mixed_query(test::SeededRandom& random) {
    static std::vector<std::string> const kinds{"hoodie", "jacket", "dress", "sneakers", "granola", "pasta"};
    static std::vector<std::string> const colors{"black", "navy", "red", "green"};
    static std::vector<std::string> const sizes{"S", "M", "L", "XL"};
    SearchQuery query;
    query.currency = *Currency::parse("USD");
    switch (random.below(10)) {
        case 0: return text_query(random.pick(kinds));
        case 1: return text_query("organic " + random.pick(kinds));
        case 2: return text_query(word(random.below(20)));
        case 3: return text_query(word(1'000 + random.below(4'000)));
        case 4: return text_query(random.pick(kinds).substr(0, 2 + random.below(3)));
        case 5:
            query.categories = {"Men/Tops"};
            query.sizes = {random.pick(sizes)};
            query.colors = {random.pick(colors)};
            break;
        case 6:
            query.text = random.pick(kinds);
            query.sizes = {random.pick(sizes)};
            query.price_max_minor = static_cast<std::int64_t>(2'000 + random.below(10'000));
            query.availability = catalog::Availability::in_stock;
            break;
        case 7:
            query.categories = {"Food"};
            query.avoid = {domain::Allergen::peanuts, domain::Allergen::milk};
            break;
        case 8:
            query.attributes.push_back({"material", {"cotton", "wool"}, {}, {}});
            query.attributes.push_back({"weight", {}, 100'000, 500'000});
            query.availability = catalog::Availability::in_stock;
            break;
        default:
            query.text = "soft " + word(20 + random.below(10));
            query.price_min_minor = 1'000;
            query.price_max_minor = static_cast<std::int64_t>(5'000 + random.below(10'000));
            query.colors = {random.pick(colors), random.pick(colors)};
            break;
    }
    return query;
}

void run(benchmark::State& state, std::vector<SearchQuery> const& queries) {
    auto const& shop = snapshot();
    bench::Times times(1'000'000);
    std::uint64_t found = 0;
    std::size_t at = 0;
    for (auto _ : state) {
        auto result = times.measure([&] { return shop->search(queries[at++ % queries.size()]); });
        B2A_ASSERT(result.ok());
        found += result->total;
        benchmark::DoNotOptimize(result);
    }
    times.report(state);
    state.counters["hits"] = static_cast<double>(found) / static_cast<double>(times.size());
    state.SetItemsProcessed(static_cast<std::int64_t>(times.size()));
}

void mix(benchmark::State& state) {
    test::SeededRandom random(7);
    std::vector<SearchQuery> queries;
    for (int i = 0; i < 2'000; ++i) queries.push_back(mixed_query(random));
    run(state, queries);
}
BENCHMARK(mix);

void everything(benchmark::State& state) {
    run(state, {SearchQuery{}});
}
BENCHMARK(everything);

void frequent_word(benchmark::State& state) {
    run(state, {text_query("the")});
}
BENCHMARK(frequent_word);

void medium_word(benchmark::State& state) {
    run(state, {text_query("hoodie")});
}
BENCHMARK(medium_word);

void two_words(benchmark::State& state) {
    run(state, {text_query("organic hoodie")});
}
BENCHMARK(two_words);

void two_frequent_words(benchmark::State& state) {
    run(state, {text_query("the and")});
}
BENCHMARK(two_frequent_words);

void prefix_of_two(benchmark::State& state) {
    run(state, {text_query("so")});
}
BENCHMARK(prefix_of_two);

void sku(benchmark::State& state) {
    run(state, {text_query("SKU1234-2")});
}
BENCHMARK(sku);

/// Every SKU begins like this: the widest prefix there is.
void prefix_of_all_skus(benchmark::State& state) {
    run(state, {text_query("sku")});
}
BENCHMARK(prefix_of_all_skus);

void typed_filters(benchmark::State& state) {
    SearchQuery query;
    query.categories = {"Men"};
    query.sizes = {"M", "L"};
    query.colors = {"black"};
    query.availability = catalog::Availability::in_stock;
    run(state, {query});
}
BENCHMARK(typed_filters);

void wide_price_range(benchmark::State& state) {
    SearchQuery query;
    query.currency = *Currency::parse("EUR");
    query.price_min_minor = 1'000;
    query.price_max_minor = 15'000;
    run(state, {query});
}
BENCHMARK(wide_price_range);

void allergens_strict(benchmark::State& state) {
    SearchQuery query;
    query.avoid = {domain::Allergen::peanuts, domain::Allergen::milk, domain::Allergen::gluten};
    run(state, {query});
}
BENCHMARK(allergens_strict);

template <class Find>
void look_up(benchmark::State& state, std::vector<std::string> const& ids, Find&& find) {
    test::SeededRandom random(3);
    std::vector<std::string> order;  // copies, so that only the look-up itself misses the cache
    for (std::size_t i = 0; i < 65'536; ++i) order.push_back(ids[random.below(ids.size())]);
    std::size_t at = 0;
    for (auto _ : state) benchmark::DoNotOptimize(find(order[at++ % order.size()]));
    state.SetItemsProcessed(static_cast<std::int64_t>(at));
}

void product_by_id(benchmark::State& state) {
    std::vector<std::string> ids;
    for (auto const& product : snapshot()->data().products) ids.push_back(product.id);
    look_up(state, ids, [](std::string_view id) { return snapshot()->find_product(id); });
}
BENCHMARK(product_by_id);

void variant_by_id(benchmark::State& state) {
    std::vector<std::string> ids;
    for (auto const& product : snapshot()->data().products)
        for (auto const& variant : product.variants) ids.push_back(variant.id);
    look_up(state, ids, [](std::string_view id) { return snapshot()->find_variant(id); });
}
BENCHMARK(variant_by_id);

void set_stock(benchmark::State& state) {
    std::int64_t level = 0;
    for (auto _ : state) snapshot()->set_stock("v-0000042-01", level++ % 2);
}
BENCHMARK(set_stock);

void build(benchmark::State& state) {
    auto const& shop = snapshot();
    auto const stock = test::declared_stock(shop->data());
    for (auto _ : state) {
        state.PauseTiming();
        auto data = shop->data();
        state.ResumeTiming();
        auto built = catalog::Snapshot::build(std::move(data), stock);
        state.PauseTiming();
        built.reset();
        state.ResumeTiming();
    }
}
BENCHMARK(build)->Unit(benchmark::kMillisecond)->Iterations(5);

}  // namespace

BENCHMARK_MAIN();
