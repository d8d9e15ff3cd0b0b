// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/limits.hpp"

#include "unit/identity/letter.hpp"

namespace b2a::identity {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)

Verdict with_fields(std::string input, std::string signature) {
    auto letter = whole_letter();
    letter.add("Signature-Input", std::move(input)).add("Signature", std::move(signature));
    return judge(letter).verdict;
}

std::string const some_signature = "sig1=:" + to_base64(Bytes(64, 1)) + ':';

TEST(Hostile, FieldsOfAnotherShapeAreMalformed) {
    for (auto const* input :
         {"", "   ", "garbage=", "sig1", "sig1=1", "sig1=\"(@method)\"", "sig1=:AAAA:", "sig1=((\"@method\"))",
          "sig1=(\"@method\"", "sig1=(\"@method\");keyid", "sig1=(\"@method\"),", "sig1=(\"@method\",\"@path\")",
          "Sig1=(\"@method\")", "sig1=(\"\xc3\xa9\")", "sig1=(\"a\x01\")"})
        EXPECT_NE(with_fields(input, some_signature), Verdict::verified) << input;
    for (auto const* input :
         {"", "garbage=", "sig1=1", "sig1=((\"@method\"))", "sig1=(\"@method\"", "Sig1=(\"@path\")"})
        EXPECT_EQ(with_fields(input, some_signature), Verdict::malformed) << input;
    for (auto const* signature : {"", "sig1", "sig1=1", "sig1=abc", "sig1=\"abc\"", "sig1=(:AAAA:)",
                                  "sig1=:A:", "sig1=:AAAA", "sig2=:AAAA:", "\xff"})
        EXPECT_EQ(with_fields("sig1=(\"@method\");keyid=\"ec\"", signature), Verdict::malformed) << signature;
}

Verdict with_cover(std::vector<std::string> cover) {
    auto letter = whole_letter();
    letter.add("Date", "today");
    Seal with;
    with.cover = std::move(cover);
    return judge(seal(letter, with)).verdict;
}

TEST(Hostile, ComponentsThatAreRepeatedUnknownOrAbsentFail) {
    for (auto const* name : {"@unknown", "@status", "@signature-params", "@query-param", "x-absent", "Date", "@", ""}) {
        auto cover = whole_cover();
        cover.emplace_back(name);
        EXPECT_EQ(with_cover(cover), Verdict::invalid) << name;
    }
    for (auto const* name : {"@method", "content-digest"}) {
        auto cover = whole_cover();
        cover.emplace_back(name);
        EXPECT_EQ(with_cover(cover), Verdict::malformed) << name;
    }
    auto cover = whole_cover();
    cover.emplace_back("date");
    EXPECT_EQ(with_cover(cover), Verdict::verified);
    cover.emplace_back("date");
    EXPECT_EQ(with_cover(cover), Verdict::malformed);
}

TEST(Hostile, ComponentsWithParametersFail) {
    auto letter = whole_letter();
    seal(letter);
    for (auto const* parameter : {";req", ";sf", ";bs", ";tr", ";key=\"a\"", ";x=1"})
        for (std::string const name : {"\"@method\"", "\"content-digest\"", "\"signature-agent\""}) {
            auto changed = letter;
            for (auto& [field, value] : changed.headers)
                if (field == "Signature-Input") value.replace(value.find(name), name.size(), name + parameter);
            EXPECT_EQ(judge(changed).verdict, Verdict::invalid) << name << parameter;
        }
}

TEST(Hostile, ComponentsThatAreNoTextAreMalformed) {
    EXPECT_EQ(with_fields("sig1=(method authority path);keyid=\"ec\"", some_signature), Verdict::malformed);
    EXPECT_EQ(with_fields("sig1=(1 2 :AAAA:);keyid=\"ec\"", some_signature), Verdict::malformed);
}

TEST(Hostile, NumbersAreBounded) {
    auto letter = whole_letter();
    for (std::size_t i = 0; i < limits::signatures_max; ++i) {
        Seal with;
        with.label = "s" + std::to_string(i);
        seal(letter, with);
    }
    EXPECT_EQ(judge(letter).verdict, Verdict::verified);
    EXPECT_EQ(judge(seal(letter)).verdict, Verdict::malformed);

    auto many = whole_letter();
    Seal with;
    for (std::size_t i = with.cover.size(); i < limits::signature_components_max; ++i) {
        with.cover.push_back("x-" + std::to_string(i));
        many.add(with.cover.back(), "v");
    }
    auto more = many;
    EXPECT_EQ(judge(seal(many, with)).verdict, Verdict::verified);
    with.cover.emplace_back("x-last");
    EXPECT_EQ(judge(seal(more.add("x-last", "v"), with)).verdict, Verdict::malformed);
}

TEST(Hostile, SizesAreBounded) {
    auto const parameters = [](std::size_t filler) {
        return R"(;keyid="ec";nonce=")" + std::string(filler, 'n') + '"';
    };
    Seal with;
    with.parameters = parameters(1'000);
    auto letter = whole_letter();
    EXPECT_EQ(judge(seal(letter, with)).verdict, Verdict::verified);
    with.parameters = parameters(limits::signature_input_bytes_max);
    letter = whole_letter();
    EXPECT_EQ(judge(seal(letter, with)).verdict, Verdict::malformed);
    // Split over several lines it is no shorter.
    letter = whole_letter();
    for (auto const* label : {"a", "b", "c"}) {
        with.label = label;
        with.parameters = parameters(limits::signature_input_bytes_max / 2);
        seal(letter, with);
    }
    EXPECT_EQ(judge(letter).verdict, Verdict::malformed);
    EXPECT_EQ(with_fields("sig1=(\"@method\")", "sig1=:" + std::string(16'384, 'A') + ':'), Verdict::malformed);
    EXPECT_NE(with_fields(std::string(8'000, '('), some_signature), Verdict::verified);
    EXPECT_NE(with_fields("sig1=" + std::string(8'000, '('), some_signature), Verdict::verified);
}

// The id of an unknown key is told to the caller and logged: it stays short.
TEST(Hostile, KeyIdsAreBounded) {
    auto const judged = [](std::size_t size) {
        Seal with;
        with.parameters = R"(;keyid=")" + std::string(size, 'k') + '"';
        auto letter = whole_letter();
        return judge(seal(letter, with));
    };
    EXPECT_EQ(judged(limits::id_bytes_max).verdict, Verdict::key_not_found);
    auto const longer = judged(limits::id_bytes_max + 1);
    EXPECT_EQ(longer.verdict, Verdict::malformed);
    EXPECT_EQ(longer.kid, "");
    EXPECT_LE(longer.detail.size(), 100U);
}

RC_GTEST_PROP(Hostile, RandomBytesNeverVerify, (std::string const& input, std::string const& signature)) {
    RC_ASSERT(with_fields(input, signature) != Verdict::verified);
    RC_ASSERT(with_fields("sig1=" + input, "sig1=" + signature) != Verdict::verified);
}

// Pieces of real fields in any order reach further than bytes.
RC_GTEST_PROP(Hostile, RandomPiecesNeverVerify, ()) {
    auto const piece = rc::gen::element<std::string>(
        "sig1=", "sig2=", "(", ")", "\"@method\"", "\"@authority\"", "\"@path\"", "\"@query\"", "\"content-digest\"",
        "\"content-type\"", "\"ucp-agent\"", "\"signature-agent\"", "\"idempotency-key\"", " ", ";created=1800000000",
        ";keyid=\"ec\"", ";keyid=\"ed\"", ";expires=0", ";tag=\"x\"", ", ", ":AAAA:", some_signature);
    auto const joined = [&] {
        std::string out;
        for (auto const& one : *rc::gen::container<std::vector<std::string>>(piece)) out += one;
        return out;
    };
    RC_ASSERT(with_fields(joined(), joined()) != Verdict::verified);
    RC_ASSERT(with_fields("sig1=" + joined(), some_signature) != Verdict::verified);
}

// Any one byte of a covered part that changes is noticed, wherever it is.
RC_GTEST_PROP(Hostile, AnyChangedByteIsNoticed, ()) {
    static auto const sealed = [] {
        auto letter = whole_letter();
        return seal(letter);
    }();
    auto letter = sealed;
    std::vector<std::string*> parts{&letter.method, &letter.target, &letter.body};
    for (auto& [name, value] : letter.headers) parts.push_back(&value);
    auto& part = *parts[*rc::gen::inRange<std::size_t>(0, parts.size())];
    auto& byte = part[*rc::gen::inRange<std::size_t>(0, part.size())];
    auto const before = byte;
    byte = *rc::gen::inRange<char>(0x21, 0x7f);
    RC_PRE(byte != before);
    // The case of a host name means nothing.
    RC_PRE(&part != &letter.headers.front().second || ascii_lower(byte) != before);
    RC_ASSERT(judge(letter).verdict != Verdict::verified);
}

}  // namespace
}  // namespace b2a::identity
