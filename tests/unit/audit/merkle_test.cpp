// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/merkle.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "keys.hpp"

namespace b2a::audit {
namespace {

using testing::digest_of;

// The test tree of Certificate Transparency (RFC 6962 implementations).
constexpr std::array<std::string_view, 8> entries = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
constexpr std::array<std::string_view, 9> roots = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                                   "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                                   "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                                   "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                                   "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                                   "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                                   "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                                   "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                                   "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
constexpr std::string_view node_5f08 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
constexpr std::string_view node_bc1a = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
constexpr std::string_view node_ca85 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";

using Hashes = std::vector<Digest>;

Hashes ct_leaves(std::size_t size = entries.size()) {
    Hashes leaves;
    for (std::size_t i = 0; i < size; ++i) leaves.push_back(leaf_hash(from_hex(entries[i]).value()));
    return leaves;
}

Hashes leaves_of(std::size_t size) {
    Hashes leaves;
    for (std::size_t i = 0; i < size; ++i) leaves.push_back(leaf_hash(as_bytes("entry " + std::to_string(i))));
    return leaves;
}

Hashes digests_of(std::vector<std::string_view> const& hex) {
    Hashes out;
    for (auto const text : hex) out.push_back(digest_of(text));
    return out;
}

TEST(Merkle, GivesTheKnownRoots) {
    Frontier frontier;
    EXPECT_EQ(empty_root(), digest_of(roots[0]));
    for (std::size_t size = 0; size <= entries.size(); ++size) {
        if (size > 0) frontier.append(ct_leaves()[size - 1]);
        EXPECT_EQ(root_of(ct_leaves(size)), digest_of(roots[size])) << size;
        EXPECT_EQ(frontier.root(), digest_of(roots[size])) << size;
        EXPECT_EQ(frontier.size(), size);
    }
}

TEST(Merkle, GivesTheKnownInclusionProofs) {
    EXPECT_EQ(inclusion_proof(0, ct_leaves()),
              digests_of({"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", node_5f08,
                          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
    EXPECT_EQ(inclusion_proof(5, ct_leaves()), digests_of({node_bc1a, node_ca85, roots[4]}));
    EXPECT_EQ(inclusion_proof(2, ct_leaves(3)), digests_of({roots[2]}));
    EXPECT_TRUE(inclusion_proof(0, ct_leaves(1)).empty());
}

TEST(Merkle, GivesTheKnownConsistencyProofs) {
    EXPECT_EQ(consistency_proof(1, ct_leaves()), inclusion_proof(0, ct_leaves()));
    EXPECT_EQ(consistency_proof(6, ct_leaves()),
              digests_of({"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", node_ca85, roots[4]}));
    EXPECT_EQ(consistency_proof(2, ct_leaves(5)), digests_of({node_5f08, node_bc1a}));
    EXPECT_TRUE(consistency_proof(8, ct_leaves()).empty());
}

TEST(Frontier, AgreesWithTheDefinitionAtEverySize) {
    auto const leaves = leaves_of(300);
    Frontier frontier;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        ASSERT_EQ(frontier.root(), root_of(std::span(leaves).first(size))) << size;
        if (size < leaves.size()) frontier.append(leaves[size]);
    }
}

RC_GTEST_PROP(Frontier, GoesOnAfterARestart, ()) {
    auto const leaves = leaves_of(*rc::gen::inRange<std::size_t>(0, 300));
    auto const cut = *rc::gen::inRange<std::size_t>(0, leaves.size() + 1);
    Frontier before;
    for (std::size_t i = 0; i < cut; ++i) before.append(leaves[i]);
    auto after = Frontier::restore(before.size(), before.edge()).value();
    RC_ASSERT(after.root() == before.root());
    for (std::size_t i = cut; i < leaves.size(); ++i) after.append(leaves[i]);
    RC_ASSERT(after.size() == leaves.size());
    RC_ASSERT(after.root() == root_of(leaves));
}

TEST(Frontier, RefusesAnEdgeThatDoesNotFit) {
    EXPECT_TRUE(Frontier::restore(0, {}).ok());
    EXPECT_TRUE(Frontier::restore(5, Hashes(2)).ok());
    EXPECT_FALSE(Frontier::restore(0, Hashes(1)).ok());
    EXPECT_FALSE(Frontier::restore(5, Hashes(3)).ok());
    EXPECT_FALSE(Frontier::restore(5, {}).ok());
    EXPECT_EQ(Frontier::restore(4, Hashes(2)).error().code, Code::invalid_request);
    EXPECT_TRUE(Frontier::restore(~std::uint64_t{0}, Hashes(64)).ok());
}

TEST(Inclusion, EveryLeafOfEverySizeIsProven) {
    auto const all = leaves_of(70);
    for (std::size_t size = 1; size <= all.size(); ++size) {
        auto const leaves = std::span(all).first(size);
        auto const root = root_of(leaves);
        for (std::size_t i = 0; i < size; ++i) {
            auto const proof = inclusion_proof(i, leaves);
            ASSERT_TRUE(verify_inclusion(leaves[i], i, size, proof, root)) << i << " of " << size;
            ASSERT_FALSE(verify_inclusion(leaves[i], i + 1, size, proof, root)) << i << " of " << size;
            if (size > 1) ASSERT_FALSE(verify_inclusion(leaves[(i + 1) % size], i, size, proof, root));
        }
    }
}

RC_GTEST_PROP(Inclusion, NoChangedProofPasses, ()) {
    auto const leaves = leaves_of(*rc::gen::inRange<std::size_t>(2, 200));
    auto const index = *rc::gen::inRange<std::size_t>(0, leaves.size());
    auto const root = root_of(leaves);
    auto const good = inclusion_proof(index, leaves);
    auto const passes = [&](Hashes const& proof) {
        return verify_inclusion(leaves[index], index, leaves.size(), proof, root);
    };
    auto changed = good;
    changed[*rc::gen::inRange<std::size_t>(0, good.size())][*rc::gen::inRange<std::size_t>(0, 32)] ^= 1;
    RC_ASSERT(!passes(changed));
    auto longer = good;
    longer.push_back(root);
    RC_ASSERT(!passes(longer));
    auto shorter = good;
    shorter.pop_back();
    RC_ASSERT(!passes(shorter));
    RC_ASSERT(!verify_inclusion(leaves[index], leaves.size(), leaves.size(), good, root));
    RC_ASSERT(!verify_inclusion(leaves[index], 0, 0, {}, root));
}

TEST(Consistency, EveryPairOfSizesIsProven) {
    auto const all = leaves_of(70);
    auto const root = [&](std::size_t size) { return root_of(std::span(all).first(size)); };
    for (std::size_t second = 1; second <= all.size(); ++second) {
        for (std::size_t first = 1; first <= second; ++first) {
            auto const proof = consistency_proof(first, std::span(all).first(second));
            ASSERT_TRUE(verify_consistency(first, second, root(first), root(second), proof)) << first << " " << second;
            ASSERT_FALSE(verify_consistency(first, second, digest_of(roots[8]), root(second), proof));
            ASSERT_FALSE(verify_consistency(first, second, root(first), digest_of(roots[8]), proof));
        }
    }
}

TEST(Consistency, TrivialCases) {
    auto const leaves = leaves_of(5);
    EXPECT_TRUE(verify_consistency(0, 5, empty_root(), root_of(leaves), {}));
    EXPECT_FALSE(verify_consistency(0, 5, root_of(leaves), root_of(leaves), {}));
    EXPECT_TRUE(verify_consistency(5, 5, root_of(leaves), root_of(leaves), {}));
    EXPECT_FALSE(verify_consistency(5, 5, root_of(leaves), empty_root(), {}));
    EXPECT_FALSE(verify_consistency(5, 5, root_of(leaves), root_of(leaves), leaves));
    EXPECT_FALSE(verify_consistency(5, 4, root_of(leaves), root_of(leaves), {}));
    EXPECT_FALSE(verify_consistency(3, 5, root_of(leaves), root_of(leaves), {}));
    EXPECT_FALSE(verify_consistency(4, 5, root_of(leaves), root_of(leaves), {}));
}

RC_GTEST_PROP(Consistency, ARewrittenPastIsNoticed, ()) {
    auto const second = *rc::gen::inRange<std::size_t>(2, 200);
    auto const first = *rc::gen::inRange<std::size_t>(1, second);
    auto leaves = leaves_of(second);
    auto const first_root = root_of(std::span(leaves).first(first));
    leaves[*rc::gen::inRange<std::size_t>(0, first)][0] ^= 1;
    auto const proof = consistency_proof(first, leaves);
    RC_ASSERT(!verify_consistency(first, second, first_root, root_of(leaves), proof));
}

RC_GTEST_PROP(Consistency, NoChangedProofPasses, ()) {
    auto const second = *rc::gen::inRange<std::size_t>(2, 200);
    auto const first = *rc::gen::inRange<std::size_t>(1, second);
    auto const leaves = leaves_of(second);
    auto const good = consistency_proof(first, leaves);
    auto const passes = [&](Hashes const& proof) {
        return verify_consistency(first, second, root_of(std::span(leaves).first(first)), root_of(leaves), proof);
    };
    auto changed = good;
    changed[*rc::gen::inRange<std::size_t>(0, good.size())][*rc::gen::inRange<std::size_t>(0, 32)] ^= 1;
    RC_ASSERT(!passes(changed));
    auto longer = good;
    longer.push_back(empty_root());
    RC_ASSERT(!passes(longer));
    auto shorter = good;
    shorter.pop_back();
    RC_ASSERT(!passes(shorter));
}

}  // namespace
}  // namespace b2a::audit
