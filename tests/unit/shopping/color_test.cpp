// SPDX-License-Identifier: Apache-2.0
#include "shopping/color.hpp"

#include <gtest/gtest.h>

namespace b2a::shopping {
namespace {

TEST(Color, MeansTheSameWordOrItsFamily) {
    EXPECT_TRUE(is_color("Black", "black"));
    EXPECT_TRUE(is_color("Navy stripe", "navy"));
    EXPECT_TRUE(is_color("navy stripe", "Blue"));
    EXPECT_TRUE(is_color("Natural grey", "gray"));
    EXPECT_TRUE(is_color("Charcoal/White", "white"));
}

TEST(Color, IsNotWiderThanItWasAskedFor) {
    EXPECT_FALSE(is_color("Blue", "navy")) << "a family is no member of itself";
    EXPECT_FALSE(is_color("Blackberry", "black")) << "a part of a word is no word";
    EXPECT_FALSE(is_color("Black", "blue"));
    EXPECT_FALSE(is_color("", "black"));
    EXPECT_FALSE(is_color(" - ", "black"));
}

}  // namespace
}  // namespace b2a::shopping
