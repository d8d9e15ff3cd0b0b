// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/id.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace b2a {
namespace {

struct Counting : Random {
    void fill(std::span<std::uint8_t> out) override {
        for (auto& b : out) b = next++;
    }
    std::uint8_t next = 0;
};

TEST(Id, TextHasPrefixAndComesBack) {
    Counting random;
    auto const id = CheckoutId::make(from_micros(1'700'000'000'123'456), random);
    auto const text = id.text();
    EXPECT_EQ(text.size(), 30U);
    EXPECT_TRUE(text.starts_with("chk_0"));
    EXPECT_EQ(CheckoutId::parse(text), id);
    EXPECT_FALSE(OrderId::parse(text)) << "ids of another kind are refused";
    EXPECT_EQ(id.bytes()[6] >> 4U, 7);
    EXPECT_EQ(id.bytes()[8] >> 6U, 2);
}

TEST(Id, LaterIdsSortLater) {
    Counting random;
    auto const a = CheckoutId::make(from_micros(1'700'000'000'000'000), random);
    auto const b = CheckoutId::make(from_micros(1'700'000'000'000'400), random);
    auto const c = CheckoutId::make(from_micros(1'700'000'000'001'000), random);
    EXPECT_LT(a, b);
    EXPECT_LT(b, c);
    EXPECT_LT(a.text(), b.text());
    EXPECT_LT(b.text(), c.text());
}

TEST(Id, RefusesForeignText) {
    for (auto const* bad : {"", "chk_", "chk_0123456789012345678901234l", "chk_zzzzzzzzzzzzzzzzzzzzzzzzzz",
                            "chk-01234567890123456789012345", "CHK_01234567890123456789012345"})
        EXPECT_FALSE(CheckoutId::parse(bad)) << bad;
}

RC_GTEST_PROP(Id, Base32RoundTrips, (std::array<std::uint8_t, 16> const& bytes)) {
    RC_ASSERT(from_base32(to_base32(bytes)) == bytes);
}

}  // namespace
}  // namespace b2a
