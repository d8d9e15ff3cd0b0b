// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/checkpoint.hpp"

#include <gtest/gtest.h>

#include "audit/note.hpp"
#include "keys.hpp"

namespace b2a::audit {
namespace {

constexpr std::string_view origin = "gateway.example/audit";
constexpr std::string_view vkey = "gateway.example/audit+9caf54d6+ASa0C4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7";

Checkpoint known() {
    return {std::string(origin), 8,
            testing::digest_of("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")};
}

Result<Checkpoint> open_signed(std::string_view text, std::string_view name = origin) {
    return open_checkpoint(sign_note(text, name, testing::signing_key()), testing::verifier_key());
}

TEST(Checkpoint, GivesTheKnownNote) {
    EXPECT_EQ(sign_checkpoint(known(), testing::signing_key()),
              "gateway.example/audit\n8\n" + to_base64(known().root) +
                  "\n\n— gateway.example/audit "
                  "nK9U1jA2NcSKOtR3C6zG27M5AdPN3cyeOwONr4R62Pv8Rz2qKqeGHGLJpIP3wYzs8Ol/jqWz+9g8sIXEVwG2HlM6/w8=\n");
}

TEST(Checkpoint, OpensWhatItSigned) {
    auto const key = VerifierKey::parse(vkey).value();
    EXPECT_EQ(open_checkpoint(sign_checkpoint(known(), testing::signing_key()), key).value(), known());
    Checkpoint const empty{std::string(origin), 0, known().root};
    EXPECT_EQ(open_checkpoint(sign_checkpoint(empty, testing::signing_key()), key).value(), empty);
}

TEST(Checkpoint, RefusesAnotherKey) {
    auto const note = sign_checkpoint(known(), testing::other_key());
    EXPECT_EQ(open_checkpoint(note, testing::verifier_key()).error().code, Code::unauthenticated);
}

TEST(Checkpoint, RefusesAnotherOrigin) {
    auto const root = to_base64(known().root);
    EXPECT_EQ(open_signed("other.example/audit\n8\n" + root + "\n").error().code, Code::unauthenticated);
}

TEST(Checkpoint, TakesExtensionLines) {
    EXPECT_EQ(open_signed("gateway.example/audit\n8\n" + to_base64(known().root) + "\nextension\n").value(), known());
}

TEST(Checkpoint, RefusesAMalformedBody) {
    auto const root = to_base64(known().root);
    std::string const name = "gateway.example/audit\n";
    for (auto const& text :
         {std::string("x\n"), name + "8\n", name + "08\n" + root + "\n", name + "-8\n" + root + "\n",
          name + "+8\n" + root + "\n", name + "\n" + root + "\n", name + "8 \n" + root + "\n",
          name + "18446744073709551616\n" + root + "\n", name + "8\n" + root.substr(4) + "\n",
          name + "8\n" + root + "=\n", name + "8\n????\n", "\n8\n" + root + "\n", name + "8\n" + root + "\n\nx\n"}) {
        auto const checkpoint = open_signed(text);
        ASSERT_FALSE(checkpoint.ok()) << text;
        EXPECT_EQ(checkpoint.error().code, Code::invalid_request) << text;
    }
}

TEST(VerifierKey, GivesTheKnownText) {
    EXPECT_EQ(testing::verifier_key().text(), vkey);
    auto const parsed = VerifierKey::parse(vkey).value();
    EXPECT_EQ(parsed.name, origin);
    EXPECT_EQ(parsed.key, testing::signing_key().public_key());
}

TEST(VerifierKey, RefusesMalformedText) {
    std::string const key(vkey);
    auto const with = [&](std::string_view from, std::string_view to) {
        auto text = key;
        return text.replace(text.find(from), from.size(), to);
    };
    for (auto const& text :
         {std::string(), std::string("a"), std::string("a+b"), std::string("++"), key + "A", key + "\n",
          with("9caf54d6", "9caf54d7"), with("9caf54d6", "9CAF54D6"), with("9caf54d6", "9caf"),
          with("gateway", "Gateway"), with("gateway", "gate way"), with("+ASa0", "+AiSa"),
          with("gateway.example/audit", ""), with("ASa0C4", "ASa0C5"), std::string(10'000, '+')})
        EXPECT_FALSE(VerifierKey::parse(text).ok()) << text;
}

}  // namespace
}  // namespace b2a::audit
