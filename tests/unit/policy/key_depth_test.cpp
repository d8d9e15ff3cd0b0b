// SPDX-License-Identifier: Apache-2.0
#include "policy/key_depth.hpp"

#include <string>

#include <gtest/gtest.h>

#include "support.hpp"

namespace b2a::policy {
namespace {

std::string chain(std::size_t parts, std::string const& part = "a") {
    std::string out = part;
    for (std::size_t i = 1; i < parts; ++i) out += "." + part;
    return out;
}

TEST(KeyDepth, EightPartsAreTheMost) {
    EXPECT_FALSE(find_deep_key(chain(8) + " = 1"));
    auto const deep = find_deep_key("x = 1\n" + chain(9) + " = 1");
    ASSERT_TRUE(deep);
    EXPECT_EQ(deep->line, 2);
    EXPECT_EQ(deep->column, 16);
}

TEST(KeyDepth, SeesHeadersQuotedKeysAndInlineTables) {
    EXPECT_TRUE(find_deep_key("[" + chain(20) + "]"));
    EXPECT_TRUE(find_deep_key(chain(20, "\"=\"") + " = 1"));
    EXPECT_TRUE(find_deep_key(chain(20, "'a'") + " = 1"));
    EXPECT_TRUE(find_deep_key("x = { " + chain(20) + " = 1 }"));
    EXPECT_TRUE(find_deep_key(chain(20, " a ") + " = 1"));
}

TEST(KeyDepth, DotsInStringsAndCommentsAreNoKeys) {
    auto const dots = std::string(50, '.');
    EXPECT_FALSE(find_deep_key("a = \"" + dots + "\""));
    EXPECT_FALSE(find_deep_key("a = \"\\\"" + dots + "\""));
    EXPECT_FALSE(find_deep_key("a = '" + dots + "'"));
    EXPECT_FALSE(find_deep_key("a = \"\"\"" + dots + "\n\"" + dots + "\"\"\""));
    EXPECT_FALSE(find_deep_key("a = '''" + dots + "\n'" + dots + "'''"));
    EXPECT_FALSE(find_deep_key("# " + dots + "\n"));
    EXPECT_FALSE(find_deep_key("a = 1.5\nb = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]"));
}

TEST(KeyDepth, AStringDoesNotHideTheRest) {
    EXPECT_TRUE(find_deep_key("a = \"\"\"x\"\"\"\"\"\n" + chain(20) + " = 1"));
    EXPECT_TRUE(find_deep_key("a = ''\n" + chain(20) + " = 1"));
    EXPECT_TRUE(find_deep_key("a = \"\"\n" + chain(20) + " = 1"));
    EXPECT_TRUE(find_deep_key("a = '\\'\n" + chain(20) + " = 1"));
    EXPECT_TRUE(find_deep_key("# it's\n" + chain(20) + " = 1"));
}

TEST(KeyDepth, AMegabyteOfPartsIsRefusedNotCrashed) {
    auto const message = test::problems(chain(500'000) + " = 1");
    EXPECT_EQ(message, "t.toml:1:16: no key has that many parts");
    auto const arrays = "a = " + std::string(500'000, '[');
    EXPECT_NE(test::problems(arrays).find("t.toml:1:"), std::string::npos);
}

}  // namespace
}  // namespace b2a::policy
