// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/limiter.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

namespace b2a::service {
namespace {

using namespace std::chrono_literals;
constexpr Timestamp start{std::chrono::microseconds{1'800'000'000'000'000}};

TEST(Limiter, AllowsTheAllowanceAndSaysHowLongToWait) {
    Limiter limiter;
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(limiter.count("l", "a", 10, 60s, start)) << i;
    EXPECT_EQ(limiter.count("l", "a", 10, 60s, start), 6s);
    EXPECT_EQ(limiter.count("l", "a", 10, 60s, start + 5s), 1s);
    EXPECT_FALSE(limiter.count("l", "a", 10, 60s, start + 6s));
    EXPECT_TRUE(limiter.count("l", "a", 10, 60s, start + 6s));
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(limiter.count("l", "a", 10, 60s, start + 10min)) << i;
}

TEST(Limiter, CountsCallersAndLimitsApart) {
    Limiter limiter;
    EXPECT_FALSE(limiter.count("l", "a", 1, 60s, start));
    EXPECT_TRUE(limiter.count("l", "a", 1, 60s, start));
    EXPECT_FALSE(limiter.count("l", "b", 1, 60s, start));
    EXPECT_FALSE(limiter.count("m", "a", 1, 60s, start));
}

TEST(Limiter, AnAllowanceOfNothingAllowsNothing) {
    Limiter limiter;
    EXPECT_EQ(limiter.count("l", "a", 0, 60s, start), 60s);
}

TEST(Limiter, AClockSetBackLocksNobodyOutForLong) {
    Limiter limiter;
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(limiter.count("l", "a", 5, 60s, start + 24h));
    EXPECT_EQ(limiter.count("l", "a", 5, 60s, start), 12s);
    EXPECT_FALSE(limiter.count("l", "a", 5, 60s, start + 12h));
}

TEST(Limiter, RemembersABoundedNumberOfCallers) {
    Limiter limiter;
    for (std::size_t i = 0; i < 2 * limits::rate_limit_callers_max; ++i)
        EXPECT_FALSE(limiter.count("l", std::to_string(i), 10, 60s, start));
    EXPECT_LE(limiter.size(), limits::rate_limit_callers_max);
    EXPECT_GE(limiter.size(), limits::rate_limit_callers_max / 2);
}

TEST(Limiter, ABusyCallerIsRememberedThroughAFlood) {
    Limiter limiter;
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(limiter.count("l", "busy", 10, 60s, start));
    for (std::size_t i = 0; i < 2 * limits::rate_limit_callers_max; ++i)
        EXPECT_FALSE(limiter.count("l", std::to_string(i), 10, 60s, start));
    EXPECT_TRUE(limiter.count("l", "busy", 10, 60s, start));
}

TEST(Limiter, ForgetsWhoseAllowanceIsWholeFirst) {
    Limiter limiter;
    for (std::size_t i = 0; i < limits::rate_limit_callers_max; ++i)
        EXPECT_FALSE(limiter.count("l", std::to_string(i), 10, 60s, start));
    for (std::size_t i = 0; i < 20'000; ++i)
        EXPECT_FALSE(limiter.count("l", "n" + std::to_string(i), 10, 60s, start + 1h));
    EXPECT_LE(limiter.size(), 40'000U);
}

TEST(Limiter, HoldsOverThreads) {
    Limiter limiter;
    std::atomic<int> passed{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i)
                if (!limiter.count("l", "a", 500, 60s, start)) ++passed;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(passed, 500);
}

}  // namespace
}  // namespace b2a::service
