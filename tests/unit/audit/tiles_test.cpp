// SPDX-License-Identifier: Apache-2.0
// Proofs from tiles against the naive functions of merkle.hpp, and the known answers of Certificate Transparency.
#include "b2a/audit/tiles.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "keys.hpp"

namespace b2a::audit {
namespace {

using testing::digest_of;

/// What a store keeps: the leaves, and the tiles that the edge asked to keep.
class Kept {
  public:
    void append(Digest const& leaf) {
        leaves_.push_back(leaf);
        std::vector<Tile> changed;
        edge_.append(leaf, changed);
        for (auto& tile : changed) tiles_[tile.id] = std::move(tile.hashes);
    }
    [[nodiscard]] TileSource source() const {
        return [this](TileId id, std::size_t width) -> Result<std::vector<Digest>> {
            ++reads_;
            auto const found = tiles_.find(id);
            auto hashes = found != tiles_.end() ? found->second : std::vector<Digest>{};
            if (found == tiles_.end() && id.level == 0)
                for (auto i = id.index * tile_width; i < leaves_.size() && hashes.size() < tile_width; ++i)
                    hashes.push_back(leaves_[i]);
            if (hashes.size() < width) return Error(Code::internal, "a tile is missing");
            hashes.resize(width);
            return hashes;
        };
    }
    [[nodiscard]] std::span<Digest const> leaves(std::size_t size) const { return std::span(leaves_).first(size); }
    [[nodiscard]] std::size_t reads() const { return reads_; }
    [[nodiscard]] TileEdge const& edge() const { return edge_; }

  private:
    std::vector<Digest> leaves_;
    std::map<TileId, std::vector<Digest>> tiles_;
    TileEdge edge_;
    mutable std::size_t reads_ = 0;
};

Kept const& long_log() {
    static Kept const kept = [] {
        Kept out;
        for (std::size_t i = 0; i < 70'000; ++i) out.append(leaf_hash(as_bytes("entry " + std::to_string(i))));
        return out;
    }();
    return kept;
}

TEST(Tiles, GiveTheKnownAnswers) {
    Kept kept;
    for (std::string_view const hex :
         {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"})
        kept.append(leaf_hash(from_hex(hex).value()));
    auto const node_5f = digest_of("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e");
    auto const node_bc = digest_of("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    auto const node_ca = digest_of("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0");
    auto const node_d3 = digest_of("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    auto const node_0e = digest_of("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a");
    using Hashes = std::vector<Digest>;
    TiledTree tree(8, kept.source());
    EXPECT_EQ(tree.root().value(), digest_of("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"));
    EXPECT_EQ(tree.inclusion_proof(0).value(),
              (Hashes{digest_of("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"), node_5f,
                      digest_of("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")}));
    EXPECT_EQ(tree.inclusion_proof(5).value(), (Hashes{node_bc, node_ca, node_d3}));
    EXPECT_EQ(tree.consistency_proof(6).value(), (Hashes{node_0e, node_ca, node_d3}));
    EXPECT_EQ(TiledTree(5, kept.source()).consistency_proof(2).value(), (Hashes{node_5f, node_bc}));
}

TEST(Tiles, RefuseWhatIsNotThere) {
    TiledTree tree(8, long_log().source());
    EXPECT_EQ(tree.inclusion_proof(8).error().code, Code::invalid_request);
    EXPECT_EQ(tree.consistency_proof(0).error().code, Code::invalid_request);
    EXPECT_EQ(tree.consistency_proof(9).error().code, Code::invalid_request);
    EXPECT_EQ(TiledTree(0, long_log().source()).root().value(), empty_root());
    EXPECT_FALSE(TiledTree(1'000'000, long_log().source()).root().ok());
}

RC_GTEST_PROP(Tiles, ProveWhatTheNaiveFunctionsProve, ()) {
    auto const& log = long_log();
    // Sizes around the borders of tiles are as likely as any.
    auto const base = *rc::gen::element<std::size_t>(0, 256, 512, 65'280, 65'536, 65'792);
    auto const size = base + *rc::gen::inRange<std::size_t>(1, 600);
    auto const index = *rc::gen::inRange<std::size_t>(0, size);
    auto const leaves = log.leaves(size);
    TiledTree tree(size, log.source());
    RC_ASSERT(tree.root().value() == root_of(leaves));
    RC_ASSERT(tree.inclusion_proof(index).value() == inclusion_proof(index, leaves));
    RC_ASSERT(tree.consistency_proof(index + 1).value() == consistency_proof(index + 1, leaves));
}

TEST(Tiles, AProofReadsFewTiles) {
    auto const& log = long_log();
    auto const before = log.reads();
    TiledTree tree(70'000, log.source());
    auto const proof = tree.inclusion_proof(12'345).value();
    EXPECT_LE(log.reads() - before, 6U);
    EXPECT_TRUE(verify_inclusion(log.leaves(70'000)[12'345], 12'345, 70'000, proof, root_of(log.leaves(70'000))));
}

TEST(Tiles, AnEdgeGoesOnWhereItWasRestored) {
    Kept kept;
    std::vector<Tile> expected, found;
    for (std::size_t i = 0; i < 1300; ++i) {
        if (i % 97 == 0) {
            auto restored = TileEdge::restore(i, kept.source()).value();
            auto known = kept.edge();
            auto const leaf = leaf_hash(as_bytes(std::to_string(i)));
            restored.append(leaf, found);
            known.append(leaf, expected);
            EXPECT_EQ(restored.size(), known.size());
        }
        kept.append(leaf_hash(as_bytes(std::to_string(i))));
    }
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].id, expected[i].id);
        EXPECT_EQ(found[i].hashes, expected[i].hashes);
    }
}

TEST(Tiles, PathsAreThoseOfTheStandard) {
    using Kind = TilePath::Kind;
    std::pair<std::string_view, TilePath> const known[] = {
        {"0/000", {Kind::hashes, {0, 0}, 256}},
        {"0/x001/x234/067", {Kind::hashes, {0, 1'234'067}, 256}},
        {"1/x001/000.p/7", {Kind::hashes, {1, 1000}, 7}},
        {"entries/003.p/255", {Kind::entries, {0, 3}, 255}},
    };
    for (auto const& [text, path] : known) {
        EXPECT_EQ(to_text(path), text);
        EXPECT_EQ(parse_tile_path(text).value(), path) << text;
    }
    for (std::string_view const text : {"",          "0",           "0/",
                                        "0/0",       "0/0000",      "00/000",
                                        "8/000",     "-1/000",      "0/x000/001",
                                        "0/001/002", "0/x001",      "0/000.p",
                                        "0/000.p/0", "0/000.p/256", "0/000.p/07",
                                        "0/000/7",   "0/abc",       "entries",
                                        "x/000",     "0/000.p/1/2", "0/x001/x001/x001/x001/x001/x001/001"})
        EXPECT_FALSE(parse_tile_path(text).ok()) << text;
}

TEST(Tiles, BundlesOfEntries) {
    std::string bundle;
    std::string const large(300, 'x');
    for (std::string_view const entry : {std::string_view("{}"), std::string_view(), std::string_view(large)})
        append_to_bundle(bundle, entry);
    EXPECT_EQ(bundle.substr(0, 4), std::string("\0\2{}", 4));
    auto const entries = parse_bundle(bundle).value();
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[0], "{}");
    EXPECT_EQ(entries[1], "");
    EXPECT_EQ(entries[2], large);
    EXPECT_FALSE(parse_bundle(bundle.substr(0, bundle.size() - 1)).ok());
    EXPECT_FALSE(parse_bundle(bundle.substr(0, 5)).ok());
}

TEST(Tiles, WidthsFollowTheSize) {
    EXPECT_EQ(width_of({0, 0}, 0), 0U);
    EXPECT_EQ(width_of({0, 0}, 255), 255U);
    EXPECT_EQ(width_of({0, 0}, 300), 256U);
    EXPECT_EQ(width_of({0, 1}, 300), 44U);
    EXPECT_EQ(width_of({0, 2}, 300), 0U);
    EXPECT_EQ(width_of({1, 0}, 300), 1U);
    EXPECT_EQ(width_of({2, 0}, 65'536), 1U);
    EXPECT_EQ(width_of({9, 0}, ~std::uint64_t{0}), 0U);
}

}  // namespace
}  // namespace b2a::audit
