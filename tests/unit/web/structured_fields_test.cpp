// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/structured_fields.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/limits.hpp"

namespace b2a::web {
namespace {

std::optional<std::string> profile(std::string_view field) {
    auto const dictionary = SfDictionary::parse(field);
    return dictionary ? dictionary->string("profile") : std::nullopt;
}

std::string text_of(SfDictionary::Member const& member) {
    std::string out;
    if (auto const* item = std::get_if<SfItem>(&member.value)) serialize(out, *item);
    else serialize(out, std::get<SfInnerList>(member.value));
    return out;
}

/// The value of the only member, parsed and written again; "refused" when the field is malformed.
std::string again(std::string const& value) {
    auto const dictionary = SfDictionary::parse("k=" + value);
    if (!dictionary || dictionary->members().size() != 1) return "refused";
    return text_of(dictionary->members().front());
}

SfBare value_of(std::string const& value) {
    auto const dictionary = SfDictionary::parse("k=" + value);
    return std::get<SfItem>(dictionary->members().front().value).value;
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
        auto const dictionary = SfDictionary::parse(field);
        ASSERT_TRUE(dictionary) << field;
        EXPECT_TRUE(dictionary->has("profile")) << field;
        EXPECT_FALSE(dictionary->string("profile")) << field;
    }
}

TEST(StructuredFields, EveryTypeKeepsItsValue) {
    EXPECT_EQ(value_of("-0"), SfBare(std::int64_t{0}));
    EXPECT_EQ(value_of("999999999999999"), SfBare(std::int64_t{999'999'999'999'999}));
    EXPECT_EQ(value_of("-999999999999999"), SfBare(std::int64_t{-999'999'999'999'999}));
    EXPECT_EQ(value_of("0042"), SfBare(std::int64_t{42}));
    EXPECT_EQ(value_of("1.5"), SfBare(SfDecimal{1500}));
    EXPECT_EQ(value_of("-0.001"), SfBare(SfDecimal{-1}));
    EXPECT_EQ(value_of("999999999999.999"), SfBare(SfDecimal{999'999'999'999'999}));
    EXPECT_EQ(value_of("\"a\\\\b\""), SfBare(std::string("a\\b")));
    EXPECT_EQ(value_of("a/b:c*"), SfBare(SfToken{"a/b:c*"}));
    EXPECT_EQ(value_of("*"), SfBare(SfToken{"*"}));
    EXPECT_EQ(value_of(":aGk=:"), SfBare(Bytes{'h', 'i'}));
    EXPECT_EQ(value_of("::"), SfBare(Bytes{}));
    EXPECT_EQ(value_of("?0"), SfBare(false));
}

TEST(StructuredFields, InnerListsKeepItemsAndParametersInOrder) {
    auto const dictionary = SfDictionary::parse(R"(sig1=("@method" "x";req;key="a");created=1;keyid="k")");
    ASSERT_TRUE(dictionary);
    auto const& list = std::get<SfInnerList>(dictionary->find("sig1")->value);
    ASSERT_EQ(list.items.size(), 2U);
    EXPECT_EQ(list.items[0].value, SfBare(std::string("@method")));
    EXPECT_TRUE(list.items[0].parameters.all().empty());
    ASSERT_EQ(list.items[1].parameters.all().size(), 2U);
    EXPECT_EQ(list.items[1].parameters.all()[0].first, "req");
    EXPECT_EQ(*list.items[1].parameters.find("req"), SfBare(true));
    EXPECT_EQ(*list.items[1].parameters.find("key"), SfBare(std::string("a")));
    EXPECT_EQ(*list.parameters.find("created"), SfBare(std::int64_t{1}));
    EXPECT_EQ(list.parameters.find("nonce"), nullptr);
    EXPECT_EQ(dictionary->find("sig2"), nullptr);
}

// A signer's own text must come back byte for byte, or its signature would not verify.
TEST(StructuredFields, CanonicalTextComesBackUnchanged) {
    for (std::string const text :
         {R"(("@method" "@authority" "@path");created=1618884473;keyid="test-key")", "()", "();a",
          R"(("@query-param";name="Pet" "x";sf;bs "y";key="a\"b\\c");expires=1;nonce="n==";alg="ed25519";tag="t")",
          R"((1 -2.5 tok ?0 :aGk=:;q=?0 "s");z=1.001)", "\"\"", "::", "a;b=*x/y", "?0", "-999999999999.999"})
        EXPECT_EQ(again(text), text);
}

TEST(StructuredFields, OtherSpellingsBecomeCanonical) {
    EXPECT_EQ(again("(   1   2   )"), "(1 2)");
    EXPECT_EQ(again("1;  a;  b=2"), "1;a;b=2");
    EXPECT_EQ(again("1;a=?1;b=?0"), "1;a;b=?0");
    EXPECT_EQ(again("?1"), "?1");
    EXPECT_EQ(again("007"), "7");
    EXPECT_EQ(again("-0"), "0");
    EXPECT_EQ(again("1.50"), "1.5");
    EXPECT_EQ(again("1.000"), "1.0");
    EXPECT_EQ(again("-0.500"), "-0.5");
}

// RFC 8941 §4.2.2 and §4.2.3.2: the last value counts, at the place of the first.
TEST(StructuredFields, RepeatedKeysKeepTheirPlace) {
    EXPECT_EQ(again("1;a=1;b=2;a=3"), "1;a=3;b=2");
    auto const dictionary = SfDictionary::parse("a=1, b=2, a=(3)");
    ASSERT_TRUE(dictionary);
    ASSERT_EQ(dictionary->members().size(), 2U);
    EXPECT_EQ(dictionary->members()[0].key, "a");
    EXPECT_EQ(text_of(dictionary->members()[0]), "(3)");
    EXPECT_EQ(dictionary->members()[1].key, "b");
}

TEST(StructuredFields, AMemberWithoutValueIsTrueAndMayHaveParameters) {
    auto const dictionary = SfDictionary::parse("a;x=1, b");
    ASSERT_TRUE(dictionary);
    EXPECT_EQ(text_of(dictionary->members()[0]), "?1;x=1");
    EXPECT_EQ(text_of(dictionary->members()[1]), "?1");
}

class Malformed : public testing::TestWithParam<char const*> {};

TEST_P(Malformed, FailsAsAWhole) {
    EXPECT_FALSE(SfDictionary::parse(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, Malformed,
    testing::Values("profile=", R"(profile="open)", R"(profile="a\)", R"(profile="a\x")", R"(Profile="a")",
                    R"(profile="a",)", R"(profile="a" b="c")", "=x", ",", "profile=\"tab\there\"",
                    "profile=\"caf\xc3\xa9\"", "a=1.2345", "a=1.", "a=1234567890123456", "a=1234567890123.1", "a=-",
                    "a=?2", "a=:!:", "a=:aGk=", "a=(1", "a=(1\"x\")", "a;", "a;B", "a=\x01", "profile = \"a\"", "\xff",
                    // inner lists
                    "a=((1))", "a=(1 (2))", "a=(1,2)", "a=(1\t2)", "a=)", "a=(1))", "a=(\"x\";)", "a=(\"x\";A=1)",
                    "a=(1);", "a=(1);x=", "a=(1);x=(2)", "a=(1) ;x",
                    // numbers, and the types that RFC 9651 adds
                    "a=--1", "a=+1", "a=.5", "a=1e3", "a=1.-5", "a=-.5", "a=0x1", "a=@1659578233", "a=%\"x\"",
                    // separators and keys
                    "a=1,,b=2", "a=1;b=2;,c", "\ta=1", "a=1 b", "a=1\n", "1=2", "-a=1", "a==1", "a=1, =2",
                    // byte sequences and booleans
                    "a=:", "a=:aGk:", "a=:aGl=:", "a=:aG k=:", "a=:aGk=:x", "a=?", "a=?true", "a=tok\"en"));

TEST(StructuredFields, EmptyFieldIsAnEmptyDictionary) {
    auto const dictionary = SfDictionary::parse("   ");
    ASSERT_TRUE(dictionary);
    EXPECT_TRUE(dictionary->members().empty());
}

std::string keys_of(std::size_t count, char separator) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += (i == 0 ? std::string() : std::string(1, separator)) + "k" + std::to_string(i);
    return out;
}

TEST(StructuredFields, ManyKeysAreRefusedBeforeTheyCostMuch) {
    EXPECT_TRUE(SfDictionary::parse(keys_of(limits::structured_members_max, ',')));
    EXPECT_FALSE(SfDictionary::parse(keys_of(limits::structured_members_max + 1, ',')));
    EXPECT_TRUE(SfDictionary::parse("a;" + keys_of(limits::structured_parameters_max, ';')));
    EXPECT_FALSE(SfDictionary::parse("a;" + keys_of(limits::structured_parameters_max + 1, ';')));
    EXPECT_FALSE(SfDictionary::parse("a=(1);" + keys_of(limits::structured_parameters_max + 1, ';')));
}

RC_GTEST_PROP(StructuredFields, NeverReadsPastHostileBytes, (std::string const& bytes)) {
    auto const dictionary = SfDictionary::parse(bytes);
    auto const members = dictionary ? dictionary->members().size() : 0;
    RC_ASSERT(members <= bytes.size());
}

// Random bytes rarely get past the first key; random productions do. What parses once parses again to the same text.
RC_GTEST_PROP(StructuredFields, CanonicalTextIsAFixedPoint, ()) {
    auto const piece =
        rc::gen::element<std::string>("a", "b*", "=", "1", "-", ".5", "\"x\"", "\"", "\\", "(", ")", " ", ";", ",",
                                      "?1", "?", ":aGk=:", ":", "tok", "\t", "999999999999999");
    auto const pieces = *rc::gen::container<std::vector<std::string>>(piece);
    std::string field = "k=";
    for (auto const& one : pieces) field += one;
    auto const first = SfDictionary::parse(field);
    if (!first) return;
    std::string written;
    for (auto const& member : first->members())
        written += (written.empty() ? "" : ", ") + member.key + "=" + text_of(member);
    auto const second = SfDictionary::parse(written);
    RC_ASSERT(second.has_value());
    RC_ASSERT(second->members().size() == first->members().size());
    for (std::size_t i = 0; i < first->members().size(); ++i) {
        RC_ASSERT(second->members()[i].key == first->members()[i].key);
        RC_ASSERT(text_of(second->members()[i]) == text_of(first->members()[i]));
    }
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
    RC_ASSERT(again('"' + quoted + '"') == '"' + quoted + '"');
}

}  // namespace
}  // namespace b2a::web
