// SPDX-License-Identifier: Apache-2.0
// Sizes for one person over three brands in a synthetic catalog of 20,000 products × 5 variants (B2A_BENCH_PRODUCTS and
// B2A_BENCH_VARIANTS change that): a tenth are those brands' swimsuits. Prints the 50th and 99th percentile of one
// question in microseconds.
#include <chrono>

#include <benchmark/benchmark.h>

#include "b2a/base/assert.hpp"
#include "b2a/catalog/fit.hpp"

#include "bench/bench_shop.hpp"
#include "support/synthetic_catalog.hpp"

namespace {

using namespace b2a;  // NOLINT
using domain::Measurement;

std::vector<std::string> const brands{"Sea", "Sun", "Sand", "Wood"};

/// Every variant comes in a size; a tenth of the products are of the three brands that are asked for.
std::shared_ptr<catalog::Snapshot const> const& snapshot() {
    static auto const built = [] {
        auto data = test::synthetic_catalog(bench::spec_from_environment());
        for (std::size_t i = 0; i < brands.size(); ++i)
            data.size_charts.push_back(
                bench::chart_of(brands[i], domain::Garment::swimsuit, 800 + 5 * static_cast<std::int32_t>(i)));
        for (std::size_t p = 0; p < data.products.size(); ++p) {
            auto& product = data.products[p];
            product.brand = p % 10 == 0 ? brands[p / 10 % 3] : brands.back();
            product.attributes.push_back({"garment", std::string("swimsuit")});
            product.attributes.push_back({"audience", std::string("women")});
            for (std::size_t v = 0; v < product.variants.size(); ++v)
                product.variants[v].options = {{"size", bench::size_labels[v % bench::size_labels.size()]}};
        }
        auto const stock = test::declared_stock(data);
        return catalog::Snapshot::build(std::move(data), stock);
    }();
    return built;
}

void three_brands(benchmark::State& state) {
    auto const& shop = snapshot();
    std::vector<catalog::FitQuery> queries;
    test::SeededRandom random(11);
    for (int i = 0; i < 64; ++i) {
        auto& query = queries.emplace_back();
        auto const chest = static_cast<std::int64_t>(800 + random.below(200));
        auto const known = query.body.measure(Measurement::chest, chest).ok() &&
                           query.body.measure(Measurement::waist, chest - 170).ok() &&
                           query.body.measure(Measurement::hip, chest + 90).ok();
        B2A_ASSERT(known);
        query.garment = domain::Garment::swimsuit;
        query.brands = {"Sea", "Sun", "Sand"};
        query.availability = catalog::Availability::in_stock;
    }
    bench::Times times;
    std::uint64_t compared = 0;
    for (auto _ : state) {
        auto result = times.measure([&] { return shop->fit(queries[times.size() % queries.size()]); });
        B2A_ASSERT(result.ok());
        compared += result->total;
        benchmark::DoNotOptimize(result);
    }
    times.report(state);
    state.counters["sizes"] = static_cast<double>(compared) / static_cast<double>(times.size());
}
BENCHMARK(three_brands);

}  // namespace

BENCHMARK_MAIN();
