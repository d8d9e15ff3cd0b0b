// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "unit/catalog/shop.hpp"

namespace b2a::catalog {
namespace {

using test::a_product;
using test::a_shop;

std::shared_ptr<Snapshot const> one_variant(std::int64_t stock, std::uint64_t revision = 1) {
    return a_shop({a_product("p", "x")}, {{"p-v", stock}}, revision);
}

TEST(Holder, StartsEmpty) {
    Holder const holder;
    ASSERT_NE(holder.current(), nullptr);
    EXPECT_EQ(holder.current()->variant_count(), 0U);
}

TEST(Holder, PublishIsSeenByViews) {
    Holder holder;
    View view(holder);
    EXPECT_EQ(view.get()->revision(), 0U);
    holder.publish(one_variant(1, 5));
    EXPECT_EQ(view.get()->revision(), 5U);
    EXPECT_EQ(holder.generation(), 1U);
}

TEST(Holder, StockGoesToTheCurrentSnapshot) {
    Holder holder;
    holder.publish(one_variant(5));
    holder.set_stock("p-v", 3);
    holder.set_stock("unknown", 3);
    EXPECT_EQ(holder.current()->stock(0), 3);
}

TEST(Holder, StockChangesDuringARebuildAreNotLost) {
    Holder holder;
    holder.publish(one_variant(5));
    holder.set_stock("p-v", 4);
    holder.begin_rebuild();
    auto const next = one_variant(4, 2);
    holder.set_stock("p-v", 3);
    holder.set_stock("p-v", 2);
    EXPECT_EQ(holder.current()->stock(0), 2);
    holder.publish(next);
    EXPECT_EQ(holder.current()->revision(), 2U);
    EXPECT_EQ(holder.current()->stock(0), 2);
}

TEST(Holder, OnlyChangesOfTheRebuildAreReplayed) {
    Holder holder;
    holder.publish(one_variant(5));
    holder.begin_rebuild();
    holder.set_stock("p-v", 4);
    holder.begin_rebuild();  // the first one was given up; its successor reads the levels anew
    holder.publish(one_variant(9, 2));
    EXPECT_EQ(holder.current()->stock(0), 9);
    holder.set_stock("p-v", 8);
    holder.publish(one_variant(7, 3));
    EXPECT_EQ(holder.current()->stock(0), 7) << "nothing is recorded outside a rebuild";
}

TEST(Holder, ReplacedSnapshotsWaitForTheirViews) {
    Holder holder;
    holder.publish(one_variant(1, 1));
    View view(holder);
    std::weak_ptr<Snapshot const> const old = view.get();
    holder.publish(one_variant(1, 2));
    EXPECT_EQ(holder.reclaim(), 1U) << "the view still holds it";
    EXPECT_EQ(view.get()->revision(), 2U);
    EXPECT_FALSE(old.expired()) << "the view does not pay for freeing it";
    EXPECT_EQ(holder.reclaim(), 0U);
    EXPECT_TRUE(old.expired());
}

/// A writer counts a level down, a publisher rebuilds from the writer's committed level, readers look. At the end no
/// level is lost, whatever the interleaving.
TEST(Holder, RacingWriterPublisherAndReadersAgree) {
    constexpr std::int64_t levels = 4'000;
    Holder holder;
    std::atomic<std::int64_t> committed{levels};
    std::atomic<bool> writing{true};
    holder.publish(one_variant(levels));

    std::thread writer([&] {
        for (auto level = levels - 1; level >= 0; --level) {
            committed.store(level);
            holder.set_stock("p-v", level);
        }
        writing = false;
    });
    std::thread publisher([&] {
        for (std::uint64_t revision = 2; writing; ++revision) {
            holder.begin_rebuild();
            auto const read = committed.load();
            holder.publish(one_variant(read, revision));
        }
    });
    std::vector<std::thread> readers;
    for (int i = 0; i < 2; ++i)
        readers.emplace_back([&] {
            View view(holder);
            SearchQuery query = test::text_query("x");
            query.availability = Availability::in_stock;
            std::uint64_t revision = 0;
            while (writing) {
                auto const& shop = view.get();
                EXPECT_GE(shop->revision(), revision);
                revision = shop->revision();
                EXPECT_LE(shop->search(query)->total, 1U);
                EXPECT_LE(*shop->stock(0), levels);
            }
        });
    writer.join();
    publisher.join();
    for (auto& reader : readers) reader.join();

    EXPECT_EQ(holder.current()->stock(0), 0);
    EXPECT_FALSE(holder.current()->in_stock(0));
    EXPECT_EQ(holder.reclaim(), 0U);
}

}  // namespace
}  // namespace b2a::catalog
