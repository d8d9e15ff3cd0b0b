// SPDX-License-Identifier: Apache-2.0
// What every store must do with catalog drafts.
#include <algorithm>

#include "contract/fixtures.hpp"

namespace b2a::store {
namespace {

using Change = CatalogDraft::Change;

template <class Factory>
class CatalogContract : public testing::Test {
  protected:
    Store& store() { return *factory_.store; }
    Reader& reader() { return *reader_; }
    catalog::CatalogData catalog() { return reader().catalog().value(); }
    catalog::StockLevels stock() { return reader().stock().value(); }
    void sell(std::string variant, std::int64_t quantity) {
        auto changes = change_of("sold");
        changes.stock = {{std::move(variant), -quantity}};
        ASSERT_TRUE(commit_blocking(store(), std::move(changes), no_deadline()).ok());
    }

    Factory factory_;
    std::unique_ptr<Reader> reader_ = factory_.store->open_reader().value();
};

using Stores = testing::Types<MemoryFactory, SqliteFactory>;
TYPED_TEST_SUITE(CatalogContract, Stores);

TYPED_TEST(CatalogContract, ShowsNothingBeforePublish) {
    auto draft = this->store().begin_catalog().value();
    // Enough to be staged in several transactions.
    for (int i = 0; i < 1200; ++i)
        EXPECT_EQ(draft->put(product_of("p" + std::to_string(i), {{"v" + std::to_string(i), 3}})).value(),
                  Change::added);
    EXPECT_TRUE(this->catalog().products.empty());
    EXPECT_TRUE(this->stock().empty());
    EXPECT_EQ(this->reader().catalog_revision().value(), 0U);
    EXPECT_EQ(draft->product("p7").value()->id, "p7");
    EXPECT_EQ(draft->product_of_variant("v7").value(), "p7");

    EXPECT_EQ(draft->publish(event_of("catalog.published", "catalog"), at(1)).value(), 1U);
    auto const data = this->catalog();
    EXPECT_EQ(data.revision, 1U);
    ASSERT_EQ(data.products.size(), 1200U);
    EXPECT_TRUE(std::ranges::is_sorted(data.products, {}, &domain::Product::id));
    EXPECT_EQ(this->stock().size(), 1200U);
    auto const entries = this->reader().audit_entries(0, 10).value();
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_NE(entries[0].body.find("catalog.published"), std::string::npos);
    EXPECT_NE(entries[0].body.find("revision"), std::string::npos);
}

TYPED_TEST(CatalogContract, KeepsEveryKindOfDocument) {
    auto draft = this->store().begin_catalog().value();
    auto const usd = *Currency::parse("USD");
    domain::Promotion promotion;
    promotion.id = "spring-automatic";
    promotion.title = "Spring";
    promotion.kind = domain::PromotionKind::fixed;
    promotion.amounts = {{500, usd}};
    promotion.valid_from = at(1);
    promotion.subtotal_min = {{5000, usd}};
    auto another = promotion;  // neither has a code: their ids tell them apart
    another.id = "student";
    another.eligibility = "org.example.student";
    domain::ShippingMethod const method{"std", "Standard", "", "DHL", {"DE"}, {{490, usd}}, {{5000, usd}}, 2, 4};
    domain::TaxRate const rate{"US", "CA", 72'500, "CA sales tax"};
    domain::Brand const brand{"acme", "ACME", "Tools", "https://acme.example"};
    domain::Location location;
    location.id = "store-1";
    location.name = "Downtown";
    location.geo = domain::GeoPoint{52'520'000, 13'405'000};
    location.hours = {{0, 540, 1080}};
    location.pickup = true;
    location.excluded = {"v9"};
    EXPECT_EQ(draft->put(promotion).value(), Change::added);
    EXPECT_EQ(draft->put(another).value(), Change::added);
    another.id.clear();
    EXPECT_EQ(draft->put(another).error().code, Code::unprocessable);
    another.id = "student";
    EXPECT_EQ(draft->put(location).value(), Change::added);
    EXPECT_EQ(draft->put(location).value(), Change::unchanged);
    EXPECT_EQ(draft->put(method).value(), Change::added);
    EXPECT_EQ(draft->put(rate).value(), Change::added);
    EXPECT_EQ(draft->put(brand).value(), Change::added);
    EXPECT_EQ(draft->put(brand).value(), Change::unchanged);
    ASSERT_TRUE(draft->publish(event_of("catalog.published"), at(1)).ok());
    auto const data = this->catalog();
    EXPECT_EQ(data.promotions, (std::vector{promotion, another}));
    EXPECT_EQ(data.locations, std::vector{location});
    EXPECT_EQ(data.shipping, std::vector{method});
    EXPECT_EQ(data.taxes, std::vector{rate});
    EXPECT_EQ(data.brands, std::vector{brand});
}

TYPED_TEST(CatalogContract, SizeChartsOccasionsAndLooksArePublished) {
    domain::SizeChart chart;
    chart.id = "tops";
    chart.brand = "acme";
    chart.rows = {{"M", {{domain::SizeSystem::eu, "38"}}, {{domain::Measurement::chest, 880, 919}}}};
    domain::Occasion evening;
    evening.id = "evening";
    evening.names = {"soirée"};
    domain::Look look;
    look.id = "opening-night";
    look.brand = "acme";
    look.occasions = {"evening"};
    look.slots = {{"dress", {"p1"}, {}, 1, true, true}};
    auto draft = this->store().begin_catalog().value();
    EXPECT_TRUE(draft->size_charts().value().empty());
    for (auto const change : {Change::added, Change::unchanged}) {
        EXPECT_EQ(draft->put(chart).value(), change);
        EXPECT_EQ(draft->put(evening).value(), change);
        EXPECT_EQ(draft->put(look).value(), change);
    }
    EXPECT_EQ(draft->size_charts().value(), std::vector{chart});
    EXPECT_EQ(draft->occasions().value(), std::vector{evening});
    EXPECT_EQ(draft->looks().value(), std::vector{look});
    ASSERT_TRUE(draft->publish(event_of("catalog.published"), at(1)).ok());
    auto const data = this->catalog();
    EXPECT_EQ(data.size_charts, std::vector{chart});
    EXPECT_EQ(data.occasions, std::vector{evening});
    EXPECT_EQ(data.looks, std::vector{look});
}

TYPED_TEST(CatalogContract, ADraftKnowsTheSizeChartsThatItWouldPublish) {
    domain::SizeChart first;
    first.id = "b-chart";
    first.brand = "acme";
    auto second = first;
    second.id = "a-chart";
    auto draft = this->store().begin_catalog().value();
    EXPECT_EQ(draft->put(first).value(), Change::added);
    ASSERT_TRUE(draft->publish(event_of("catalog.published"), at(1)).ok());
    draft = this->store().begin_catalog().value();
    EXPECT_EQ(draft->put(second).value(), Change::added);
    first.source = "another one";
    EXPECT_EQ(draft->put(first).value(), Change::updated);
    EXPECT_EQ(draft->size_charts().value(), (std::vector{second, first})) << "published and staged, by id";
}

TYPED_TEST(CatalogContract, PublishingTheSameAgainWritesNothing) {
    EXPECT_EQ(publish(this->store(), {product_of("p1", {{"v1", 3}})}), 1U);
    auto draft = this->store().begin_catalog().value();
    EXPECT_EQ(draft->put(product_of("p1", {{"v1", 3}})).value(), Change::unchanged);
    EXPECT_EQ(draft->publish(event_of("catalog.published"), at(2)).value(), 1U);
    EXPECT_EQ(this->reader().audit_head().value().size, 1U);
}

TYPED_TEST(CatalogContract, ADocumentThatIsPutBackIsNoChange) {
    publish(this->store(), {product_of("p1", {{"v1", 3}})});
    auto draft = this->store().begin_catalog().value();
    auto renamed = product_of("p1", {{"v1", 8}});
    renamed.title = "Other";
    EXPECT_EQ(draft->put(renamed).value(), Change::updated);
    EXPECT_EQ(draft->product("p1").value()->title, "Other");
    EXPECT_EQ(draft->put(product_of("p1", {{"v1", 3}})).value(), Change::updated);
    EXPECT_EQ(draft->publish(event_of("catalog.published"), at(2)).value(), 1U);
    EXPECT_EQ(this->stock().at("v1"), 3);
}

TYPED_TEST(CatalogContract, UpdatesReplaceAndOthersStay) {
    publish(this->store(), {product_of("p1", {{"v1", 3}}), product_of("p2", {{"v2", 3}})});
    auto changed = product_of("p1", {{"v1", 3}});
    changed.title = "New";
    EXPECT_EQ(publish(this->store(), {changed}), 2U);
    auto const data = this->catalog();
    ASSERT_EQ(data.products.size(), 2U);
    EXPECT_EQ(data.products[0].title, "New");
    EXPECT_EQ(data.products[1].title, "Product p2");
}

TYPED_TEST(CatalogContract, AnAbandonedDraftLeavesNoTrace) {
    publish(this->store(), {product_of("p1", {{"v1", 3}})});
    {
        auto draft = this->store().begin_catalog().value();
        for (int i = 0; i < 600; ++i) ASSERT_TRUE(draft->put(product_of("q" + std::to_string(i), {})).ok());
        auto changed = product_of("p1", {{"v1", 99}});
        ASSERT_TRUE(draft->put(changed).ok());
    }
    EXPECT_EQ(this->catalog().products.size(), 1U);
    EXPECT_EQ(publish(this->store(), {product_of("p2", {{"v2", 1}})}), 2U);
    EXPECT_EQ(this->catalog().products.size(), 2U);
    EXPECT_EQ(this->stock().at("v1"), 3);
}

TYPED_TEST(CatalogContract, ADraftIsSupersededByTheNextOne) {
    auto first = this->store().begin_catalog().value();
    for (int i = 0; i < 600; ++i) ASSERT_TRUE(first->put(product_of("old" + std::to_string(i), {})).ok());
    auto second = this->store().begin_catalog().value();
    ASSERT_TRUE(second->put(product_of("new", {{"v", 1}})).ok());
    EXPECT_EQ(first->publish(event_of("catalog.published"), at(1)).error().code, Code::conflict);
    EXPECT_EQ(second->publish(event_of("catalog.published"), at(1)).value(), 1U);
    first.reset();
    auto const data = this->catalog();
    ASSERT_EQ(data.products.size(), 1U);
    EXPECT_EQ(data.products[0].id, "new");
}

TYPED_TEST(CatalogContract, ADraftIsPublishedOnce) {
    auto draft = this->store().begin_catalog().value();
    ASSERT_TRUE(draft->put(product_of("p1", {{"v1", 1}})).ok());
    ASSERT_TRUE(draft->publish(event_of("catalog.published"), at(1)).ok());
    EXPECT_EQ(draft->publish(event_of("catalog.published"), at(1)).error().code, Code::conflict);
    EXPECT_EQ(this->reader().catalog_revision().value(), 1U);
}

TYPED_TEST(CatalogContract, AVariantHasOneProduct) {
    publish(this->store(), {product_of("p1", {{"v1", 1}, {"v2", 2}})});
    auto draft = this->store().begin_catalog().value();
    auto const foreign = draft->put(product_of("p2", {{"v3", 1}, {"v2", 1}}));
    ASSERT_FALSE(foreign.ok());
    EXPECT_EQ(foreign.error().code, Code::unprocessable);
    EXPECT_EQ(foreign.error().pointer, "v2");
    EXPECT_EQ(draft->put(product_of("p3", {{"v4", 1}, {"v4", 1}})).error().code, Code::unprocessable);
    EXPECT_EQ(draft->product("p2").value(), std::nullopt);
    EXPECT_EQ(draft->product_of_variant("v3").value(), std::nullopt);

    ASSERT_TRUE(draft->put(product_of("p1", {{"v1", 1}})).ok());
    EXPECT_EQ(draft->product_of_variant("v2").value(), std::nullopt);
    ASSERT_TRUE(draft->put(product_of("p2", {{"v2", 7}})).ok());
    EXPECT_EQ(draft->product_of_variant("v2").value(), "p2");
    ASSERT_TRUE(draft->publish(event_of("catalog.published"), at(1)).ok());
    EXPECT_EQ(this->stock().at("v2"), 7);
}

TYPED_TEST(CatalogContract, ReimportingDoesNotGiveBackWhatWasSold) {
    publish(this->store(), {product_of("p1", {{"v1", 10}, {"v2", 10}})});
    this->sell("v1", 4);
    this->sell("v2", 4);
    auto retitled = product_of("p1", {{"v1", 10}, {"v2", 10}, {"v3", 5}});
    retitled.title = "New";
    publish(this->store(), {retitled});
    EXPECT_EQ(this->stock(), (catalog::StockLevels{{"v1", 6}, {"v2", 6}, {"v3", 5}}));
    publish(this->store(), {product_of("p1", {{"v1", 12}, {"v2", std::nullopt}})});
    EXPECT_EQ(this->stock(), (catalog::StockLevels{{"v1", 12}}));
}

TYPED_TEST(CatalogContract, ARestockedUndeclaredLevelSurvivesAnImport) {
    publish(this->store(), {product_of("p1", {{"v1", std::nullopt}})});
    auto restock = change_of("stock.set");
    restock.stock_set = {{"v1", 4}};
    ASSERT_TRUE(commit_blocking(this->store(), std::move(restock), no_deadline()).ok());
    auto retitled = product_of("p1", {{"v1", std::nullopt}});
    retitled.title = "New";
    publish(this->store(), {retitled});
    EXPECT_EQ(this->stock().at("v1"), 4);
}

TYPED_TEST(CatalogContract, OrdersAndImportsShareOneLog) {
    ASSERT_TRUE(commit_blocking(this->store(), insert_checkout(1), no_deadline()).ok());
    publish(this->store(), {product_of("p1", {{"v1", 1}})});
    auto const receipt = std::get<Receipt>(commit_blocking(this->store(), insert_checkout(2), no_deadline()).value());
    EXPECT_EQ(receipt.audit_seq, 2U);
    std::vector<Digest> leaves;
    auto const entries = this->reader().audit_entries(0, 10).value();  // named, so that it outlives the loop
    for (auto const& entry : entries) leaves.push_back(entry.leaf);
    EXPECT_EQ(this->reader().audit_head().value().root, audit::root_of(leaves));
}

}  // namespace
}  // namespace b2a::store
