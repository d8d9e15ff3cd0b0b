// SPDX-License-Identifier: Apache-2.0
// Barcodes, SKUs, and the edges that lead to what may be gone.
#include <gtest/gtest.h>

#include "unit/catalog/shop.hpp"

namespace b2a::catalog {
namespace {

std::vector<std::string> ids(std::vector<VariantRef> const& refs) {
    std::vector<std::string> out;
    for (auto const& ref : refs) out.push_back(ref.variant->id);
    return out;
}

std::shared_ptr<Snapshot const> shop() {
    auto a = test::a_product("a", "Lamp", {test::a_variant("a-1"), test::a_variant("a-2")});
    a.variants[0].sku = "S";
    a.variants[0].barcodes = {{"gtin13", "4006381333931"}, {"ean", "not a number"}};
    a.variants[1].barcodes = {{"gtin14", "04006381333931"}};
    a.edges = {{domain::EdgeType::replaces, "gone", ""}, {domain::EdgeType::related, "gone", ""}};
    auto b = test::a_product("b", "Lamp", {test::a_variant("b-1")});
    b.variants[0].sku = "S";
    b.attributes = {{"replaces_gtin", std::string("4006381333948")}};
    b.edges = {{domain::EdgeType::substitute_for, "a", "file"}, {domain::EdgeType::replaces, "gone", ""}};
    return test::a_shop({a, b});
}

TEST(Lookup, BarcodesLeadToEveryVariantThatHasThem) {
    EXPECT_EQ(ids(shop()->with_gtin("4006381333931")), (std::vector<std::string>{"a-1", "a-2"}));
    EXPECT_EQ(ids(shop()->with_gtin("04006381333931")), (std::vector<std::string>{"a-1", "a-2"}));
    EXPECT_TRUE(shop()->with_gtin("4006381333932").empty());
    EXPECT_TRUE(shop()->with_gtin("not a number").empty());
    EXPECT_TRUE(shop()->with_gtin("").empty());
}

TEST(Lookup, SkusAreTakenAsTheyAre) {
    EXPECT_EQ(ids(shop()->with_sku("S")), (std::vector<std::string>{"a-1", "b-1"}));
    EXPECT_TRUE(shop()->with_sku("s").empty());
    EXPECT_TRUE(shop()->with_sku("").empty());
}

TEST(Lookup, AProductMaySayWhichBarcodeItReplaces) {
    EXPECT_EQ(ids(shop()->replacing_gtin("4006381333948")), (std::vector<std::string>{"b-1"}));
    EXPECT_TRUE(shop()->replacing_gtin("4006381333931").empty());
}

TEST(Lookup, EdgesLeadToWhatIsGoneToo) {
    auto const snapshot = shop();
    auto const edges = snapshot->edges_to("gone", domain::EdgeType::replaces);
    ASSERT_EQ(edges.size(), 2U);
    EXPECT_EQ(snapshot->product_at(edges[0].product_index).id, "a");
    EXPECT_EQ(snapshot->product_at(edges[1].product_index).id, "b");
    EXPECT_EQ(snapshot->edges_to("a", domain::EdgeType::substitute_for).at(0).edge->source, "file");
    EXPECT_TRUE(snapshot->edges_to("a", domain::EdgeType::replaces).empty());
}

}  // namespace
}  // namespace b2a::catalog
