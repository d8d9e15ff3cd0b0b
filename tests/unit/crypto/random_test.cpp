// SPDX-License-Identifier: Apache-2.0
#include "b2a/crypto/random.hpp"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "b2a/base/bytes.hpp"

namespace b2a::crypto {
namespace {

using Block = std::array<std::uint8_t, 40>;

Block next(Random& random) {
    Block block{};
    random.fill(block);
    return block;
}

TEST(SystemRandom, FillsAndNeverRepeats) {
    auto const random = system_random();
    auto const first = next(*random);
    EXPECT_NE(first, Block{});
    EXPECT_NE(first, next(*random));
    random->fill({});
}

TEST(SeededRandom, IsReproducible) {
    auto const a = seeded_random(7);
    auto const b = seeded_random(7);
    auto const first = next(*a);
    EXPECT_EQ(first, next(*b));
    EXPECT_NE(first, next(*a));
    EXPECT_NE(first, next(*seeded_random(8)));
}

TEST(SeededRandom, TheSizeOfTheReadsDoesNotMatter) {
    auto const whole = next(*seeded_random(7));
    auto const random = seeded_random(7);
    Block pieces{};
    for (std::size_t i = 0; i < pieces.size(); ++i) random->fill(std::span(pieces).subspan(i, 1));
    EXPECT_EQ(pieces, whole);
}

}  // namespace
}  // namespace b2a::crypto
