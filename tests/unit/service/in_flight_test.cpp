// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/in_flight.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace b2a::service {
namespace {

Digest key(std::uint8_t first) {
    Digest out{};
    out[0] = first;
    out[31] = first;
    return out;
}

TEST(InFlight, APlaceIsTakenUntilItsSeatEnds) {
    InFlight table;
    {
        auto const seat = table.enter(key(1));
        ASSERT_TRUE(bool(seat));
        auto const busy = table.enter(key(1));
        ASSERT_FALSE(bool(busy));
        EXPECT_EQ(busy.error().code, Code::conflict);
        EXPECT_EQ(busy.error().reason, "idempotency_in_flight");
        EXPECT_TRUE(busy.error().retry_after.has_value());
        EXPECT_TRUE(bool(table.enter(key(2)))) << "another key has a place of its own";
        EXPECT_EQ(table.size(), 1U);
    }
    EXPECT_EQ(table.size(), 0U);
    EXPECT_TRUE(bool(table.enter(key(1))));
}

TEST(InFlight, ASeatThatMovesIsLeftOnce) {
    InFlight table;
    auto first = table.enter(key(1));
    {
        auto const second = std::move(*first);
        EXPECT_FALSE(bool(table.enter(key(1))));
    }
    EXPECT_TRUE(bool(table.enter(key(1))));
}

TEST(InFlight, ThereIsAnEndToIt) {
    InFlight table(2);
    auto const first = table.enter(key(1));
    auto const second = table.enter(key(2));
    auto const third = table.enter(key(3));
    ASSERT_FALSE(bool(third));
    EXPECT_EQ(third.error().code, Code::overloaded);
    EXPECT_EQ(table.enter(key(1)).error().code, Code::conflict) << "that one is still told the truth";
}

TEST(InFlight, OfManyThreadsOneHasThePlace) {
    InFlight table;
    std::atomic<int> inside{0};
    std::atomic<int> together{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int round = 0; round < 2000; ++round) {
                auto const seat = table.enter(key(7));
                if (!seat) continue;
                if (inside.fetch_add(1) != 0) together.fetch_add(1);
                inside.fetch_sub(1);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(together.load(), 0);
    EXPECT_EQ(table.size(), 0U);
}

}  // namespace
}  // namespace b2a::service
