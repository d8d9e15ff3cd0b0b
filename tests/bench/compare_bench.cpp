// SPDX-License-Identifier: Apache-2.0
// Ten items compared for somebody who avoids two allergens, delivered and weighed, in a synthetic catalog of 20,000
// products × 5 variants (B2A_BENCH_PRODUCTS and B2A_BENCH_VARIANTS change that). Prints the 50th and 99th percentile
// of one comparison in microseconds.
#include <algorithm>
#include <chrono>

#include <benchmark/benchmark.h>

#include "b2a/base/assert.hpp"
#include "b2a/shopping/compare.hpp"

#include "bench/bench_shop.hpp"
#include "support/synthetic_catalog.hpp"

namespace {

using namespace b2a;  // NOLINT

Timestamp const now = from_micros(1'800'000'000'000'000);

Currency usd() {
    return *Currency::parse("USD");
}

std::shared_ptr<catalog::Snapshot const> const& snapshot() {
    static auto const built = [] {
        auto data = test::synthetic_catalog(bench::spec_from_environment());
        data.shipping = {{"slow", "Post", "", "", {"US"}, {{500, usd()}}, {}, 3, 5},
                         {"fast", "Courier", "", "", {"US"}, {{1'500, usd()}}, {}, 1, 2}};
        data.taxes = {{"US", "NY", 88'750, "Sales tax"}};
        auto const stock = test::declared_stock(data);
        return catalog::Snapshot::build(std::move(data), stock);
    }();
    return built;
}

void ten_items(benchmark::State& state) {
    auto const& shop = snapshot();
    std::vector<shopping::CompareQuery> queries;
    test::SeededRandom random(5);
    for (int i = 0; i < 64; ++i) {
        auto& query = queries.emplace_back();
        while (query.items.size() < 10) {
            auto const& id = random.pick(shop->data().products).id;
            if (std::ranges::find(query.items, id) == query.items.end()) query.items.push_back(id);
        }
        query.weights = {{"price", 5}, {"delivery", 2}, {"returns", 1}};
        query.need.currency = usd();
        query.need.ship_to = shopping::Destination{"US", "NY", "10012"};
        query.need.avoid = {domain::Allergen::milk, domain::Allergen::nuts};
        query.need.quantity = 2;
    }
    bench::Times times;
    for (auto _ : state) {
        auto result =
            times.measure([&] { return shopping::compare(*shop, queries[times.size() % queries.size()], now); });
        B2A_ASSERT(result.ok());
        benchmark::DoNotOptimize(result);
    }
    times.report(state);
}
BENCHMARK(ten_items);

}  // namespace

BENCHMARK_MAIN();
