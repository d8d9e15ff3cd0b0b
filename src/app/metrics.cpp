// SPDX-License-Identifier: Apache-2.0
#include "app/metrics.hpp"

#include <iterator>

#include <fmt/format.h>

namespace b2a::app {

Metrics::Operation& Metrics::operation(std::string_view name) {
    std::scoped_lock const lock(mutex_);
    auto found = operations_.find(name);
    if (found == operations_.end()) found = operations_.emplace(std::string(name), std::make_unique<Operation>()).first;
    return *found->second;
}

void Metrics::record(Operation& operation, int status, std::chrono::nanoseconds duration, std::size_t bytes_out) {
    auto const relaxed = std::memory_order_relaxed;
    auto const micros = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
    std::size_t bucket = 0;
    while (bucket < bucket_us.size() && micros > bucket_us[bucket]) ++bucket;
    operation.by_class[static_cast<std::size_t>(status / 100) % 6].fetch_add(1, relaxed);
    operation.by_duration[bucket].fetch_add(1, relaxed);
    operation.duration_us.fetch_add(static_cast<std::uint64_t>(micros), relaxed);
    operation.bytes_out.fetch_add(bytes_out, relaxed);
}

void Metrics::render(std::string& out) const {
    auto to = std::back_inserter(out);
    std::scoped_lock const lock(mutex_);
    fmt::format_to(to,
                   "# HELP b2a_requests_total Requests answered, by operation and status class.\n"
                   "# TYPE b2a_requests_total counter\n");
    for (auto const& [name, op] : operations_)
        for (std::size_t c = 1; c < op->by_class.size(); ++c)
            if (auto const n = op->by_class[c].load(std::memory_order_relaxed); n > 0)
                fmt::format_to(to, "b2a_requests_total{{operation=\"{}\",status=\"{}xx\"}} {}\n", name, c, n);
    fmt::format_to(to,
                   "# HELP b2a_request_duration_seconds Time from the parsed request to its rendered answer.\n"
                   "# TYPE b2a_request_duration_seconds histogram\n");
    for (auto const& [name, op] : operations_) {
        std::uint64_t sum = 0;
        for (std::size_t b = 0; b < bucket_us.size(); ++b) {
            sum += op->by_duration[b].load(std::memory_order_relaxed);
            fmt::format_to(to, "b2a_request_duration_seconds_bucket{{operation=\"{}\",le=\"{}.{:06}\"}} {}\n", name,
                           bucket_us[b] / 1'000'000, bucket_us[b] % 1'000'000, sum);
        }
        sum += op->by_duration.back().load(std::memory_order_relaxed);
        auto const total = op->duration_us.load(std::memory_order_relaxed);
        fmt::format_to(to,
                       "b2a_request_duration_seconds_bucket{{operation=\"{0}\",le=\"+Inf\"}} {1}\n"
                       "b2a_request_duration_seconds_sum{{operation=\"{0}\"}} {2}.{3:06}\n"
                       "b2a_request_duration_seconds_count{{operation=\"{0}\"}} {1}\n",
                       name, sum, total / 1'000'000, total % 1'000'000);
    }
    fmt::format_to(to,
                   "# HELP b2a_response_bytes_total Bytes sent, by operation.\n"
                   "# TYPE b2a_response_bytes_total counter\n");
    for (auto const& [name, op] : operations_)
        fmt::format_to(to, "b2a_response_bytes_total{{operation=\"{}\"}} {}\n", name,
                       op->bytes_out.load(std::memory_order_relaxed));
}

void render_metric(std::string& out, std::string_view name, std::string_view type, std::string_view help,
                   std::uint64_t value, std::string_view labels) {
    fmt::format_to(std::back_inserter(out), "# HELP {0} {1}\n# TYPE {0} {2}\n{0}{3} {4}\n", name, help, type, labels,
                   value);
}

}  // namespace b2a::app
