// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace b2a {
namespace {

Result<int> half(int n) {
    if (n % 2 != 0) return Error(Code::unprocessable, "odd", "/n");
    return n / 2;
}

Result<int> quarter(int n) {
    B2A_TRY(h, half(n));
    B2A_TRY(q, half(h));
    return q;
}

TEST(Result, TryReturnsTheFirstError) {
    EXPECT_EQ(*quarter(8), 2);
    auto const failed = quarter(6);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().code, Code::unprocessable);
    EXPECT_EQ(failed.error().pointer, "/n");
}

TEST(Result, CarriesMoveOnlyValues) {
    Result<std::unique_ptr<int>> made(std::make_unique<int>(7));
    auto taken = std::move(made).value();
    EXPECT_EQ(*taken, 7);
}

TEST(Result, MapAndThen) {
    EXPECT_EQ(*half(8).map([](int n) { return std::to_string(n); }), "4");
    EXPECT_EQ(*half(8).and_then(half), 2);
    EXPECT_FALSE(half(6).and_then(half).ok());
}

TEST(ResultDeathTest, ValueOfAnErrorAborts) {
    auto const failed = half(1);
    EXPECT_DEATH((void)failed.value(), "assertion failed");
}

TEST(Result, EveryCodeHasItsOwnText) {
    std::vector<std::string_view> seen;
    for (int c = 0; c <= static_cast<int>(Code::internal); ++c) {
        auto const text = to_text(static_cast<Code>(c));
        for (auto const s : seen) EXPECT_NE(s, text);
        seen.push_back(text);
    }
}

}  // namespace
}  // namespace b2a
