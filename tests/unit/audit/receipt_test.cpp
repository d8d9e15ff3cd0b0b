// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/receipt.hpp"

#include <gtest/gtest.h>

#include "b2a/audit/event.hpp"

#include "keys.hpp"

namespace b2a::audit {
namespace {

using testing::other_key;
using testing::signing_key;
using testing::verifier_key;

constexpr std::string_view origin = "gateway.example/audit";

std::string entry_of(std::uint64_t seq) {
    Event event;
    event.type = "order.placed";
    event.subject = "ord_" + std::to_string(seq);
    return canonical_bytes(event, seq, Timestamp{}).value();
}

Receipt receipt_of(std::uint64_t index, std::uint64_t size) {
    std::vector<Digest> leaves;
    for (std::uint64_t i = 0; i < size; ++i) leaves.push_back(leaf_hash(as_bytes(entry_of(i))));
    Checkpoint const checkpoint{std::string(origin), size, root_of(leaves)};
    return {entry_of(index), {index, inclusion_proof(index, leaves), sign_checkpoint(checkpoint, signing_key())}};
}

TEST(Receipt, SurvivesItsTextAndVerifies) {
    for (std::uint64_t size = 1; size < 12; ++size)
        for (std::uint64_t index = 0; index < size; ++index) {
            auto const receipt = receipt_of(index, size);
            auto const parsed = parse_receipt(to_json(receipt)).value();
            EXPECT_EQ(parsed.entry, receipt.entry);
            EXPECT_EQ(parsed.proof, receipt.proof);
            auto const checkpoint = verify(parsed, verifier_key());
            ASSERT_TRUE(checkpoint.ok()) << checkpoint.error().detail;
            EXPECT_EQ(checkpoint->size, size);
        }
}

TEST(Receipt, AnyChangeIsNoticed) {
    auto const sound = receipt_of(3, 7);
    auto changed = sound;
    changed.entry[20] ^= 1;
    EXPECT_EQ(verify(changed, verifier_key()).error().code, Code::unprocessable);
    changed = sound;
    changed.proof.index = 4;
    EXPECT_FALSE(verify(changed, verifier_key()).ok());
    changed = sound;
    changed.proof.hashes[1][5] ^= 1;
    EXPECT_FALSE(verify(changed, verifier_key()).ok());
    changed = sound;
    changed.proof.hashes.pop_back();
    EXPECT_FALSE(verify(changed, verifier_key()).ok());
    changed = sound;
    changed.proof.checkpoint.replace(changed.proof.checkpoint.find("\n7\n"), 3, "\n8\n");
    EXPECT_EQ(verify(changed, verifier_key()).error().code, Code::unauthenticated);
    EXPECT_EQ(verify(sound, {std::string(origin), other_key().public_key()}).error().code, Code::unauthenticated);
}

TEST(Receipt, AnEntryOfAnotherPlaceIsRefused) {
    // The tree may hold these bytes there, but they say that they belong elsewhere.
    auto const leaf = leaf_hash(as_bytes(entry_of(9)));
    Checkpoint const checkpoint{std::string(origin), 1, leaf};
    Receipt const moved{entry_of(9), {0, {}, sign_checkpoint(checkpoint, signing_key())}};
    EXPECT_EQ(verify(moved, verifier_key()).error().code, Code::unprocessable);
}

TEST(Proof, IsTheTextOfTheStandard) {
    auto const proof = receipt_of(1, 3).proof;
    auto const text = to_text(proof);
    EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nindex 1\n" + to_base64(proof.hashes[0]) + "\n")) << text;
    EXPECT_TRUE(text.ends_with("\n\n" + proof.checkpoint)) << text;
    EXPECT_EQ(parse_proof(text).value(), proof);
    auto with_extra = text;
    with_extra.insert(with_extra.find("index"), "extra aGVsbG8=\n");
    EXPECT_EQ(parse_proof(with_extra).value(), proof);
}

TEST(Proof, RefusesWhatIsMalformed) {
    auto const text = to_text(receipt_of(1, 3).proof);
    for (std::size_t size = 0; size + 1 < text.size(); ++size) EXPECT_FALSE(parse_proof(text.substr(0, size)).ok());
    auto const broken = [&](std::string_view from, std::string_view to) {
        auto copy = text;
        copy.replace(copy.find(from), from.size(), to);
        return !parse_proof(copy).ok();
    };
    EXPECT_TRUE(broken("v1", "v2"));
    EXPECT_TRUE(broken("index 1", "index 01"));
    EXPECT_TRUE(broken("index 1", "index -1"));
    EXPECT_TRUE(broken("index 1", "extra !\nindex 1"));
    EXPECT_TRUE(broken("index 1\n", "index 1\nAAAA\n"));
    for (std::string_view const json : {"", "{}", "[]", R"({"entry":"","proof":"","index":0})", R"({"index":1})"})
        EXPECT_FALSE(parse_receipt(json).ok()) << json;
}

}  // namespace
}  // namespace b2a::audit
