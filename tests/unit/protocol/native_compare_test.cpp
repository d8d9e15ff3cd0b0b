// SPDX-License-Identifier: Apache-2.0
// What the native surface takes for a comparison or a past basket, and what it refuses.
#include "fixture.hpp"
#include "protocol/native/compare.hpp"

namespace b2a::protocol::native {
namespace {

class NativeCompare : public testing::Test {
  protected:
    template <class Parse>
    auto read(std::string const& text, Parse const& parse) {
        auto const root = document_.parse(text);
        EXPECT_TRUE(root.ok()) << text;
        return parse(*root);
    }
    Result<shopping::CompareQuery> compare(std::string const& text) {
        return read(text, [&](json::View root) { return parse_compare(root, site_); });
    }
    Result<shopping::RebuildQuery> rebuild(std::string const& text, domain::Order const* order = nullptr) {
        return read(text, [&](json::View root) { return parse_rebuild(root, site_, order); });
    }
    template <class T>
    static std::string pointer_of(Result<T> const& parsed) {
        return parsed ? "accepted" : parsed.error().pointer;
    }

    Site site_ = test::make_site();
    json::Document document_;
};

TEST_F(NativeCompare, AQuestionBecomesAQuery) {
    auto const query = compare(R"({"items":["a","b"],"weights":{"price":5,"attribute:weight":-2},"currency":"EUR",
        "shipping_method":"express","household":{"members":[{"id":"anna","avoid":["milk"]},{"id":"ben"}]},
        "for":["anna"],"need":{"quantity":3,"budget":{"amount":100,"currency":"EUR"}}})");
    ASSERT_TRUE(query.ok()) << query.error().detail;
    EXPECT_EQ(query->items, (std::vector<std::string>{"a", "b"}));
    ASSERT_EQ(query->weights.size(), 2U);
    EXPECT_EQ(query->weights[1].name, "attribute:weight");
    EXPECT_EQ(query->weights[1].weight, -2);
    EXPECT_EQ(query->need.currency.code(), "EUR");
    EXPECT_EQ(query->need.quantity, 3);
    ASSERT_EQ(query->need.members.size(), 1U);
    EXPECT_EQ(query->need.members[0].avoid, (std::vector<domain::Allergen>{domain::Allergen::milk}));
    EXPECT_EQ(query->shipping_method, "express");
}

TEST_F(NativeCompare, RefusesWhatIsNoComparison) {
    EXPECT_EQ(pointer_of(compare(R"({"items":["a"]})")), "/items");
    EXPECT_EQ(pointer_of(compare(R"({"items":["a","b"],"weights":{"price":1001}})")), "/weights/price");
    EXPECT_EQ(pointer_of(compare(R"({"items":["a","b"],"weights":{"price":-1}})")), "/weights/price");
    EXPECT_EQ(pointer_of(compare(R"({"items":["a","b"],"weights":{"price":1.5}})")), "/weights/price");
    EXPECT_EQ(pointer_of(compare(R"({"items":["a","b"],"weights":{"attribute:":1}})")), "/weights/attribute:");
    EXPECT_EQ(pointer_of(compare(R"({"items":["a","b"],"weights":{}})")), "/weights");
    EXPECT_EQ(pointer_of(compare(R"({"items":["a","b"],"wieghts":{}})")), "/wieghts");
    std::string many = R"({"items":["a","b"],"weights":{"price":1)";
    for (int i = 0; i < 30; ++i) many += ",\"attribute:a" + std::to_string(i) + "\":1";
    EXPECT_EQ(pointer_of(compare(many + "}}")), "/weights");
}

TEST_F(NativeCompare, LinesAreNamedInOneWay) {
    auto const query = rebuild(R"({"items":[{"id":"a","quantity":2,"price":{"amount":5,"currency":"USD"}},
        {"gtin":"4006381333931"},{"sku":"S"},{"text":"olive oil"}]})");
    ASSERT_TRUE(query.ok()) << query.error().detail;
    using shopping::NamedBy;
    EXPECT_EQ(query->lines[0].quantity, 2);
    EXPECT_EQ(query->lines[0].price->minor, 5);
    EXPECT_EQ(query->lines[1].by, NamedBy::gtin);
    EXPECT_EQ(query->lines[2].by, NamedBy::sku);
    EXPECT_EQ(query->lines[3].by, NamedBy::text);
    EXPECT_EQ(pointer_of(rebuild(R"({"items":[{"id":"a","sku":"b"}]})")), "/items/0/sku");
    EXPECT_EQ(pointer_of(rebuild(R"({"items":[{"gtin":"40063813339x1"}]})")), "/items/0/gtin");
    EXPECT_EQ(pointer_of(rebuild(R"({"items":[{"quantity":1}]})")), "/items/0");
    EXPECT_EQ(pointer_of(rebuild(R"({"items":[{"id":"a","price":{"amount":5,"currency":"EUR"}}]})")),
              "/items/0/price/currency");
    EXPECT_EQ(pointer_of(rebuild("{}")), "/items");
}

TEST_F(NativeCompare, AnOrderBringsItsLinesAndItsCurrency) {
    domain::Order order;
    order.currency = *Currency::parse("EUR");
    order.lines.emplace_back();
    order.lines[0].variant_id = "a";
    auto const query = rebuild(R"({"order_id":"x"})", &order);
    ASSERT_TRUE(query.ok());
    EXPECT_EQ(query->need.currency.code(), "EUR");
    EXPECT_EQ(query->lines.at(0).name, "a");
    EXPECT_EQ(rebuild(R"({"order_id":"x","currency":"USD"})", &order)->need.currency.code(), "USD");
    EXPECT_EQ(pointer_of(rebuild(R"({"order_id":"x","items":[{"id":"a"}]})", &order)), "/items");
}

}  // namespace
}  // namespace b2a::protocol::native
