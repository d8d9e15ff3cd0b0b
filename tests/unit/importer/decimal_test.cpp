// SPDX-License-Identifier: Apache-2.0
#include "importer/decimal.hpp"

#include <gtest/gtest.h>

namespace b2a::importer::test {
namespace {

TEST(Decimal, MilliRoundsHalfUp) {
    EXPECT_EQ(parse_milli("17"), 17'000);
    EXPECT_EQ(parse_milli(" 0.6692 "), 669);
    EXPECT_EQ(parse_milli("0.6695"), 670);
    EXPECT_EQ(parse_milli("0.669291338582677"), 669);
    EXPECT_EQ(parse_milli("0.0004999999999999999999"), 0);
    EXPECT_EQ(parse_milli("-0.0005"), -1);
    EXPECT_EQ(parse_milli("3.93700787401575e-05"), 0);
    EXPECT_EQ(parse_milli("1.5E3"), 1'500'000);
    EXPECT_EQ(parse_milli(".5"), 500);
    EXPECT_EQ(parse_milli("5."), 5'000);
}

TEST(Decimal, RefusesWhatIsNoNumber) {
    for (auto const* text : {"", "-", ".", "1,5", "1.2.3", "0x10", "NaN", "inf", "1e", "1e999", "12 g",
                             "9223372036854775808", "9223372036854775807e5", "--1", "1-"})
        EXPECT_FALSE(parse_milli(text)) << text;
    EXPECT_FALSE(parse_milli("9223372036854775807"));  // not in thousandths
}

TEST(Decimal, TinyAndZeroAreZero) {
    EXPECT_EQ(parse_milli("1e-300"), 0);
    EXPECT_EQ(parse_milli("0.000000000000000000000000001"), 0);
    EXPECT_EQ(parse_milli("-0.0"), 0);
}

TEST(Decimal, MicroKeepsSixDigits) {
    EXPECT_EQ(parse_micro("40.7229"), 40'722'900);
    EXPECT_EQ(parse_micro("-74.0013"), -74'001'300);
    EXPECT_EQ(parse_micro("-0.0000005"), -1);
    EXPECT_EQ(parse_micro("180"), 180'000'000);
    EXPECT_EQ(parse_micro("1e-7"), 0);
    EXPECT_FALSE(parse_micro("9223372036854775807"));
}

TEST(Decimal, Prices) {
    auto const usd = *Currency::parse("USD");
    auto const jpy = *Currency::parse("JPY");
    EXPECT_EQ(parse_price("52", usd)->minor, 5200);
    EXPECT_EQ(parse_price("52.5000", usd)->minor, 5250);
    EXPECT_EQ(parse_price("1000", jpy)->minor, 1000);
    EXPECT_FALSE(parse_price("0.001", usd));
    EXPECT_FALSE(parse_price("1.5", jpy));
    EXPECT_FALSE(parse_price("-1", usd));
    EXPECT_FALSE(parse_price("$5", usd));
    EXPECT_FALSE(parse_price("90071992547409.92", usd));
    EXPECT_TRUE(parse_price("90071992547409.91", usd));
}

TEST(Decimal, WholeRoundsDown) {
    EXPECT_EQ(parse_whole("100.0000"), 100);
    EXPECT_EQ(parse_whole("2.9"), 2);
    EXPECT_EQ(parse_whole("-0.5"), -1);
    EXPECT_FALSE(parse_whole("many"));
}

TEST(Decimal, Quantities) {
    EXPECT_EQ(parse_quantity("12.50", "kg"), (domain::Quantity{125, 1, "kg"}));
    EXPECT_FALSE(parse_quantity("a", "kg"));
}

}  // namespace
}  // namespace b2a::importer::test
