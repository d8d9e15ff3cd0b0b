// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/writer.hpp"

#include <array>
#include <cstdio>
#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace b2a::json {
namespace {

using namespace std::string_view_literals;

template <class Write>
std::string written(Write const& write) {
    std::string out;
    Writer writer(out);
    write(writer);
    return out;
}

TEST(Writer, WritesMembersInCallOrder) {
    auto const text = written([](Writer& w) {
        w.begin_object().member("z", 1).member("a", "x").key("n").null().member("t", true);
        w.key("list")
            .begin_array()
            .value(1)
            .begin_object()
            .end_object()
            .begin_array()
            .end_array()
            .value(false)
            .end_array();
        w.member_raw("raw", R"({"spliced":[]})").member_if("left out", "").member_if("kept", "k").end_object();
    });
    EXPECT_EQ(text, R"({"z":1,"a":"x","n":null,"t":true,"list":[1,{},[],false],"raw":{"spliced":[]},"kept":"k"})");
}

TEST(Writer, WritesScalarsAtTheRootAndAppends) {
    std::string out = "data: ";
    Writer(out).value("x");
    EXPECT_EQ(out, "data: \"x\"");
}

TEST(Writer, WritesTheLimitsOfIntegers) {
    auto const text = written([](Writer& w) {
        w.begin_array()
            .value(std::numeric_limits<std::int64_t>::min())
            .value(std::numeric_limits<std::uint64_t>::max());
        w.end_array();
    });
    EXPECT_EQ(text, "[-9223372036854775808,18446744073709551615]");
}

TEST(Writer, EscapesLikeRfc8785) {
    EXPECT_EQ(written([](Writer& w) { w.value("\b\t\n\f\r\"\\/\x01\x1f\x7f€😀\0."sv); }),
              R"("\b\t\n\f\r\"\\/\u0001\u001f)"
              "\x7f€😀"
              R"(\u0000.")");
    EXPECT_EQ(written([](Writer& w) { w.begin_object().member("a\"\n", "").end_object(); }), R"({"a\"\n":""})");
}

TEST(WriterDeathTest, StopsOnMisuse) {
    EXPECT_DEATH(written([](Writer& w) { w.begin_object().value(1); }), "assertion failed");
    EXPECT_DEATH(written([](Writer& w) { w.begin_array().key("k"); }), "assertion failed");
    EXPECT_DEATH(written([](Writer& w) { w.key("k"); }), "assertion failed");
    EXPECT_DEATH(written([](Writer& w) { w.begin_object().key("k").key("l"); }), "assertion failed");
    EXPECT_DEATH(written([](Writer& w) { w.begin_object().key("k").end_object(); }), "assertion failed");
    EXPECT_DEATH(written([](Writer& w) { w.begin_object().end_array(); }), "assertion failed");
    EXPECT_DEATH(written([](Writer& w) { w.end_object(); }), "assertion failed");
    EXPECT_DEATH(written([](Writer& w) { w.value(1).value(2); }), "assertion failed");
}

/// Byte by byte, as RFC 8259 has it.
std::string quoted_slowly(std::string const& text) {
    std::string out = "\"";
    for (char const c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20) {
                    out += c;
                } else {
                    std::array<char, 8> escape{};
                    std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
                    out += escape.data();
                }
        }
    }
    return out + '"';
}

TEST(Writer, QuotesEveryByteAtEveryPlace) {
    for (int c = 0; c < 256; ++c)
        for (std::size_t at = 0; at < 20; ++at) {
            std::string text(20, 'x');
            text[at] = static_cast<char>(c);
            EXPECT_EQ(written([&](Writer& w) { w.value(text); }), quoted_slowly(text)) << c << " at " << at;
        }
}

TEST(Writer, QuotesLongTextsLikeShortOnes) {
    auto const mixture = rc::gen::container<std::string>(rc::gen::oneOf(
        rc::gen::arbitrary<char>(), rc::gen::elementOf(std::string("\"\\\n\x01{}:,")), rc::gen::just('a')));
    EXPECT_TRUE(rc::check("a quoted text is the same, block by block or byte by byte", [&] {
        auto text = *mixture;
        while (!text.empty() && text.size() < 700) text += text;
        RC_ASSERT(written([&](Writer& w) { w.value(text); }) == quoted_slowly(text));
    }));
}

TEST(MemberOrder, IsByUtf16CodeUnits) {
    EXPECT_TRUE(member_order_less("a", "b"));
    EXPECT_TRUE(member_order_less("a", "aa"));
    EXPECT_TRUE(member_order_less("", "a"));
    EXPECT_FALSE(member_order_less("a", "a"));
    EXPECT_TRUE(member_order_less("z", "é"));
    EXPECT_TRUE(member_order_less("\U0001F600", "\uE000")) << "a surrogate pair comes before U+E000";
    EXPECT_TRUE(member_order_less("x\U0001F600", "x\uFB33"));
    EXPECT_FALSE(member_order_less("\uFB33", "\U0001F600"));
    EXPECT_TRUE(member_order_less("\uD7FF", "\U00010000"));
    EXPECT_TRUE(member_order_less("\U00010000", "\U0010FFFF"));
    EXPECT_TRUE(member_order_less("\uE000", "\uFFFF"));
}

}  // namespace
}  // namespace b2a::json
