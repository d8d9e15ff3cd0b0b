// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/value.hpp"

#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

namespace b2a::json {
namespace {

using namespace std::string_view_literals;

std::string canonical_text(std::string_view text) {
    return canonical(parse_value(text).value()).value();
}

TEST(ParseValue, KeepsTheOrderOfMembers) {
    EXPECT_EQ(parse_value(R"({"z":1,"a":[true,null,"x",1.5]})").value().dump(), R"({"z":1,"a":[true,null,"x",1.5]})");
}

TEST(ParseValue, RefusesBadInputWithoutThrowing) {
    for (auto const text :
         {""sv, " "sv, "{"sv, "[1,]"sv, "{} x"sv, "\xEF\xBB\xBF{}"sv, "\"\xff\""sv, R"("\udc00")"sv, "1e400"sv,
          R"({"a":1,"a":2})"sv, R"([{"x":{"a":1,"\u0061":2}}])"sv, "// x\n1"sv, "{\"a\":}"sv, "]"sv}) {
        auto const value = parse_value(text);
        ASSERT_FALSE(value.ok()) << text;
        EXPECT_EQ(value.error().code, Code::invalid_request);
    }
    EXPECT_TRUE(parse_value(R"({"a":{"a":1},"b":[{"a":1},{"a":1}]})").ok()) << "names may repeat across objects";
}

TEST(ParseValue, BoundsDepth) {
    auto const nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(parse_value(nested(limits::json_depth_max)).ok());
    EXPECT_FALSE(parse_value(nested(limits::json_depth_max + 1)).ok());
    EXPECT_FALSE(parse_value(nested(100'000)).ok());
    EXPECT_FALSE(parse_value(std::string(1'000'000, '[')).ok());
    EXPECT_TRUE(parse_value("\"\\\"" + std::string(1000, '[') + "\"").ok()) << "brackets in text do not count";
}

TEST(Canonical, GivesTheExampleOfRfc8785) {
    // RFC 8785 §3.2.3: the sorting example.
    EXPECT_EQ(
        canonical_text(R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",)"
                       R"("1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",)"
                       R"("\u00f6":"Latin Small Letter O With Diaeresis"})"),
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
        "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
        "\"😀\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
    // RFC 8785 §3.2.2: strings and literals.
    EXPECT_EQ(
        canonical_text(R"({"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]})"),
        R"({"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"})");
}

TEST(Canonical, SortsEveryLevelAndDropsSpace) {
    EXPECT_EQ(canonical_text(R"( { "b" : [ { "d" : 1 , "c" : -2 } , { } , [ ] ] , "a" : "" } )"),
              R"({"a":"","b":[{"c":-2,"d":1},{},[]]})");
}

TEST(Canonical, TakesExactIntegersOnly) {
    EXPECT_EQ(canonical_text("[9007199254740991,-9007199254740991,0,-0]"), "[9007199254740991,-9007199254740991,0,0]");
    for (auto const text : {"9007199254740992"sv, "-9007199254740992"sv, "18446744073709551615"sv, "1.0"sv, "1e2"sv,
                            "[0.5]"sv, R"({"a":1.5})"sv, "-0.0"sv})
        EXPECT_FALSE(canonical(parse_value(text).value()).ok()) << text;
}

TEST(Canonical, WritesNumbersOfOthersAsEcmaScriptDoes) {
    auto const es = [](std::string_view text) { return canonical_es(parse_value(text).value()).value(); };
    // RFC 8785 §3.2.2 and appendix B.
    EXPECT_EQ(es("[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]"),
              "[333333333.3333333,1e+30,4.5,0.002,1e-27]");
    std::pair<std::string_view, std::string_view> const samples[] = {
        {"-0.0", "0"},
        {"-0", "0"},
        {"5e-324", "5e-324"},
        {"-1.7976931348623157e308", "-1.7976931348623157e+308"},
        {"9007199254740992", "9007199254740992"},
        {"9007199254740993", "9007199254740992"},
        {"18446744073709551615", "18446744073709552000"},
        {"295147905179352830000", "295147905179352830000"},
        {"999999999999999900000", "999999999999999900000"},
        {"1e21", "1e+21"},
        {"9.999999999999997e22", "9.999999999999997e+22"},
        {"333333333.3333332", "333333333.3333332"},
        {"0.000001", "0.000001"},
        {"0.0000001", "1e-7"},
        {"-0.0000033333333333333333", "-0.0000033333333333333333"},
        {"1424953923781206.2", "1424953923781206.2"},
        {"1.0", "1"},
        {"100", "100"},
        {"12.5e1", "125"}};
    for (auto const& [text, expected] : samples) EXPECT_EQ(es(text), expected) << text;
    EXPECT_EQ(es(R"({"b":[1.50,{}],"a":56.0})"), R"({"a":56,"b":[1.5,{}]})");
}

TEST(Canonical, RefusesValuesThatAreNoJson) {
    EXPECT_FALSE(canonical(Value("\xff")).ok());
    EXPECT_FALSE(canonical(Value{{"\xff", 1}}).ok());
    EXPECT_FALSE(canonical(Value::binary({1, 2})).ok());
    Value deep = 1;
    for (std::size_t i = 0; i <= limits::json_depth_max; ++i) deep = Value::array({deep});
    EXPECT_FALSE(canonical(deep).ok());
}

}  // namespace
}  // namespace b2a::json
