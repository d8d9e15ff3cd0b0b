// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/rebuild.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "unit/shopping/boutique.hpp"

namespace b2a::shopping {
namespace {

using testing::boutique;
using testing::noon;
using testing::usd;

AskedLine asked(NamedBy by, std::string name, std::int64_t quantity = 1) {
    AskedLine line;
    line.by = by;
    line.name = std::move(name);
    line.quantity = quantity;
    return line;
}
AskedLine by_id(std::string id, std::int64_t quantity = 1) {
    return asked(NamedBy::id, std::move(id), quantity);
}

RebuildQuery of(std::vector<AskedLine> lines) {
    RebuildQuery query;
    query.lines = std::move(lines);
    query.need.currency = usd;
    return query;
}

RebuiltBasket rebuilt(RebuildQuery const& query, catalog::Snapshot const& shop = *boutique()) {
    auto out = rebuild(shop, query, noon);
    EXPECT_TRUE(out.ok()) << (out ? "" : out.error().detail);
    return out ? std::move(*out) : RebuiltBasket();
}

/// "outcome change variant × quantity"
std::string told(RebuiltLine const& line) {
    auto text = std::string(to_text(line.outcome)) + " " + std::string(to_text(line.change));
    if (line.variant) text += " " + line.variant->variant->id + " x" + std::to_string(line.quantity);
    return text;
}
std::string told(AskedLine line) {
    return told(rebuilt(of({std::move(line)})).lines.at(0));
}

TEST(Rebuild, WhatIsStillThereStaysWhatItWas) {
    EXPECT_EQ(told(by_id("jacket-m", 2)), "exact none jacket-m x2");
    EXPECT_EQ(told(asked(NamedBy::sku, "MO-1")), "exact none jacket-m x1");
    EXPECT_EQ(told(asked(NamedBy::gtin, "04006381333931")), "exact none jacket-m x1");
    EXPECT_EQ(told(by_id("other")), "exact none other-s x1") << "a product: its cheapest variant";
}

TEST(Rebuild, WordsFindTheBestMatchAndSayThatThereAreOthers) {
    auto const line = rebuilt(of({asked(NamedBy::text, "rain jacket")})).lines.at(0);
    EXPECT_EQ(line.outcome, Rebuilt::exact);
    EXPECT_EQ(line.alternatives.size(), 3U);
    EXPECT_EQ(told(asked(NamedBy::text, "submarine")), "gone unknown");
}

TEST(Rebuild, ANewerModelComesInTheSizeThatItWas) {
    auto const line = rebuilt(of({by_id("jacket-1-m")})).lines.at(0);
    EXPECT_EQ(told(line), "newer_model out_of_stock jacket-2-m x1");
    EXPECT_EQ(line.source, "edge:replaces file:models.csv");
}

TEST(Rebuild, WhatTheCatalogForgotIsFoundByWhatReplacedIt) {
    auto line = by_id("jacket-0-m");
    EXPECT_EQ(told(line), "gone unknown");
    line.product_id = "jacket-0";
    EXPECT_EQ(told(line), "newer_model unknown jacket-2-s x1");
}

TEST(Rebuild, GenerationsAreFollowedToTheNewestAndCyclesEnd) {
    auto data = testing::boutique_data();
    data.products.push_back(
        testing::coat("jacket-3", "Moor", {6, 1, "kg"}, {testing::jacket("jacket-3-m", "M", 9'900)}));
    data.products.back().edges = {{domain::EdgeType::replaces, "jacket-2", ""}};
    data.products[3].edges = {{domain::EdgeType::replaces, "jacket-3", ""}};  // jacket-1, in a circle
    auto const shop = catalog::Snapshot::build(data, testing::boutique_stock());
    EXPECT_EQ(told(rebuilt(of({by_id("jacket-1-m")}), *shop).lines.at(0)), "newer_model out_of_stock jacket-3-m x1");
    auto stock = testing::boutique_stock();
    stock["jacket-3-m"] = 0;
    auto const sold_out = catalog::Snapshot::build(data, stock);
    EXPECT_EQ(told(rebuilt(of({by_id("jacket-1-m")}), *sold_out).lines.at(0)),
              "newer_model out_of_stock jacket-2-m x1");
}

TEST(Rebuild, ABarcodeLeadsToWhatReplacesIt) {
    auto data = testing::boutique_data();
    data.products[1].attributes.push_back({"replaces_gtin", std::string("4006381333948")});
    auto const shop = catalog::Snapshot::build(data, testing::boutique_stock());
    auto const line = rebuilt(of({asked(NamedBy::gtin, "4006381333948")}), *shop).lines.at(0);
    EXPECT_EQ(told(line), "newer_model unknown other-m x1");
    EXPECT_EQ(line.source, "attribute:replaces_gtin");
}

TEST(Rebuild, AnotherColourInTheSameSizeComesBeforeAnotherProduct) {
    auto const line = rebuilt(of({by_id("jacket-m", 9)})).lines.at(0);
    EXPECT_EQ(told(line), "substitute out_of_stock jacket-m-red x9");
    EXPECT_EQ(line.source, "same_product");
    ASSERT_EQ(line.differences.size(), 1U);
    EXPECT_EQ(line.differences[0].name, "color");
    EXPECT_EQ(std::get<std::string>(*line.differences[0].was), "Black");
    EXPECT_EQ(std::get<std::string>(*line.differences[0].now), "Red");
}

TEST(Rebuild, AnotherProductOfTheCategoryInTheSameSize) {
    auto const line = rebuilt(of({by_id("jacket-gone")})).lines.at(0);
    EXPECT_EQ(told(line), "substitute out_of_stock jacket-2-s x1") << "same maker, and the nearer price";
    EXPECT_EQ(line.source, "rule:same_category/1");
}

TEST(Rebuild, AnEdgeGoesBeforeTheCategory) {
    auto data = testing::boutique_data();
    data.products[1].edges = {{domain::EdgeType::substitute_for, "jacket", "file:s.csv", 700'000}};
    auto const shop = catalog::Snapshot::build(data, testing::boutique_stock());
    auto const line = rebuilt(of({by_id("jacket-gone")}), *shop).lines.at(0);
    EXPECT_EQ(told(line), "substitute out_of_stock other-s x1");
    EXPECT_EQ(line.source, "edge:substitute_for file:s.csv");
}

TEST(Rebuild, AnAllergyNeverGetsASubstituteOfWhichNobodyKnows) {
    auto query = of({by_id("butter-v")});
    EXPECT_EQ(told(rebuilt(query).lines.at(0)), "exact none butter-v x1");
    query.need.avoid = {domain::Allergen::milk};
    auto const line = rebuilt(query).lines.at(0);
    EXPECT_EQ(told(line), "substitute constraints margarine-v x1");
    auto const has = [&](std::string_view name) {
        return std::ranges::find(line.differences, name, &Difference::name);
    };
    EXPECT_NE(has("allergen:milk"), line.differences.end());
    auto stock = testing::boutique_stock();
    stock["margarine-v"] = 0;
    auto const shop = catalog::Snapshot::build(testing::boutique_data(), stock);
    auto const nothing = rebuilt(query, *shop).lines.at(0);
    EXPECT_EQ(told(nothing), "gone constraints") << "the mystery spread does not stand in";
    EXPECT_FALSE(nothing.constraints.empty());
}

TEST(Rebuild, LinesShareTheStockAndTheRestIsReduced) {
    auto data = testing::boutique_data();
    std::erase_if(data.products, [](auto const& product) { return product.id != "jacket"; });
    data.products[0].variants.resize(1);
    auto const shop = catalog::Snapshot::build(data, testing::boutique_stock());
    auto const out = rebuilt(of({by_id("jacket-m", 4), by_id("jacket-m", 3), by_id("jacket-m", 1)}), *shop);
    EXPECT_EQ(told(out.lines[0]), "exact none jacket-m x4");
    EXPECT_EQ(told(out.lines[1]), "exact out_of_stock jacket-m x1");
    EXPECT_EQ(told(out.lines[2]), "gone out_of_stock");
    EXPECT_EQ(out.landed->total.minor, 50'000);
}

TEST(Rebuild, ThePriceChangeIsOfThePricePaid) {
    auto line = by_id("jacket-m");
    line.price = Money{9'000, usd};
    auto const out = rebuilt(of({line})).lines.at(0);
    ASSERT_TRUE(out.price);
    EXPECT_EQ(out.price->was.minor, 9'000);
    EXPECT_EQ(out.price->now.minor, 10'000);
    line.price = Money{9'000, test::eur};
    EXPECT_FALSE(rebuilt(of({line})).lines.at(0).price) << "paid in another currency";
}

TEST(Rebuild, ABudgetIsJudgedOverEverything) {
    auto query = of({by_id("jacket-m"), by_id("butter-v")});
    query.need.budget_max_minor = 10'400;
    EXPECT_EQ(rebuilt(query).budget->outcome, Outcome::holds);
    query.need.ship_to = Destination{"US", {}, {}};
    EXPECT_EQ(rebuilt(query).budget->outcome, Outcome::fails) << "delivery costs too";
}

TEST(Rebuild, NotSoldInThatCurrency) {
    auto query = of({by_id("butter-v")});
    query.need.currency = test::eur;
    EXPECT_EQ(told(rebuilt(query).lines.at(0)), "gone not_sold");
    EXPECT_FALSE(rebuilt(query).landed);
}

TEST(Rebuild, AnOrderAsksForWhatItStillHolds) {
    domain::Order order;
    order.currency = usd;
    for (auto const* id : {"jacket-m", "other-s"}) {
        auto& line = order.lines.emplace_back();
        line.id = "li_" + std::string(id);
        line.variant_id = id;
        line.product_id = "p";
        line.quantity = 2;
        line.unit_minor = 8'000;
    }
    domain::Adjustment gone;
    gone.lines = {{"li_other-s", -2}};
    order.adjustments.push_back(gone);
    auto const lines = lines_of(order);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].name, "jacket-m");
    EXPECT_EQ(lines[0].quantity, 2);
    EXPECT_EQ(lines[0].price, (Money{8'000, usd}));
}

}  // namespace
}  // namespace b2a::shopping
