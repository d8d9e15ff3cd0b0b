// SPDX-License-Identifier: Apache-2.0
// What every store must know about the prices that were published.
#include <sqlite3.h>

#include "contract/fixtures.hpp"

namespace b2a::store {
namespace {

Timestamp day(int number) {
    return at(0) + std::chrono::days(number);
}
Currency eur() {
    return *Currency::parse("EUR");
}

domain::Product priced(std::string id, std::int64_t price, std::int64_t list) {
    auto product = product_of("p-" + id, {{id, 1}});
    product.variants[0].offers = {{{price, eur()}, {list, eur()}}};
    return product;
}

template <class Factory>
class PriceHistoryContract : public testing::Test {
  protected:
    std::uint64_t publish(domain::Product const& product, int on_day) {
        auto draft = factory_.store->begin_catalog().value();
        EXPECT_TRUE(draft->put(product).ok());
        return draft->publish(event_of("catalog.published", "catalog"), day(on_day)).value();
    }
    std::vector<domain::PricePoint> points(std::string const& id) {
        return reader_->price_history(id, eur(), 10).value();
    }
    std::optional<domain::PriorPrice> prior() {
        auto const data = reader_->catalog().value();
        return data.products.at(0).variants.at(0).offers.at(0).prior;
    }

    Factory factory_;
    std::unique_ptr<Reader> reader_ = factory_.store->open_reader().value();
};
using Stores = testing::Types<MemoryFactory, SqliteFactory>;
TYPED_TEST_SUITE(PriceHistoryContract, Stores);

TYPED_TEST(PriceHistoryContract, KeepsWhatWasPublishedAndOnlyChanges) {
    EXPECT_EQ(this->publish(priced("v1", 100, 100), 0), 1U);
    auto retitled = priced("v1", 100, 100);
    retitled.title = "New";
    EXPECT_EQ(this->publish(retitled, 1), 2U);
    EXPECT_EQ(this->publish(priced("v1", 80, 100), 2), 3U);
    auto const gone = product_of("p-v1", {{"v1", 1}});
    EXPECT_EQ(this->publish(gone, 3), 4U);
    EXPECT_EQ(this->points("v1"), (std::vector<domain::PricePoint>{
                                      {day(3), 4, std::nullopt, 0}, {day(2), 3, 80, 100}, {day(0), 1, 100, 100}}));
    EXPECT_EQ(this->reader_->price_history("v1", eur(), 1).value().size(), 1U);
    EXPECT_TRUE(this->points("v2").empty());
    EXPECT_TRUE(this->reader_->price_history("v1", *Currency::parse("USD"), 10).value().empty());
}

TYPED_TEST(PriceHistoryContract, AReductionComesWithTheLowestPriceBeforeIt) {
    this->publish(priced("v1", 100, 120), 0);
    EXPECT_EQ(this->prior(), std::nullopt) << "there is no time before it";
    this->publish(priced("v1", 90, 90), 20);
    this->publish(priced("v1", 110, 110), 25);
    this->publish(priced("v1", 80, 120), 40);
    EXPECT_EQ(this->prior(), (domain::PriorPrice{90, day(10), day(40)}));
    this->publish(priced("v1", 80, 80), 41);
    EXPECT_EQ(this->prior(), std::nullopt) << "nothing is announced";
}

TYPED_TEST(PriceHistoryContract, AnAbandonedDraftLeavesNoPrice) {
    this->publish(priced("v1", 100, 100), 0);
    {
        auto draft = this->factory_.store->begin_catalog().value();
        EXPECT_TRUE(draft->put(priced("v1", 1, 1)).ok());
    }
    auto draft = this->factory_.store->begin_catalog().value();
    EXPECT_TRUE(draft->put(priced("v1", 1, 1)).ok());
    EXPECT_TRUE(draft->put(priced("v1", 100, 100)).ok());
    EXPECT_EQ(draft->publish(event_of("catalog.published"), day(1)).value(), 1U) << "nothing has changed in the end";
    EXPECT_EQ(this->points("v1").size(), 1U);
}

TYPED_TEST(PriceHistoryContract, AVariantMayChangeItsProduct) {
    this->publish(priced("v1", 100, 100), 0);
    auto draft = this->factory_.store->begin_catalog().value();
    EXPECT_TRUE(draft->put(product_of("p-v1", {{"other", 1}})).ok());
    auto adopted = priced("v1", 70, 70);
    adopted.id = "p-new";
    EXPECT_TRUE(draft->put(adopted).ok());
    EXPECT_TRUE(draft->put(product_of("p-v1", {{"another", 1}})).ok());
    EXPECT_TRUE(draft->publish(event_of("catalog.published"), day(1)).ok());
    ASSERT_EQ(this->points("v1").size(), 2U);
    EXPECT_EQ(this->points("v1")[0].price, 70);
}

TYPED_TEST(PriceHistoryContract, SaysWhenARevisionWasPublished) {
    this->publish(priced("v1", 100, 100), 0);
    ASSERT_TRUE(commit_blocking(*this->factory_.store, insert_checkout(1), no_deadline()).ok());
    this->publish(priced("v1", 80, 80), 2);
    EXPECT_EQ(this->reader_->publication(1).value(), (domain::Publication{1, day(0), 0}));
    EXPECT_EQ(this->reader_->publication(2).value(), (domain::Publication{2, day(2), 2}));
    EXPECT_EQ(this->reader_->publication(3).value(), std::nullopt);
}

TEST(SqlitePriceHistory, ACatalogFromBeforeBeginsItsHistoryWithItsLastEvidence) {
    TempDir const dir;
    auto const path = dir.file("b2a.db");
    auto store = open_sqlite(path, OpenMode::create).value();
    publish(*store, {priced("v1", 100, 100)});
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db, "DELETE FROM price_point", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
    auto draft = store->begin_catalog().value();
    EXPECT_TRUE(draft->put(priced("v1", 80, 100)).ok());
    EXPECT_TRUE(draft->publish(event_of("catalog.published"), day(40)).ok());
    auto reader = store->open_reader().value();
    auto const points = reader->price_history("v1", eur(), 10).value();
    ASSERT_EQ(points.size(), 2U);
    EXPECT_EQ(points[1], (domain::PricePoint{at(1), 1, 100, 100}));
    EXPECT_EQ(reader->catalog().value().products[0].variants[0].offers[0].prior->minor, 100);
}

}  // namespace
}  // namespace b2a::store
