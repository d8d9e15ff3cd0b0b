// SPDX-License-Identifier: Apache-2.0
// The product graph of a synthetic catalog of 20,000 products × 5 variants (B2A_BENCH_PRODUCTS and B2A_BENCH_VARIANTS
// change that), with garments, colours and stated edges: walks to depth 3 from one product, the time that building the
// snapshot takes, and what it and the graph keep in memory. Prints the 50th and 99th percentile in microseconds.
#include <chrono>

#include <benchmark/benchmark.h>
#include <malloc.h>

#include "b2a/base/assert.hpp"
#include "b2a/catalog/graph.hpp"
#include "b2a/catalog/traverse.hpp"

#include "bench/bench_shop.hpp"
#include "catalog/index.hpp"
#include "support/synthetic_catalog.hpp"

namespace {

using namespace b2a;  // NOLINT
using Microseconds = std::chrono::duration<double, std::micro>;

catalog::CatalogData a_catalog() {
    static constexpr std::string_view garments[]{"top", "trousers", "shoes", "outerwear", "dress", "hat"};
    static constexpr std::string_view audiences[]{"women", "men", "unisex"};
    auto data = test::synthetic_catalog(bench::spec_from_environment());
    test::SeededRandom random(7);
    for (auto& product : data.products) {
        if (!product.food) {
            product.attributes.push_back({"garment", std::string(garments[random.below(std::size(garments))])});
            product.attributes.push_back({"audience", std::string(audiences[random.below(std::size(audiences))])});
            product.categories.push_back("Collections/" + std::to_string(random.below(200)));
        }
        for (std::size_t i = 0; i < 4; ++i)
            product.edges.push_back({domain::EdgeType::cross_sell, random.pick(data.products).id, "file:links.csv"});
    }
    return data;
}

std::size_t allocated() {
    return ::mallinfo2().uordblks + ::mallinfo2().hblkhd;
}

struct Built {
    std::shared_ptr<catalog::Snapshot const> snapshot;
    std::size_t bytes = 0;
    double graph_ms = 0;
};

Built const& built() {
    static auto const one = [] {
        Built out;
        auto const before = allocated();
        auto data = a_catalog();
        auto const stock = test::declared_stock(data);
        out.snapshot = catalog::Snapshot::build(std::move(data), stock);
        out.bytes = allocated() - before;
        catalog::Index const index(a_catalog());
        auto const start = std::chrono::steady_clock::now();
        catalog::Graph const graph(index);
        out.graph_ms = Microseconds(std::chrono::steady_clock::now() - start).count() / 1'000;
        B2A_ASSERT(graph.edge_count() == out.snapshot->graph().edge_count());
        return out;
    }();
    return one;
}

void depth_three(benchmark::State& state) {
    auto const& shop = *built().snapshot;
    auto const& graph = shop.graph();
    test::SeededRandom random(11);
    std::vector<catalog::TraverseQuery> queries(64);
    for (auto& query : queries) {
        query.start = {{catalog::NodeType::product, random.pick(shop.data().products).id}};
        query.depth = 3;
        query.limit = limits::page_size_max;
        query.direction = state.range(0) == 0 ? catalog::Direction::out : catalog::Direction::both;
    }
    bench::Times times;
    std::size_t work = 0;
    for (auto _ : state) {
        auto result = times.measure([&] { return catalog::traverse(shop, queries[times.size() % queries.size()]); });
        B2A_ASSERT(result.ok());
        work += result->work;
        benchmark::DoNotOptimize(result);
    }
    auto const variants = static_cast<double>(shop.variant_count());
    times.report(state);
    state.counters["work"] = static_cast<double>(work) / static_cast<double>(times.size());
    state.counters["edges"] = static_cast<double>(graph.edge_count());
    state.counters["build_ms"] = built().graph_ms;
    state.counters["graph_bytes"] = static_cast<double>(graph.memory_bytes()) / variants;
    state.counters["snapshot_bytes"] = static_cast<double>(built().bytes) / variants;
}
BENCHMARK(depth_three)->ArgName("both")->Arg(0)->Arg(1);

}  // namespace

BENCHMARK_MAIN();
