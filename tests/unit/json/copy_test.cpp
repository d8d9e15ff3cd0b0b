// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/copy.hpp"

#include <gtest/gtest.h>

namespace b2a::json {
namespace {

std::string copied(std::string_view text) {
    Document document;
    auto const root = document.parse(text);
    EXPECT_TRUE(root.ok()) << text;
    std::string out;
    Writer writer(out);
    if (root) copy(writer, *root);
    return out;
}

TEST(Copy, EveryKindComesOutAsItWentIn) {
    constexpr std::string_view text =
        R"({"a":[1,-2,1.5,true,false,null,"\"ä",{}],"b":{"c":[]},"d":18446744073709551615})";
    EXPECT_EQ(copied(text), text);
    for (auto const* scalar : {"null", "true", "7", "\"x\"", "[]", "{}"}) EXPECT_EQ(copied(scalar), scalar);
}

TEST(Copy, WhiteSpaceAndEscapesMakeNoDifference) {
    EXPECT_EQ(copied("{ \"a\" : [ 1 , \"\\u0041\" ] }"), R"({"a":[1,"A"]})");
}

}  // namespace
}  // namespace b2a::json
