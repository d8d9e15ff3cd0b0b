// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/canonical.hpp"

#include <gtest/gtest.h>

namespace b2a::json {
namespace {

std::string canonical_of(std::string_view text) {
    Document document;
    auto const root = document.parse(text);
    EXPECT_TRUE(bool(root)) << text;
    return root ? canonical_text(*root) : std::string();
}

TEST(CanonicalText, SpacingOrderAndNumbersAreNoDifference) {
    auto const expected = R"({"a":[1,2.5,true,null],"b":{"x":"é","y":""}})";
    EXPECT_EQ(canonical_of(R"({"a":[1,2.5,true,null],"b":{"x":"é","y":""}})"), expected);
    EXPECT_EQ(canonical_of(" { \"b\" : { \"y\":\"\", \"x\":\"\\u00e9\" },\n\"a\":[1.0, 25e-1, true, null] } "),
              expected);
    EXPECT_EQ(canonical_of("1e0"), "1");
    EXPECT_EQ(canonical_of("-0.0"), "0");
}

TEST(CanonicalText, WhatMeansSomethingElseIsAnotherText) {
    EXPECT_NE(canonical_of(R"({"a":null})"), canonical_of("{}"));
    EXPECT_NE(canonical_of("[1,2]"), canonical_of("[2,1]"));
    EXPECT_NE(canonical_of(R"("1")"), canonical_of("1"));
    EXPECT_NE(canonical_of("9007199254740993"), canonical_of("9007199254740992")) << "not rounded to a double";
}

TEST(CanonicalText, MembersAreInTheOrderOfTheirCodeUnits) {
    EXPECT_EQ(canonical_of("{\"\\u20ac\":1,\"\\r\":2,\"1\":3,\"\\ud83d\\ude00\":4}"),
              "{\"\\r\":2,\"1\":3,\"\xE2\x82\xAC\":1,\"\xF0\x9F\x98\x80\":4}");
}

TEST(CanonicalText, NothingIsTheEmptyText) {
    EXPECT_EQ(canonical_text(View()), "");
}

}  // namespace
}  // namespace b2a::json
