// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/notices.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "unit/service/notice_port.hpp"

namespace b2a::service::testing {
namespace {

using namespace std::chrono_literals;
using store::NoticeState;

class FixedRandom final : public Random {
  public:
    explicit FixedRandom(std::uint8_t byte) : byte_(byte) {}
    void fill(std::span<std::uint8_t> out) override { std::ranges::fill(out, byte_); }

  private:
    std::uint8_t byte_;
};

TEST(OrderNotices, RenderForWhomeverSubscribed) {
    auto const notices = two_protocols();
    SeededRandom random;
    auto const now = from_micros(1'800'000'000'000'000);
    domain::Order order;
    order.id = OrderId::make(now, random);
    EXPECT_TRUE(notices.about(order, now, random).empty());
    order.label = "two";
    auto const made = notices.about(order, now, random);
    ASSERT_EQ(made.size(), 1U);
    EXPECT_FALSE(made[0].id.is_nil());
    EXPECT_EQ(made[0].subject, order.id.text());
    EXPECT_EQ(made[0].target, "https://platform.example/hook");
    EXPECT_EQ(made[0].dialect, "two");
    EXPECT_EQ(made[0].content_type, "application/json");
    EXPECT_EQ(made[0].body, "{}");
    EXPECT_EQ(made[0].created, now);
    EXPECT_EQ(made[0].due, now);
    EXPECT_EQ(made[0].state, NoticeState::pending);
    EXPECT_TRUE(notices.request(made[0], now));
    auto foreign = made[0];
    foreign.dialect = "three";
    EXPECT_FALSE(notices.request(foreign, now));
}

TEST(RetryDelay, DoublesUpToAnHour) {
    FixedRandom whole(0);  // no jitter
    EXPECT_EQ(retry_delay(1, 1s, whole), 1s);
    EXPECT_EQ(retry_delay(2, 1s, whole), 2s);
    EXPECT_EQ(retry_delay(5, 1s, whole), 16s);
    EXPECT_EQ(retry_delay(12, 1s, whole), 2048s);
    EXPECT_EQ(retry_delay(13, 1s, whole), 1h);
    EXPECT_EQ(retry_delay(4'000'000'000U, 1s, whole), 1h);
    EXPECT_EQ(retry_delay(3, 10s, whole), 40s);
    EXPECT_EQ(retry_delay(1, 48h, whole), 1h);
    EXPECT_EQ(retry_delay(7, 0s, whole), 0s);
}

TEST(RetryDelay, JittersDownToHalf) {
    SeededRandom random;
    auto least = 16'000ms;
    auto most = 0ms;
    for (auto i = 0; i < 1000; ++i) {
        auto const delay = retry_delay(5, 1s, random);
        least = std::min(least, delay);
        most = std::max(most, delay);
    }
    EXPECT_GE(least, 8'000ms);
    EXPECT_LT(least, 9'000ms);
    EXPECT_LE(most, 16'000ms);
    EXPECT_GT(most, 15'000ms);
}

}  // namespace
}  // namespace b2a::service::testing
