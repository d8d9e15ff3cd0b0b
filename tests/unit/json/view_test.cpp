// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/view.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/bytes.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/json/value.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::json {
namespace {

using namespace std::string_view_literals;

void expect_refused(std::string_view text) {
    Document document;
    auto const root = document.parse(text);
    ASSERT_FALSE(root.ok()) << text.substr(0, 80);
    EXPECT_EQ(root.error().code, Code::invalid_request);
    EXPECT_FALSE(root.error().detail.empty());
}

std::string nested(std::size_t depth, std::string_view open, std::string_view close) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += open;
    text += "1";
    for (std::size_t i = 0; i < depth; ++i) text += close;
    return text;
}

TEST(View, ReadsEveryKind) {
    Document document;
    auto const root =
        document.parse(R"({"n":null,"b":true,"i":-7,"d":1.5,"s":"é","a":[1,"x",[]],"o":{"k":1}})").value();
    EXPECT_TRUE(root.is(Kind::object));
    EXPECT_EQ(root.size(), 7U);
    EXPECT_TRUE(root.get("n")->is(Kind::null));
    EXPECT_EQ(root.get("b")->as_bool(), true);
    EXPECT_EQ(root.get("i")->as_int(), -7);
    EXPECT_TRUE(root.get("d")->is(Kind::decimal));
    EXPECT_EQ(root.get("s")->as_string(), "é");
    EXPECT_EQ(root.get("a")->size(), 3U);
    EXPECT_EQ(root.get("o")->get("k")->as_int(), 1);
    EXPECT_FALSE(root.get("absent"));
    EXPECT_FALSE(root.get("a")->get("0"));
}

TEST(View, WalksElementsAndMembersInOrder) {
    Document document;
    auto const root = document.parse(R"({"z":[3,{"x":1},[4,5],6],"a":2})").value();
    std::vector<std::string> seen;
    root.each_member([&](std::string_view key, View) { seen.emplace_back(key); });
    EXPECT_EQ(seen, (std::vector<std::string>{"z", "a"}));
    std::vector<std::size_t> kinds;
    root.get("z")->each_element([&](std::size_t index, View element) {
        EXPECT_EQ(index, kinds.size());
        kinds.push_back(element.size());
    });
    EXPECT_EQ(kinds, (std::vector<std::size_t>{0, 1, 2, 0}));
    root.each_element([](std::size_t, View) { FAIL(); });
    root.get("z")->each_member([](std::string_view, View) { FAIL(); });
}

TEST(View, AnswersNothingForAnotherKind) {
    Document document;
    auto const root = document.parse(R"({"s":"1","f":1.0,"big":18446744073709551615,"e":1e2})").value();
    EXPECT_FALSE(root.get("s")->as_int());
    EXPECT_FALSE(root.get("s")->as_bool());
    EXPECT_FALSE(root.get("s")->as_decimal_text());
    EXPECT_FALSE(root.get("f")->as_int()) << "1.0 is no integer";
    EXPECT_FALSE(root.get("e")->as_int());
    EXPECT_FALSE(root.get("f")->as_string());
    EXPECT_TRUE(root.get("big")->is(Kind::integer));
    EXPECT_FALSE(root.get("big")->as_int()) << "beyond int64";
    View const nothing;
    EXPECT_TRUE(nothing.is(Kind::null));
    EXPECT_FALSE(nothing.get("x"));
    EXPECT_FALSE(nothing.as_string());
    EXPECT_FALSE(nothing.as_bool());
}

TEST(View, GivesDecimalsAsText) {
    Document document;
    auto const root = document.parse("[0,-12,18446744073709551615,52.5,0.1,-0.25,9223372036854775807]").value();
    std::vector<std::string> texts;
    root.each_element([&](std::size_t, View number) { texts.push_back(number.as_decimal_text().value()); });
    EXPECT_EQ(texts, (std::vector<std::string>{"0", "-12", "18446744073709551615", "52.5", "0.1", "-0.25",
                                               "9223372036854775807"}));
}

TEST(View, UnescapesStringsAndKeepsNul) {
    Document document;
    auto const root = document.parse(R"(["a\u0000b","\ud83d\ude00\n\/\"",""])").value();
    std::vector<std::string> texts;
    root.each_element([&](std::size_t, View text) { texts.emplace_back(text.as_string().value()); });
    EXPECT_EQ(texts, (std::vector<std::string>{std::string("a\0b"sv), "😀\n/\"", ""}));
}

TEST(Document, TakesScalarsAndWhitespace) {
    Document document;
    EXPECT_EQ(document.parse(" \r\n\t7 ").value().as_int(), 7);
    EXPECT_EQ(document.parse("\"x\"").value().as_string(), "x");
    EXPECT_TRUE(document.parse("null").value().is(Kind::null));
}

TEST(Document, CanBeUsedAgainAlsoAfterAnError) {
    Document document;
    EXPECT_FALSE(document.parse("{\"a\":").ok());
    EXPECT_EQ(document.parse("{\"a\":1}").value().get("a")->as_int(), 1);
    std::string const large = "[\"" + std::string(100'000, 'x') + "\"]";
    EXPECT_EQ(document.parse(large).value().size(), 1U);
    EXPECT_EQ(document.parse("[1,2]").value().size(), 2U);
    EXPECT_FALSE(document.parse(nested(limits::json_depth_max + 1, "[", "]")).ok()) << "the depth limit stays";
}

TEST(Document, ViewsSurviveAMove) {
    Document document;
    auto const root = document.parse("{\"a\":[1]}").value();
    Document const moved = std::move(document);
    EXPECT_EQ(root.get("a")->size(), 1U);
}

TEST(Document, RefusesMalformedText) {
    for (auto const text : {""sv,          " "sv,          "\xEF\xBB\xBF{}"sv,
                            "{"sv,         "}"sv,          "{]"sv,
                            "[1,]"sv,      "{\"a\":1,}"sv, "{\"a\"}"sv,
                            "{a:1}"sv,     "{'a':1}"sv,    "{} x"sv,
                            "{}{}"sv,      "1 2"sv,        "[1]]"sv,
                            "nul"sv,       "NaN"sv,        "Infinity"sv,
                            "+1"sv,        "01"sv,         "1."sv,
                            ".5"sv,        "-"sv,          "0x10"sv,
                            "1e"sv,        "[1 2]"sv,      "// x\n1"sv,
                            "\"a"sv,       "\"\t\""sv,     "\"\\x\""sv,
                            "\"\\u12\""sv, "{}\0"sv,       "[\"a\0b\"]"sv})
        expect_refused(text);
}

TEST(Document, RefusesNumbersThatNoTypeHolds) {
    for (auto const text : {"1e400"sv, "-1e400"sv, "18446744073709551616"sv, "-9223372036854775809"sv})
        expect_refused(text);
    expect_refused(std::string(1'000'000, '9'));
}

TEST(Document, RefusesInvalidUtf8AndLoneSurrogates) {
    for (auto const text :
         {"\"\xff\""sv, "\"\xc0\xaf\""sv, "\"\xed\xa0\x80\""sv, "\"\xf4\x90\x80\x80\""sv, "\"\xe2\x82\""sv,
          R"("\ud800")"sv, R"("\udc00")"sv, R"("\ud800\ud800")"sv, R"("\ud800x")"sv, R"({"\udfff":1})"sv})
        expect_refused(text);
}

TEST(Document, BoundsDepthWhateverTheSize) {
    Document document;
    EXPECT_TRUE(document.parse(nested(limits::json_depth_max, "[", "]")).ok());
    EXPECT_TRUE(document.parse(nested(limits::json_depth_max, "{\"a\":", "}")).ok());
    for (auto const depth : {limits::json_depth_max + 1, std::size_t{100'000}}) {
        expect_refused(nested(depth, "[", "]"));
        expect_refused(nested(depth, "{\"a\":", "}"));
        expect_refused(std::string(depth, '['));
        // An empty container is a level like any other.
        expect_refused(std::string(depth, '[') + std::string(depth, ']'));
        expect_refused(nested(depth - 1, "[", "]").replace(depth - 1, 1, "{}"));
    }
}

TEST(Document, RefusesDuplicateNames) {
    expect_refused(R"({"a":1,"a":1})");
    expect_refused(R"({"a":1,"\u0061":1})");
    expect_refused(R"([{"x":{"a":1,"b":2,"a":3}}])");
    std::string many = "{";
    for (int i = 0; i < 10'000; ++i) many += "\"k" + std::to_string(i) + "\":1,";
    expect_refused(many + "\"k77\":2}");
    Document document;
    EXPECT_TRUE(document.parse(many + "\"k\":{\"k\":{\"k\":1}}}").ok()) << "other objects may use the name again";
}

RC_GTEST_PROP(Document, ReadsBackWhateverWriterWrote, (std::int64_t number)) {
    // Control characters, ASCII, and one character of each longer UTF-8 length.
    auto const texts =
        *rc::gen::container<std::vector<std::string>>(rc::gen::map(rc::gen::arbitrary<Bytes>(), [](Bytes const& bytes) {
            std::string text;
            for (auto const byte : bytes)
                if (byte < 0x80) text += static_cast<char>(byte);
                else text += byte % 3 == 0 ? "é" : byte % 3 == 1 ? "€" : "😀";
            return text;
        }));
    std::string out;
    Writer writer(out);
    writer.begin_array().value(number);
    for (auto const& text : texts) writer.value(text);
    writer.end_array();
    Document document;
    auto const parsed = document.parse(out);
    RC_ASSERT(parsed.ok());
    auto const root = *parsed;
    RC_ASSERT(root.size() == texts.size() + 1);
    root.each_element([&](std::size_t index, View element) {
        if (index == 0) RC_ASSERT(element.as_int() == number);
        else RC_ASSERT(element.as_string() == texts[index - 1]);
    });
}

RC_GTEST_PROP(Document, JudgesMutatedTextLikeTheOtherParser, (std::size_t at, unsigned char byte)) {
    std::string text =
        R"({"id":"chk_1","lines":[{"sku":"a\u00e9\ud83d\ude00","quantity":2}],"total":-12.5e1,"ok":true})";
    text[at % text.size()] = static_cast<char>(byte);
    Document document;
    RC_ASSERT(document.parse(text).ok() == parse_value(text).ok());
}

}  // namespace
}  // namespace b2a::json
