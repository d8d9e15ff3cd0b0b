// SPDX-License-Identifier: Apache-2.0
// A search for a household in a synthetic catalog of 20,000 products × 5 variants (B2A_BENCH_PRODUCTS and
// B2A_BENCH_VARIANTS change that), where every garment has a size chart and half of the food a label: from the need to
// the page, with the verdicts of its ten hits. Prints the 50th and 99th percentile of one question in microseconds.
#include <chrono>

#include <benchmark/benchmark.h>

#include "b2a/base/assert.hpp"
#include "b2a/shopping/assess.hpp"

#include "bench/bench_shop.hpp"
#include "support/synthetic_catalog.hpp"

namespace {

using namespace b2a;  // NOLINT
using domain::Measurement;

Timestamp const now = *from_rfc3339("2026-11-30T12:00:00Z");
std::vector<std::string> const brands{"Sea", "Sun", "Sand", "Wood", "Moor", "Hill", "Lake", "Isle"};

void dress(domain::Product& product, std::size_t p) {
    product.brand = brands[p % brands.size()];
    product.attributes.push_back({"garment", std::string(p % 2 == 0 ? "dress" : "top")});
    product.attributes.push_back({"audience", std::string("women")});
    product.attributes.push_back({"occasion", std::string(p % 3 == 0 ? "evening" : "office")});
    for (std::size_t v = 0; v < product.variants.size(); ++v)
        product.variants[v].options.push_back({"size", bench::size_labels[v % bench::size_labels.size()]});
}

std::shared_ptr<catalog::Snapshot const> const& snapshot() {
    static auto const built = [] {
        auto data = test::synthetic_catalog(bench::spec_from_environment());
        for (std::size_t i = 0; i < brands.size(); ++i)
            for (auto const garment : {domain::Garment::dress, domain::Garment::top})
                data.size_charts.push_back(bench::chart_of(brands[i], garment, 800 + 5 * static_cast<std::int32_t>(i)));
        for (std::size_t p = 0; p < data.products.size(); ++p) {
            auto& product = data.products[p];
            if (!product.food) dress(product, p);
            else if (p % 2 == 0) product.attributes.push_back({"vegan", p % 4 == 0});
        }
        domain::ShippingMethod post;
        post.id = "post";
        post.prices = {{500, *Currency::parse("USD")}};
        post.days_max = 5;
        data.shipping = {post};
        auto const stock = test::declared_stock(data);
        return catalog::Snapshot::build(std::move(data), stock);
    }();
    return built;
}

struct Question {
    catalog::SearchQuery query;
    shopping::Need need;
};

shopping::Member any_member(test::SeededRandom& random, std::string id) {
    shopping::Member member;
    member.id = std::move(id);
    auto const chest = static_cast<std::int64_t>(820 + random.below(160));
    auto const known = member.body.measure(Measurement::chest, chest).ok() &&
                       member.body.measure(Measurement::waist, chest - 170).ok() &&
                       member.body.measure(Measurement::hip, chest + 90).ok();
    B2A_ASSERT(known);
    member.audience = domain::Audience::women;
    member.avoid = {domain::Allergen::peanuts, domain::Allergen::milk};
    return member;
}

std::vector<Question> questions() {
    static std::vector<std::string> const kinds{"hoodie", "jacket", "dress", "granola", "pasta"};
    std::vector<Question> out;
    test::SeededRandom random(13);
    for (int i = 0; i < 512; ++i) {
        auto& [query, need] = out.emplace_back();
        need.currency = query.currency = *Currency::parse("USD");
        need.members = {any_member(random, "anna")};
        need.price_max_minor = static_cast<std::int64_t>(3'000 + random.below(15'000));
        need.ship_to = shopping::Destination{"US", "", ""};
        need.needed_by = std::chrono::year(2026) / 12 / 20;
        if (random.below(2) == 0) query.text = random.pick(kinds);
        switch (random.below(4)) {
            case 0: need.occasions = {"Evening"}; break;
            case 1: need.colors = {"blue", "black"}; break;
            case 2: need.diets = {domain::Diet::vegan}; break;
            default: need.members.push_back(any_member(random, "ben")); break;
        }
        if (random.below(4) == 0) query.demand_mode = catalog::DemandMode::report;
    }
    return out;
}

std::uint64_t ask(catalog::Snapshot const& shop, Question const& question) {
    auto const assessor = shopping::Assessor::prepare(shop, question.need, now);
    B2A_ASSERT(assessor.ok());
    auto query = question.query;
    query.demands = assessor->demands();
    query.demands_fingerprint = shopping::fingerprint(question.need);
    auto const result = shop.search(query);
    B2A_ASSERT(result.ok());
    for (auto const& hit : result->hits) benchmark::DoNotOptimize(assessor->verdicts(hit.variants.front()));
    if (result->answering == 0) benchmark::DoNotOptimize(shop.relax(query));
    return result->answering;
}

void constrained(benchmark::State& state) {
    auto const& shop = snapshot();
    auto const asked = questions();
    bench::Times times(1'000'000);
    std::uint64_t found = 0;
    for (auto _ : state) {
        found += times.measure([&] { return ask(*shop, asked[times.size() % asked.size()]); });
    }
    times.report(state);
    state.counters["hits"] = static_cast<double>(found) / static_cast<double>(times.size());
    state.SetItemsProcessed(static_cast<std::int64_t>(times.size()));
}
BENCHMARK(constrained);

}  // namespace

BENCHMARK_MAIN();
