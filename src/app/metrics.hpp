// SPDX-License-Identifier: Apache-2.0
// Counters and their Prometheus text form. Recording is a few relaxed atomic adds; the text is made on demand.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace b2a::app {

class Metrics {
  public:
    static constexpr std::array<std::int64_t, 12> bucket_us{50,   100,    250,    500,     1000,    2500,
                                                            5000, 10'000, 25'000, 100'000, 500'000, 2'500'000};
    struct Operation {
        std::array<std::atomic<std::uint64_t>, 6> by_class{};  // index: status / 100
        std::array<std::atomic<std::uint64_t>, bucket_us.size() + 1> by_duration{};
        std::atomic<std::uint64_t> duration_us{0};
        std::atomic<std::uint64_t> bytes_out{0};
    };

    /// The counters of one operation; the reference stays valid. `name` must outlive the metrics (route names do).
    Operation& operation(std::string_view name);
    static void record(Operation& operation, int status, std::chrono::nanoseconds duration, std::size_t bytes_out);

    /// Appends the request metrics in exposition format 0.0.4.
    void render(std::string& out) const;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Operation>, std::less<>> operations_;
};

/// One "# HELP/# TYPE/value" group.
void render_metric(std::string& out, std::string_view name, std::string_view type, std::string_view help,
                   std::uint64_t value, std::string_view labels = {});

}  // namespace b2a::app
