// SPDX-License-Identifier: Apache-2.0
// What every store must do so that the log can be proved, and so that old entries can be given up without harm.
#include "contract/fixtures.hpp"

namespace b2a::store {
namespace {

template <class Factory>
class ProofContract : public testing::Test {
  protected:
    Result<CommitResult> commit(ChangeSet changes) {
        return commit_blocking(store(), std::move(changes), no_deadline());
    }
    /// Entries until the log has `size` of them.
    void grow(std::uint64_t size) {
        while (reader().audit_head().value().size < size) {
            auto changes = change_of("grown");
            auto const missing = size - reader().audit_head().value().size;
            changes.events.resize(std::min<std::size_t>(missing, 300), changes.events.front());
            ASSERT_TRUE(commit(std::move(changes)).ok());
        }
    }
    audit::TileSource source() {
        return [this](audit::TileId id, std::size_t width) { return reader().audit_tile(id, width); };
    }
    std::vector<Digest> leaves() {
        std::vector<Digest> out;
        auto const entries = reader().audit_entries(0, 100'000).value();
        for (auto const& entry : entries) out.push_back(entry.leaf);
        return out;
    }
    Store& store() { return *factory_.store; }
    Reader& reader() { return *reader_; }

    Factory factory_;
    std::unique_ptr<Reader> reader_ = factory_.store->open_reader().value();
};

using Stores = testing::Types<MemoryFactory, SqliteFactory>;
TYPED_TEST_SUITE(ProofContract, Stores);

TYPED_TEST(ProofContract, KeepsTilesThatProveEveryEntry) {
    this->grow(700);
    auto const leaves = this->leaves();
    ASSERT_EQ(leaves.size(), 700U);
    for (std::uint64_t const size : {1U, 255U, 256U, 257U, 512U, 699U, 700U}) {
        auto const root = audit::root_of(std::span(leaves).first(size));
        audit::TiledTree tree(size, this->source());
        EXPECT_EQ(tree.root().value(), root);
        for (std::uint64_t index = 0; index < size; index += 37)
            EXPECT_TRUE(audit::verify_inclusion(leaves[index], index, size, tree.inclusion_proof(index).value(), root));
        auto const proof = audit::TiledTree(700, this->source()).consistency_proof(size).value();
        EXPECT_TRUE(audit::verify_consistency(size, 700, root, this->reader().audit_head().value().root, proof));
    }
    EXPECT_EQ(this->reader().audit_tile({0, 0}, 256).value().size(), 256U);
    EXPECT_EQ(this->reader().audit_tile({1, 0}, 2).value().size(), 2U);
    EXPECT_EQ(this->reader().audit_tile({1, 0}, 3).error().code, Code::not_found);
    EXPECT_EQ(this->reader().audit_tile({0, 2}, 189).error().code, Code::not_found);
    EXPECT_EQ(this->reader().audit_tile({0, ~std::uint64_t{0} / 512}, 1).error().code, Code::not_found);
    EXPECT_EQ(this->reader().audit_tile({7, 0}, 1).error().code, Code::not_found);
}

TYPED_TEST(ProofContract, ACatalogPublishedBesideTheWriterGrowsTheSameTree) {
    this->grow(300);
    publish(this->store(), {product_of("p", {{"v", 1}})});
    this->grow(600);
    auto const head = this->reader().audit_head().value();
    EXPECT_EQ(audit::TiledTree(head.size, this->source()).root().value(), head.root);
}

TYPED_TEST(ProofContract, AnOrderKnowsItsEntry) {
    this->grow(3);
    auto place = change_of("checkout.completed");
    place.events.push_back(event_of("order.placed", id_of<OrderId>(1).text()));
    place.order = OrderWrite{order_of(1), 0, {1}};
    ASSERT_TRUE(this->commit(std::move(place)).ok());
    EXPECT_EQ(this->reader().order_entry(id_of<OrderId>(1)).value(), 4U);
    EXPECT_EQ(this->reader().order_entry(id_of<OrderId>(2)).value(), std::nullopt);
    auto change = change_of("order.adjusted");
    change.order = OrderWrite{order_of(1), 1, {}};
    ASSERT_TRUE(this->commit(std::move(change)).ok());
    EXPECT_EQ(this->reader().order_entry(id_of<OrderId>(1)).value(), 4U);
}

TYPED_TEST(ProofContract, TimeInTheLogDoesNotGoBack) {
    auto const time_of = [&](std::uint64_t seq) {
        auto const body = this->reader().audit_entries(seq, 1).value().front().body;
        return body.substr(body.find("\"time\":\"") + 8, 24);
    };
    auto first = change_of("first");
    first.now = at(3600);
    ASSERT_TRUE(this->commit(std::move(first)).ok());
    auto second = change_of("the clock was set back by an hour");
    second.now = at(0);
    ASSERT_TRUE(this->commit(std::move(second)).ok());
    EXPECT_EQ(time_of(0), to_rfc3339(at(3600)));
    EXPECT_EQ(time_of(1), to_rfc3339(at(3600)));
}

ChangeSet prune_of(std::uint64_t before) {
    auto changes = change_of("log.pruned");
    changes.prune_log_before = before;
    return changes;
}

ChangeSet hold_of(LegalHold hold) {
    auto changes = change_of("log.hold");
    changes.legal_hold = hold;
    return changes;
}

TYPED_TEST(ProofContract, GivesUpOldEntriesAndKeepsTheirProofs) {
    this->grow(600);
    auto const leaves = this->leaves();
    EXPECT_EQ(this->commit(prune_of(256)).error().code, Code::invalid_request);  // nothing is signed
    ASSERT_TRUE(this->store().add_checkpoint(600, "note").ok());
    for (std::uint64_t const wrong : {0U, 1U, 255U, 300U, 768U})
        EXPECT_EQ(this->commit(prune_of(wrong)).error().code, Code::invalid_request) << wrong;
    ASSERT_TRUE(this->commit(hold_of(LegalHold::held)).ok());
    EXPECT_EQ(this->reader().audit_head().value().hold, LegalHold::held);
    EXPECT_EQ(this->commit(prune_of(512)).error().code, Code::conflict);
    ASSERT_TRUE(this->commit(hold_of(LegalHold::released)).ok());
    ASSERT_TRUE(this->commit(prune_of(512)).ok());

    auto const head = this->reader().audit_head().value();
    EXPECT_EQ(head.first, 512U);
    EXPECT_EQ(this->reader().audit_entries(0, 1).value().front().seq, 512U);
    EXPECT_EQ(this->reader().audit_entries(520, 1).value().front().seq, 520U);
    EXPECT_EQ(this->reader().audit_tile({0, 0}, 256).value()[7], leaves[7]);
    audit::TiledTree tree(head.size, this->source());
    EXPECT_EQ(tree.root().value(), head.root);
    for (std::uint64_t const index : {0U, 300U, 599U})
        EXPECT_TRUE(
            audit::verify_inclusion(leaves[index], index, head.size, tree.inclusion_proof(index).value(), head.root));
    EXPECT_EQ(this->commit(prune_of(512)).error().code, Code::invalid_request);
    this->grow(1100);
    EXPECT_EQ(this->reader().audit_head().value().first, 512U);
}

TEST(SqliteProof, ASecondOpeningGoesOnWithTheSameTree) {
    TempDir dir;
    auto store = open_sqlite(dir.file("b2a.db"), OpenMode::create).value();
    for (int round = 0; round < 3; ++round) {
        auto changes = change_of("grown");
        changes.events.resize(200, changes.events.front());
        ASSERT_TRUE(commit_blocking(*store, std::move(changes), no_deadline()).ok());
        store.reset();
        store = open_sqlite(dir.file("b2a.db"), OpenMode::existing).value();
    }
    auto const reader = store->open_reader().value();
    auto const source = [&](audit::TileId id, std::size_t width) { return reader->audit_tile(id, width); };
    EXPECT_EQ(audit::TiledTree(600, source).root().value(), reader->audit_head().value().root);
}

}  // namespace
}  // namespace b2a::store
