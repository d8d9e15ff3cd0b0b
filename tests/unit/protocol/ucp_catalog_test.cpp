// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"
#include "protocol/ucp/product_options.hpp"
#include "protocol/ucp/render_catalog.hpp"

namespace b2a::protocol::ucp {
namespace {

template <class Command>
Command read(Command (*parse)(json::View), std::string const& body) {
    json::Document document;
    auto const root = document.parse(body);
    EXPECT_TRUE(root.ok()) << body;
    return parse(root.value());
}

class UcpCatalog : public testing::Test {
  protected:
    Site site_ = test::make_site();
    std::shared_ptr<catalog::Snapshot const> snapshot_ = test::make_snapshot();
    Shop usd_{site_, *snapshot_, test::currency("USD")};
    std::uint32_t hoodie_ = *snapshot_->find_product("hoodie");
    domain::Product const& product_ = snapshot_->product_at(hoodie_);
    VariantIndexes all_ = sellable_variants(usd_, hoodie_, {});

    std::string render(Shop const& shop, ProductShape const& shape) const {
        std::string out;
        json::Writer json(out);
        write_product(json, shop, shape);
        return out;
    }
};

TEST_F(UcpCatalog, ListsOptionsInOrderOfAppearance) {
    auto const axes = option_axes(product_, all_);
    ASSERT_EQ(axes.size(), 2U);
    EXPECT_EQ(axes[0].name, "color");
    EXPECT_EQ(axes[0].labels, (std::vector<std::string_view>{"Black", "Moss"}));
    EXPECT_EQ(axes[1].labels, (std::vector<std::string_view>{"S", "M"}));
}

TEST_F(UcpCatalog, PutsWhatIsInStockFirst) {
    EXPECT_EQ(narrowed(*snapshot_, hoodie_, all_, {}), (VariantIndexes{1, 0, 2}));
    EXPECT_EQ(narrowed(*snapshot_, hoodie_, all_, {{"COLOR", "black"}}), (VariantIndexes{1, 0}));
    EXPECT_TRUE(narrowed(*snapshot_, hoodie_, all_, {{"color", "Pink"}}).empty());
}

TEST_F(UcpCatalog, RelaxesFromTheEndOfThePreferences) {
    Selection const impossible{{"color", "Moss"}, {"size", "S"}};
    EXPECT_EQ(relax(product_, all_, impossible, {"color", "size"}), (Selection{{"color", "Moss"}}));
    EXPECT_EQ(relax(product_, all_, impossible, {"size", "color"}), (Selection{{"size", "S"}}));
    EXPECT_EQ(relax(product_, all_, impossible, {"color"}), (Selection{{"color", "Moss"}}));
    EXPECT_TRUE(relax(product_, all_, {{"color", "Pink"}}, {}).empty());
    Selection const possible{{"color", "Moss"}, {"size", "M"}};
    EXPECT_EQ(relax(product_, all_, possible, {}), possible);
}

TEST_F(UcpCatalog, SaysWhichValuesRemain) {
    Selection const moss{{"color", "Moss"}};
    auto state = value_state(*snapshot_, hoodie_, all_, moss, "size", "S");
    EXPECT_FALSE(state.exists);
    EXPECT_FALSE(state.available);
    state = value_state(*snapshot_, hoodie_, all_, moss, "size", "M");
    EXPECT_TRUE(state.exists && state.available);
    state = value_state(*snapshot_, hoodie_, all_, moss, "color", "Black");  // its own axis is open
    EXPECT_TRUE(state.exists && state.available);
    state = value_state(*snapshot_, hoodie_, all_, {{"color", "Black"}}, "size", "S");
    EXPECT_TRUE(state.exists);
    EXPECT_FALSE(state.available);
}

TEST_F(UcpCatalog, LookupVariantsSayWhichIdLedThere) {
    ProductShape shape;
    shape.product_index = hoodie_;
    shape.choices = all_;
    shape.variants = {2, 1};
    shape.inputs = {{{"hoodie-moss-m", true}}, {{"hoodie", false}, {"hoodie-black-m", true}}};
    auto const json = test::parsed(render(usd_, shape));
    EXPECT_EQ(json["variants"][0]["inputs"][0]["match"], "exact");
    EXPECT_EQ(json["variants"][1]["inputs"][0], test::parsed(R"({"id":"hoodie","match":"featured"})"));
    EXPECT_EQ(json["options"][1]["values"][0], test::parsed(R"({"label":"S"})"));
}

TEST_F(UcpCatalog, PricesComeInTheCurrencyAskedForOrInAnother) {
    Shop const eur{site_, *snapshot_, test::currency("EUR")};
    ProductShape shape;
    shape.product_index = hoodie_;
    shape.variants = shape.choices = sellable_variants(eur, hoodie_, {});
    EXPECT_EQ(test::parsed(render(eur, shape))["price_range"]["min"],
              test::parsed(R"({"amount":7400,"currency":"EUR"})"));
    auto const honey = *snapshot_->find_product("honey");
    shape.product_index = honey;
    shape.variants = shape.choices = sellable_variants(eur, honey, {});
    EXPECT_EQ(test::parsed(render(eur, shape))["price_range"]["min"]["currency"], "USD");
}

TEST_F(UcpCatalog, WhatHasNoPriceDoesNotExistHere) {
    EXPECT_TRUE(sellable_variants(usd_, *snapshot_->find_product("museum"), {}).empty());
}

TEST_F(UcpCatalog, FiltersNarrowVariants) {
    CatalogFilters filters;
    filters.price.min = 8000;
    EXPECT_EQ(sellable_variants(usd_, hoodie_, filters), VariantIndexes{2});
    filters = {};
    for (auto const* category : {"Men", "men/hoodies & sweatshirts", "Hoodies & Sweatshirts"}) {
        filters.categories = {category};
        EXPECT_EQ(sellable_variants(usd_, hoodie_, filters).size(), 3U) << category;
    }
    for (auto const* category : {"Me", "Women", "Men/", ""}) {
        filters.categories = {category};
        EXPECT_TRUE(sellable_variants(usd_, hoodie_, filters).empty()) << category;
    }
}

Result<SearchCommand> parse_shop_search(json::View body) {
    return parse_search(body, "com.example.shop");
}

TEST(UcpCatalogParse, ANeedComesUnderTheBrandsOwnName) {
    auto const command = read(parse_shop_search, R"({"filters":{"com.example.shop":{"need":{"avoid":["milk"]}},
                                                                "org.other":{"need":{"x":1}}}})");
    ASSERT_TRUE(command.ok()) << command.error().detail;
    ASSERT_TRUE(command->needs.given());
    EXPECT_EQ(command->needs.finish({})->avoid, std::vector{domain::Allergen::milk});
    EXPECT_EQ(
        read(parse_shop_search, R"({"filters":{"com.example.shop":{"need":{"avoids":["milk"]}}}})").error().pointer,
        "/filters/com.example.shop/need/avoids");
    auto const stranger = read(parse_shop_search, R"({"filters":{"com.example.shop":{"for":["eve"]}}})");
    EXPECT_EQ(stranger->needs.finish({}).error().pointer, "/filters/com.example.shop/for/0");
}

TEST(UcpCatalogParse, ASearchNeedsSomethingToLookFor) {
    for (auto const* body : {"{}", R"({"query":""})", R"({"filters":{}})", R"({"context":{"currency":"EUR"}})"})
        EXPECT_FALSE(read(parse_shop_search, body).ok()) << body;
    auto const command =
        read(parse_shop_search, R"({"query":"tea","filters":{"categories":["a"],"price":{"min":1,"max":2},"other":true},
                              "pagination":{"cursor":"c","limit":5000},"context":{"currency":"EUR"}})");
    ASSERT_TRUE(command.ok()) << command.error().detail;
    EXPECT_EQ(command->query, "tea");
    EXPECT_EQ(command->filters.price.max, 2);
    EXPECT_EQ(command->limit, limits::page_size_max);
    EXPECT_EQ(command->cursor, "c");
    EXPECT_EQ(command->currency, "EUR");
    EXPECT_EQ(read(parse_shop_search, R"({"query":"x","pagination":{"limit":0}})").error().pointer,
              "/pagination/limit");
}

TEST(UcpCatalogParse, LookupDropsRepetitionsAndBoundsTheBatch) {
    auto const command = read(parse_lookup, R"({"ids":["a","b","a"]})");
    ASSERT_TRUE(command.ok());
    EXPECT_EQ(command->ids, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(read(parse_lookup, R"({"ids":[]})").error().pointer, "/ids");
    std::string many = "\"x\"";
    for (int i = 0; i < 100; ++i) many += ",\"" + std::to_string(i) + "\"";
    EXPECT_EQ(read(parse_lookup, "{\"ids\":[" + many + "]}").error().code, Code::payload_too_large);
}

TEST(UcpCatalogParse, ProductReadsSelections) {
    auto const command = read(
        parse_product, R"({"id":"p","selected":[{"name":"color","label":"Blue","id":"7"}],"preferences":["color"]})");
    ASSERT_TRUE(command.ok());
    EXPECT_EQ(command->selected, (Selection{{"color", "Blue"}}));
    EXPECT_EQ(command->preferences, std::vector<std::string>{"color"});
    EXPECT_EQ(read(parse_product, R"({"id":"p","selected":[{"name":"c"}]})").error().pointer, "/selected/0/label");
}

}  // namespace
}  // namespace b2a::protocol::ucp
