// SPDX-License-Identifier: Apache-2.0
#include "app/metrics.hpp"

#include <gtest/gtest.h>

namespace b2a::app {
namespace {

using namespace std::chrono_literals;

TEST(Metrics, CountsByOperationClassAndDuration) {
    Metrics metrics;
    auto& search = metrics.operation("native.search");
    EXPECT_EQ(&search, &metrics.operation("native.search"));
    Metrics::record(search, 200, 40us, 1000);
    Metrics::record(search, 200, 60us, 500);
    Metrics::record(search, 404, 10s, 10);
    std::string text;
    metrics.render(text);
    for (auto const* line : {"b2a_requests_total{operation=\"native.search\",status=\"2xx\"} 2\n",
                             "b2a_requests_total{operation=\"native.search\",status=\"4xx\"} 1\n",
                             "b2a_request_duration_seconds_bucket{operation=\"native.search\",le=\"0.000050\"} 1\n",
                             "b2a_request_duration_seconds_bucket{operation=\"native.search\",le=\"0.000100\"} 2\n",
                             "b2a_request_duration_seconds_bucket{operation=\"native.search\",le=\"2.500000\"} 2\n",
                             "b2a_request_duration_seconds_bucket{operation=\"native.search\",le=\"+Inf\"} 3\n",
                             "b2a_request_duration_seconds_sum{operation=\"native.search\"} 10.000100\n",
                             "b2a_request_duration_seconds_count{operation=\"native.search\"} 3\n",
                             "b2a_response_bytes_total{operation=\"native.search\"} 1510\n"})
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
}

TEST(Metrics, SingleValuesCarryHelpAndType) {
    std::string text;
    render_metric(text, "b2a_x", "gauge", "What it is.", 7);
    EXPECT_EQ(text, "# HELP b2a_x What it is.\n# TYPE b2a_x gauge\nb2a_x 7\n");
}

}  // namespace
}  // namespace b2a::app
