// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/money.hpp"

#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace b2a {
namespace {

Currency const usd = *Currency::parse("USD");
Currency const jpy = *Currency::parse("JPY");
Currency const kwd = *Currency::parse("KWD");

TEST(Money, CurrencyTable) {
    EXPECT_EQ(usd.exponent(), 2);
    EXPECT_EQ(jpy.exponent(), 0);
    EXPECT_EQ(kwd.exponent(), 3);
    for (auto const* bad : {"", "usd", "US", "USDX", "XXX", "ZZZ"}) EXPECT_FALSE(Currency::parse(bad)) << bad;
}

TEST(Money, ParsesDecimalText) {
    EXPECT_EQ(parse_money("52", usd)->minor, 5200);
    EXPECT_EQ(parse_money("52.5", usd)->minor, 5250);
    EXPECT_EQ(parse_money("52.500", usd)->minor, 5250);
    EXPECT_EQ(parse_money("-0.10", usd)->minor, -10);
    EXPECT_EQ(parse_money("52.0", jpy)->minor, 52);
    EXPECT_EQ(parse_money("1.234", kwd)->minor, 1234);
    for (auto const* bad : {"", ".", "5.", ".5", "1.234", "1e3", "0x10", "1,5", "--1", "99999999999999999999"})
        EXPECT_FALSE(parse_money(bad, usd).ok()) << bad;
}

TEST(Money, TextShowsTheExponent) {
    EXPECT_EQ(to_text(Money{5, usd}), "0.05 USD");
    EXPECT_EQ(to_text(Money{-1234, usd}), "-12.34 USD");
    EXPECT_EQ(to_text(Money{52, jpy}), "52 JPY");
}

TEST(Money, MixedCurrenciesAndOverflowAreErrors) {
    EXPECT_FALSE(add(Money{1, usd}, Money{1, jpy}).ok());
    EXPECT_FALSE(add(Money{money_minor_max, usd}, Money{1, usd}).ok());
    EXPECT_FALSE(multiply(Money{money_minor_max, usd}, 2).ok());
    EXPECT_FALSE(multiply(Money{INT64_MAX, usd}, INT64_MAX).ok());
    EXPECT_FALSE(subtract(Money{-money_minor_max, usd}, Money{1, usd}).ok());
}

TEST(Money, ShareRoundsHalfAwayFromZero) {
    EXPECT_EQ(share_ppm(Money{5, usd}, 100'000)->minor, 1);  // 0.5
    EXPECT_EQ(share_ppm(Money{-5, usd}, 100'000)->minor, -1);
    EXPECT_EQ(share_ppm(Money{4, usd}, 100'000)->minor, 0);  // 0.4
    EXPECT_EQ(share_ppm(Money{9999, usd}, 82'500)->minor, 825);
}

RC_GTEST_PROP(Money, AllocationLosesNothing, (std::vector<std::uint16_t> const& raw)) {
    std::vector<std::int64_t> weights(raw.begin(), raw.end());
    RC_PRE(std::accumulate(weights.begin(), weights.end(), std::int64_t{0}) > 0);
    auto const minor = *rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000);
    auto const parts = allocate(Money{minor, usd}, weights);
    RC_ASSERT(parts.ok());
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        auto const part = (*parts)[i].minor;
        sum += part;
        if (weights[i] == 0) RC_ASSERT(part == 0);
        RC_ASSERT(((minor >= 0) ? part >= 0 : part <= 0));
    }
    RC_ASSERT(sum == minor);
}

RC_GTEST_PROP(Money, TextRoundTrips, ()) {
    auto const minor = *rc::gen::inRange<std::int64_t>(-money_minor_max, money_minor_max);
    auto const text = to_text(Money{minor, kwd});
    auto const back = parse_money(text.substr(0, text.size() - 4), kwd);
    RC_ASSERT(back.ok());
    RC_ASSERT(back->minor == minor);
}

}  // namespace
}  // namespace b2a
