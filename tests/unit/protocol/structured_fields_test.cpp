// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/structured_fields.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace b2a::protocol {
namespace {

std::optional<std::string> profile(std::string_view field) {
    auto const dictionary = Dictionary::parse(field);
    return dictionary ? dictionary->string("profile") : std::nullopt;
}

TEST(StructuredFields, ReadsTheProfileBesideOtherMembers) {
    EXPECT_EQ(profile(R"(profile="https://a.test/p")"), "https://a.test/p");
    EXPECT_EQ(profile(R"(profile="https://a.test/p", version="2026-01-11")"), "https://a.test/p");
    auto const* every_type =
        "  a=1, b=-12.5;q=0.3 ,\tc=tok/en;x, d=?1, e, f=:aGk=:, "
        "g=(1 \"x\";y=?0 z), profile=\"u\";v=2  ";
    EXPECT_EQ(profile(every_type), "u");
    EXPECT_EQ(profile(R"(profile="a", profile="b")"), "b");
    EXPECT_EQ(profile(R"(profile="a\"b\\c")"), R"(a"b\c)");
}

TEST(StructuredFields, OtherTypesAreNoText) {
    for (auto const* field :
         {"profile=token", "profile=1", "profile", "profile=?1", "profile=(\"a\")", "profile=:aGk=:"}) {
        auto const dictionary = Dictionary::parse(field);
        ASSERT_TRUE(dictionary) << field;
        EXPECT_TRUE(dictionary->has("profile")) << field;
        EXPECT_FALSE(dictionary->string("profile")) << field;
    }
}

class Malformed : public testing::TestWithParam<char const*> {};

TEST_P(Malformed, FailsAsAWhole) {
    EXPECT_FALSE(Dictionary::parse(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Fields, Malformed,
                         testing::Values("profile=", R"(profile="open)", R"(profile="a\)", R"(profile="a\x")",
                                         R"(Profile="a")", R"(profile="a",)", R"(profile="a" b="c")", "=x", ",",
                                         "profile=\"tab\there\"", "profile=\"caf\xc3\xa9\"", "a=1.2345", "a=1.",
                                         "a=1234567890123456", "a=1234567890123.1", "a=-", "a=?2", "a=:!:", "a=:aGk=",
                                         "a=(1", "a=(1\"x\")", "a;", "a;B", "a=\x01", "profile = \"a\"", "\xff"));

TEST(StructuredFields, EmptyFieldIsAnEmptyDictionary) {
    auto const dictionary = Dictionary::parse("   ");
    ASSERT_TRUE(dictionary);
    EXPECT_EQ(dictionary->size(), 0U);
}

RC_GTEST_PROP(StructuredFields, NeverReadsPastHostileBytes, (std::string const& bytes)) {
    auto const dictionary = Dictionary::parse(bytes);
    auto const members = dictionary ? dictionary->size() : 0;
    RC_ASSERT(members <= bytes.size());
}

RC_GTEST_PROP(StructuredFields, QuotedTextComesBack, (std::string const& any)) {
    std::string text;
    std::string quoted;
    for (auto const c : any) {
        if (c < 0x20 || c > 0x7e) continue;
        text.push_back(c);
        if (c == '"' || c == '\\') quoted.push_back('\\');
        quoted.push_back(c);
    }
    RC_ASSERT(profile("profile=\"" + quoted + "\"") == text);
}

}  // namespace
}  // namespace b2a::protocol
