// SPDX-License-Identifier: Apache-2.0
// Sizes for one person over three brands in a synthetic catalog of 20,000 products × 5 variants (B2A_BENCH_PRODUCTS and
// B2A_BENCH_VARIANTS change that): a tenth are those brands' swimsuits. Prints the 50th and 99th percentile of one
// question in microseconds.
#include <algorithm>
#include <chrono>
#include <cstdlib>

#include <benchmark/benchmark.h>

#include "b2a/base/assert.hpp"
#include "b2a/catalog/fit.hpp"

#include "support/synthetic_catalog.hpp"

namespace {

using namespace b2a;  // NOLINT
using domain::Measurement;
using Microseconds = std::chrono::duration<double, std::micro>;

std::vector<std::string> const labels{"XS", "S", "M", "L", "XL"};
std::vector<std::string> const brands{"Sea", "Sun", "Sand", "Wood"};

domain::SizeChart chart_of(std::string const& brand, std::int32_t chest_from) {
    domain::SizeChart chart;
    chart.id = brand + "-swimsuits";
    chart.brand = brand;
    chart.garment = domain::Garment::swimsuit;
    chart.audience = domain::Audience::women;
    for (auto const& label : labels) {
        chart.rows.push_back({label,
                              {},
                              {{Measurement::chest, chest_from, chest_from + 39},
                               {Measurement::waist, chest_from - 180, chest_from - 141},
                               {Measurement::hip, chest_from + 80, chest_from + 119}}});
        chest_from += 40;
    }
    return chart;
}

std::size_t from_environment(char const* name, std::size_t fallback) {
    auto const* text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : fallback;
}

/// Every variant comes in a size; a tenth of the products are of the three brands that are asked for.
std::shared_ptr<catalog::Snapshot const> const& snapshot() {
    static auto const built = [] {
        test::SyntheticSpec spec;
        spec.products = from_environment("B2A_BENCH_PRODUCTS", spec.products);
        spec.variants_per_product = from_environment("B2A_BENCH_VARIANTS", spec.variants_per_product);
        auto data = test::synthetic_catalog(spec);
        for (std::size_t i = 0; i < brands.size(); ++i)
            data.size_charts.push_back(chart_of(brands[i], 800 + 5 * static_cast<std::int32_t>(i)));
        for (std::size_t p = 0; p < data.products.size(); ++p) {
            auto& product = data.products[p];
            product.brand = p % 10 == 0 ? brands[p / 10 % 3] : brands.back();
            product.attributes.push_back({"garment", std::string("swimsuit")});
            product.attributes.push_back({"audience", std::string("women")});
            for (std::size_t v = 0; v < product.variants.size(); ++v)
                product.variants[v].options = {{"size", labels[v % labels.size()]}};
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
    std::vector<double> times;
    std::uint64_t compared = 0;
    for (auto _ : state) {
        auto const start = std::chrono::steady_clock::now();
        auto result = shop->fit(queries[times.size() % queries.size()]);
        Microseconds const took = std::chrono::steady_clock::now() - start;
        B2A_ASSERT(result.ok());
        compared += result->total;
        benchmark::DoNotOptimize(result);
        times.push_back(took.count());
    }
    std::ranges::sort(times);
    state.counters["p50_us"] = times[times.size() / 2];
    state.counters["p99_us"] = times[times.size() * 99 / 100];
    state.counters["sizes"] = static_cast<double>(compared) / static_cast<double>(times.size());
}
BENCHMARK(three_brands);

}  // namespace

BENCHMARK_MAIN();
