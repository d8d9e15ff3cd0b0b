// SPDX-License-Identifier: Apache-2.0
#include "audit/note.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "keys.hpp"

namespace b2a::audit {
namespace {

// The example of C2SP signed-note.
constexpr std::string_view example_key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view example_text = "This is an example message.\n";
constexpr std::string_view example_line =
    "— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

std::string example(std::string_view before = "", std::string_view after = "") {
    return std::string(example_text) + "\n" + std::string(before) + std::string(example_line) + std::string(after);
}

Code open_error(std::string_view note, VerifierKey const& key) {
    auto const text = open_note(note, key);
    EXPECT_FALSE(text.ok()) << note;
    return text.ok() ? Code::internal : text.error().code;
}

TEST(Note, OpensTheExampleOfC2sp) {
    auto const key = VerifierKey::parse(example_key).value();
    EXPECT_EQ(key.text(), example_key);
    auto const note = example();
    EXPECT_EQ(open_note(note, key).value(), example_text);
    EXPECT_EQ(note_text(note).value(), example_text);
}

TEST(Note, IgnoresSignaturesOfOthers) {
    auto const key = VerifierKey::parse(example_key).value();
    auto const witnessed = example("— witness.example AAAAAA==\n— example.com/foo AAAAAAAA\n", "— z ????\n");
    EXPECT_TRUE(open_note(witnessed, key).ok()) << "another name, and another key id under the same name";
}

TEST(Note, RefusesABadSignatureOfTheKeyEvenBesideAGoodOne) {
    auto const key = VerifierKey::parse(example_key).value();
    std::string forged(example_line);
    forged[forged.find("yJGh")] = 'z';
    EXPECT_EQ(open_error(example(forged), key), Code::unauthenticated);
    EXPECT_EQ(open_error(example("— example.com/foo Uw2QOg==\n"), key), Code::unauthenticated) << "too short";
    EXPECT_EQ(open_error(example("— example.com/foo ???\n"), key), Code::unauthenticated);
}

TEST(Note, RefusesTheSignatureOfAnotherKey) {
    EXPECT_EQ(open_error(example(), testing::verifier_key("example.com/foo")), Code::unauthenticated);
    EXPECT_EQ(open_error(example(), testing::verifier_key()), Code::unauthenticated);
}

TEST(Note, RefusesWhatIsNoNote) {
    auto const key = VerifierKey::parse(example_key).value();
    auto const text = std::string(example_text);
    auto const line = std::string(example_line);
    auto const cut = example().substr(0, example().size() - 1);
    for (auto const& note : {std::string(), std::string("\n\n"), text, text + "\n", text + line, cut, example("x\n"),
                             example("— name\n"), example("—  AAAA\n"), "\xff" + example(), "\t" + example(),
                             example("", "\r\n"), text + "\n" + line + "\n", std::string(100'000, 'x') + example()})
        EXPECT_EQ(open_error(note, key), Code::invalid_request) << note.substr(0, 100);
}

TEST(Note, EveryChangedByteIsNoticed) {
    auto const key = VerifierKey::parse(example_key).value();
    auto const note = example();
    for (std::size_t i = 0; i < note.size(); ++i) {
        auto changed = note;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(open_note(changed, key).ok()) << i;
    }
}

RC_GTEST_PROP(Note, NoInputIsTooStrange, (std::string const& note)) {
    RC_ASSERT(!open_note(note, testing::verifier_key()).ok());
    RC_ASSERT(!open_note(note + "\n\n— " + note + " " + note + "\n", testing::verifier_key()).ok());
}

}  // namespace
}  // namespace b2a::audit
