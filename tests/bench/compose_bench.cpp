// SPDX-License-Identifier: Apache-2.0
// Baskets of five slots over 2,000 variants in a synthetic catalog of 20,000 products × 5 variants (B2A_BENCH_PRODUCTS
// and B2A_BENCH_VARIANTS change that): 400 candidates a slot, edges between them, colours that go together or do not,
// budgets that bind. Prints the 50th and 99th percentile of one question in microseconds, how often it was proven,
// and how far the bound was from the answer.
#include <algorithm>
#include <chrono>

#include <benchmark/benchmark.h>

#include "b2a/base/assert.hpp"
#include "b2a/shopping/compose.hpp"

#include "bench/bench_shop.hpp"
#include "support/synthetic_catalog.hpp"

namespace {

using namespace b2a;  // NOLINT

Currency const usd = *Currency::parse("USD");
constexpr std::size_t slots = 5;
constexpr std::size_t products_per_slot = 80;

/// The first products of the catalog fill the slots; everything that they have is on stock.
std::shared_ptr<catalog::Snapshot const> const& snapshot() {
    static auto const built = [] {
        auto data = test::synthetic_catalog(bench::spec_from_environment());
        data.shipping = {{"post", "Post", {}, {}, {"US"}, {{500, usd}}, {{50'000, usd}}, 1, 4}};
        test::SeededRandom random(5);
        auto const count = std::min(slots * products_per_slot, data.products.size());
        for (std::size_t p = 0; p < count; ++p) {
            auto& product = data.products[p];
            product.categories = {"Look/Slot " + std::to_string(p % slots)};
            product.edges.push_back(
                {domain::EdgeType::goes_with, data.products[random.below(count)].id, "file:edges", 800'000});
        }
        return catalog::Snapshot::build(std::move(data), {});
    }();
    return built;
}

shopping::ComposeQuery a_question(test::SeededRandom& random) {
    shopping::ComposeQuery query;
    for (std::size_t s = 0; s < slots; ++s) {
        auto& slot = query.slots.emplace_back();
        slot.name = std::to_string(s);
        slot.categories = {"Look/Slot " + std::to_string(s)};
        slot.required = s + 1 < slots;
    }
    query.need.currency = usd;
    query.need.budget_max_minor = static_cast<std::int64_t>(15'000 + random.below(60'000));
    query.need.ship_to = shopping::Destination{"US", "NY", "10012"};
    if (random.one_in(4)) query.rules = {{shopping::ComposeRule::Type::same_color, {}, 1, {}, {}}};
    return query;
}

void five_slots(benchmark::State& state) {
    auto const& shop = snapshot();
    auto const now = *from_rfc3339("2026-11-30T12:00:00Z");
    test::SeededRandom random(11);
    std::vector<shopping::ComposeQuery> queries;
    for (int i = 0; i < 64; ++i) queries.push_back(a_question(random));
    bench::Times times;
    std::uint64_t proven = 0;
    std::uint64_t possible = 0;
    std::uint64_t candidates = 0;
    double gap = 0;
    for (auto _ : state) {
        auto result =
            times.measure([&] { return shopping::compose(*shop, queries[times.size() % queries.size()], now); });
        B2A_ASSERT(result.ok());
        proven += result->optimal ? 1 : 0;
        possible += result->best ? 1 : 0;
        if (result->best)
            gap += static_cast<double>(result->bound - result->best->score) / static_cast<double>(result->bound);
        for (auto const& slot : result->slots) candidates += slot.suitable;
        benchmark::DoNotOptimize(result);
    }
    auto const runs = static_cast<double>(times.size());
    times.report(state);
    state.counters["proven"] = static_cast<double>(proven) / runs;
    state.counters["gap"] = gap / runs;
    state.counters["possible"] = static_cast<double>(possible) / runs;
    state.counters["candidates"] = static_cast<double>(candidates) / runs;
}
BENCHMARK(five_slots);

}  // namespace

BENCHMARK_MAIN();
