// SPDX-License-Identifier: Apache-2.0
// What the benchmarks of the catalog share: how large the synthetic shop is, a size chart for its brands, and the times
// of single questions with their percentiles.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "b2a/domain/size.hpp"

#include "support/synthetic_catalog.hpp"

namespace b2a::bench {

inline std::size_t from_environment(char const* name, std::size_t fallback) {
    auto const* text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : fallback;
}

/// 20,000 products × 5 variants, unless B2A_BENCH_PRODUCTS and B2A_BENCH_VARIANTS say otherwise.
inline test::SyntheticSpec spec_from_environment() {
    test::SyntheticSpec spec;
    spec.products = from_environment("B2A_BENCH_PRODUCTS", spec.products);
    spec.variants_per_product = from_environment("B2A_BENCH_VARIANTS", spec.variants_per_product);
    return spec;
}

inline std::vector<std::string> const size_labels{"XS", "S", "M", "L", "XL"};

/// For women, a row for each of size_labels, 40 mm apart, the first from `chest_from` on.
inline domain::SizeChart chart_of(std::string const& brand, domain::Garment garment, std::int32_t chest_from) {
    using domain::Measurement;
    domain::SizeChart chart;
    chart.id = brand + '-' + std::string(to_text(garment));
    chart.brand = brand;
    chart.garment = garment;
    chart.audience = domain::Audience::women;
    for (auto const& label : size_labels) {
        chart.rows.push_back({label,
                              {},
                              {{Measurement::chest, chest_from, chest_from + 39},
                               {Measurement::waist, chest_from - 180, chest_from - 141},
                               {Measurement::hip, chest_from + 80, chest_from + 119}}});
        chest_from += 40;
    }
    return chart;
}

/// Times of single runs, in microseconds.
class Times {
  public:
    explicit Times(std::size_t room = 0) { times_.reserve(room); }

    template <class Ask>
    auto measure(Ask&& ask) {
        auto const start = std::chrono::steady_clock::now();
        auto answer = ask();
        std::chrono::duration<double, std::micro> const took = std::chrono::steady_clock::now() - start;
        times_.push_back(took.count());
        return answer;
    }
    [[nodiscard]] std::size_t size() const noexcept { return times_.size(); }
    /// Once all are measured.
    void report(benchmark::State& state) {
        std::ranges::sort(times_);
        state.counters["p50_us"] = times_[times_.size() / 2];
        state.counters["p99_us"] = times_[times_.size() * 99 / 100];
    }

  private:
    std::vector<double> times_;
};

}  // namespace b2a::bench
