// SPDX-License-Identifier: Apache-2.0
#include "importer/magento_values.hpp"
#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

constexpr std::string_view export_header =
    "sku,store_view_code,product_type,categories,name,description,product_online,visibility,price,special_price,"
    "special_price_from_date,special_price_to_date,base_image,additional_attributes,qty,is_in_stock,manage_stock,"
    "use_config_manage_stock,configurable_variations\n";

class Magento : public ImportCase {
  protected:
    struct RowOf {
        std::string sku, view, type = "simple", categories, name = "N", description, online = "1",
                               visibility = "Not Visible Individually", price = "10", special, from, to, image,
                               attributes, qty = "5", in_stock = "1", manage = "0", config_manage = "1", variations;

        [[nodiscard]] std::string text() const {
            std::string out;
            for (auto const* cell :
                 {&sku, &view, &type, &categories, &name, &description, &online, &visibility, &price, &special, &from,
                  &to, &image, &attributes, &qty, &in_stock, &manage, &config_manage, &variations}) {
                out += out.empty() ? "\"" : ",\"";
                for (auto const c : *cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
                out += '"';
            }
            return out + '\n';
        }
    };

    static RowOf simple(std::string sku) {
        RowOf row;
        row.sku = std::move(sku);
        return row;
    }
    static RowOf single(std::string sku) {
        auto row = simple(std::move(sku));
        row.visibility = "Catalog, Search";
        return row;
    }
    static RowOf configurable(std::string sku, std::string variations) {
        auto row = single(std::move(sku));
        row.type = "configurable";
        row.variations = std::move(variations);
        return row;
    }
    Report import(std::vector<RowOf> const& rows) {
        std::string content(export_header);
        for (auto const& row : rows) content += row.text();
        return must_run({file("products.csv", content)});
    }
    domain::Variant const& only_variant(std::string const& id) { return product(id).variants.at(0); }
};

TEST_F(Magento, AConfigurableTakesItsVariants) {
    auto shirt = configurable("S", "sku=S-1,size=S,color=Dark Blue|sku=S-2,size=1,5 m,color=Red");
    shirt.categories = "Default Category/Men/Tops,Default Category";
    shirt.attributes = "has_options=1,material=Wool|Cocona&reg;,new=Yes,note=a,b";
    shirt.image = "/s.jpg";
    auto first = simple("S-1");
    first.attributes = "has_options=0,size=S,color=Dark Blue,lining=Silk";
    options.media_base_url = "https://cdn.example/media";
    auto const report = import({first, simple("S-2"), shirt});
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    EXPECT_EQ(report.products, 1U);
    EXPECT_EQ(report.variants, 2U);
    auto const& product = this->product("S");
    EXPECT_EQ(product.brand, "acme");
    EXPECT_EQ(join(product.categories), "Men/Tops");
    EXPECT_EQ(values(product.attributes, "material"), "Wool|Cocona\xC2\xAE");
    EXPECT_EQ(values(product.attributes, "new"), "true");
    EXPECT_EQ(values(product.attributes, "note"), "a,b");
    EXPECT_EQ(product.media.at(0).url, "https://cdn.example/media/s.jpg");
    EXPECT_EQ(product.variants[1].options.at(0), (domain::OptionValue{"size", "1,5 m"}));
    EXPECT_EQ(values(product.variants[0].attributes, "lining"), "Silk");
    EXPECT_EQ(values(product.variants[0].attributes, "size"), "");
}

TEST_F(Magento, VariantsMayComeBehindTheirConfigurable) {
    auto const report = import({configurable("S", "sku=S-1,size=S|sku=S-2,size=M"), simple("S-2"), simple("S-1")});
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    EXPECT_EQ(product("S").variants.size(), 2U);
}

TEST_F(Magento, WhatIsMissingIsRejected) {
    auto const report = import({simple("S-1"), configurable("S", "sku=S-1,size=S|sku=S-9,size=M"), simple("LONE"),
                                configurable("T", "sku=T-1,size=S"), configurable("U", ""), single("OWN")});
    EXPECT_EQ(product("S").variants.size(), 1U);
    EXPECT_EQ(product("OWN").variants.at(0).id, "OWN");
    EXPECT_EQ(report.products, 2U);
    EXPECT_EQ(report.rejected, 5U);
    auto const text = reasons(report);
    EXPECT_NE(text.find("3: variation \"S-9\" has no row of its own to take"), std::string::npos) << text;
    EXPECT_NE(text.find("4: not visible individually"), std::string::npos) << text;
    EXPECT_NE(text.find("5: no variant"), std::string::npos) << text;
    EXPECT_NE(text.find("6: no variant"), std::string::npos) << text;
}

TEST_F(Magento, DuplicatesNameTheFirstLine) {
    auto const first =
        file("a.csv", std::string(export_header) + single("A").text() + single("B").text() + single("A").text());
    auto const second = file("b.csv", "sku,name,price\nB,Bee,1\nC,Sea,2\n");
    auto const report = must_run({first, second});
    EXPECT_EQ(report.products, 3U);
    ASSERT_EQ(report.rejections.size(), 2U);
    EXPECT_EQ(report.rejections[0].reason, "duplicate id \"A\": first on line 2 of a.csv");
    EXPECT_EQ(report.rejections[0].line, 4U);
    EXPECT_EQ(report.rejections[1].reason, "duplicate id \"B\": first on line 3 of a.csv");
    EXPECT_EQ(report.rejections[1].file, second);
    EXPECT_EQ(product("B").title, "N");
}

TEST_F(Magento, PricesAndReductions) {
    auto reduced = single("R");
    reduced.price = "10.5000", reduced.special = "8";
    auto dated = single("D");
    dated.special = "8", dated.from = "2026-11-01", dated.to = "11/24/26";
    auto over = dated;
    over.sku = "O", over.to = "2026-11-23 00:00:00";
    auto early = dated;
    early.sku = "E", early.from = "11/25/2026";
    auto higher = single("H");
    higher.special = "12";
    auto none = single("N");
    none.price = "";
    auto bad = single("B");
    bad.price = "ten";
    auto negative = single("NEG");
    negative.price = "-1";
    auto const report = import({reduced, dated, over, early, higher, none, bad, negative});
    auto const price = [&](char const* id) {
        auto const& offer = only_variant(id).offers.at(0);
        return std::to_string(offer.price.minor) + '/' + std::to_string(offer.list.minor);
    };
    EXPECT_EQ(price("R"), "800/1050");
    EXPECT_EQ(price("D"), "800/1000");
    EXPECT_EQ(price("O"), "1000/1000");
    EXPECT_EQ(price("E"), "1000/1000");
    EXPECT_EQ(price("H"), "1000/1000");
    EXPECT_TRUE(only_variant("N").offers.empty());
    EXPECT_EQ(report.without_offer, 1U);
    EXPECT_EQ(reasons(report), "8: price \"ten\" is no amount in USD\n9: price \"-1\" is no amount in USD\n");
}

TEST_F(Magento, CurrencyOfTheOptions) {
    options.currency = *Currency::parse("JPY");
    auto yen = single("Y");
    yen.price = "1200.0000";
    import({yen});
    EXPECT_EQ(to_text(only_variant("Y").offers.at(0).price), "1200 JPY");
}

TEST_F(Magento, StockIsTrackedUnlessTheRowOptsOut) {
    auto plain = single("P");
    auto out = single("O");
    out.in_stock = "0";
    auto untracked = single("U");
    untracked.manage = "0", untracked.config_manage = "0";
    auto none = single("N");
    none.qty = "";
    auto negative = single("M");
    negative.qty = "-3.0000";
    auto bad = single("B");
    bad.qty = "lots";
    auto const report = import({plain, out, untracked, none, negative, bad});
    EXPECT_EQ(only_variant("P").declared_stock, 5);
    EXPECT_EQ(only_variant("O").declared_stock, 0);
    EXPECT_EQ(only_variant("U").declared_stock, std::nullopt);
    EXPECT_EQ(only_variant("N").declared_stock, std::nullopt);
    EXPECT_EQ(only_variant("M").declared_stock, 0);
    EXPECT_EQ(reasons(report), "7: qty \"lots\" is no stock level\n");
}

TEST_F(Magento, RowsOfOtherKinds) {
    auto view = single("V");
    view.view = "de";
    auto offline = single("O");
    offline.online = "2";
    auto bundle = single("B");
    bundle.type = "bundle";
    auto digital = single("D");
    digital.type = "downloadable";
    auto const report =
        import({view, offline, bundle, digital, single(""), single("x\x01y"), single(" x\xE2\x80\x8By")});
    EXPECT_EQ(report.products, 1U);
    EXPECT_EQ(only_variant("D").delivery, domain::Delivery::digital);
    EXPECT_EQ(reasons(report),
              "2: a row of the store view \"de\": translations are not imported\n3: the product is not online\n"
              "4: product type \"bundle\" is not supported\n6: no sku\n7: sku \"xy\" is no usable identifier\n"
              "8: sku \"xy\" is no usable identifier\n");
}

TEST_F(Magento, FlatFilesHaveAnAttributePerColumn) {
    auto const report =
        must_run({file("flat.csv",
                       "category,name,sku,price,qty,Style Bags,new,sale,weight,size,description\n"
                       "\"Gear\nBags\nCollections\nNew\",\"A &amp; B \",X-1,5,,\"Tote\n\nTote\nDuffel\",1,0,3,55 cm,"
                       "\"<p>Hi</p><p>you\"\n")});
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    auto const& product = this->product("X-1");
    EXPECT_EQ(product.title, "A & B");
    EXPECT_EQ(product.description, "Hi\nyou");
    EXPECT_EQ(join(product.categories), "Gear/Bags|Collections/New");
    EXPECT_EQ(values(product.attributes, "style_bags"), "Tote|Duffel");
    EXPECT_EQ(values(product.attributes, "new"), "true");
    EXPECT_EQ(values(product.attributes, "sale"), "false");
    EXPECT_EQ(product.attributes.size(), 4U);
    EXPECT_EQ(product.variants.at(0).options.at(0).label, "55 cm");
}

TEST_F(Magento, MissingColumnsFailTheWholeImport) {
    auto const good = file("good.csv", "sku,name,price\nA,a,1\n");
    auto const bad = file("bad.csv", "sku,title\nB,b\n");
    auto const report = run({good, bad});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, Code::invalid_request);
    EXPECT_NE(report.error().detail.find("bad.csv: missing columns: name, price"), std::string::npos);
    EXPECT_TRUE(store.catalog.products.empty());
    EXPECT_FALSE(run({file("half.csv", "sku,name,price,product_type\n")}));
}

TEST_F(Magento, LinksJoinProductsByAnyOfTheirIds) {
    auto const products =
        file("products.csv", std::string(export_header) + simple("S-1").text() +
                                 configurable("S", "sku=S-1,size=S").text() + single("A").text() + single("B").text());
    auto const related = file("my_related.csv", "sku,linked_sku\nA,\"B\nS-1\nGONE\nB\"\nS-1,A\nGONE,A\n");
    auto const up = file("up-sell.csv", "sku,linked_sku\nA,\"B,S\"\nA,A\n,A\nB,\n\"x\n\",A\n");
    auto const report = must_run({products, related, up});
    EXPECT_EQ(report.related, 3U);
    EXPECT_EQ(report.up_sell, 2U);
    EXPECT_EQ(report.links, 5U);
    EXPECT_EQ(report.links_unresolved, 3U);  // A to GONE, GONE to A, x to A
    EXPECT_EQ(reasons(report), "3: a link of \"A\" to itself\n4: sku \"\" is no usable identifier\n5: no linked_sku\n");
    std::vector<domain::Edge> const edges{{domain::EdgeType::related, "B", "file:my_related.csv"},
                                          {domain::EdgeType::related, "S", "file:my_related.csv"},
                                          {domain::EdgeType::up_sell, "B", "file:up-sell.csv"},
                                          {domain::EdgeType::up_sell, "S", "file:up-sell.csv"}};
    EXPECT_EQ(product("A").edges, edges);
    EXPECT_EQ(product("S").edges.at(0).target, "A");
    EXPECT_EQ(report.added, 3U);
    EXPECT_EQ(report.updated, 0U);
}

TEST_F(Magento, AChangedLinksFileReplacesItsEdges) {
    auto const products = file("p.csv", "sku,name,price\nA,a,1\nB,b,1\nC,c,1\n");
    must_run({products, file("related.csv", "sku,linked_sku\nA,\"B\nC\"\n")});
    auto const report = must_run({file("related.csv", "sku,linked_sku\nA,C\n")});
    EXPECT_EQ(report.updated, 1U);
    ASSERT_EQ(product("A").edges.size(), 1U);
    EXPECT_EQ(product("A").edges.at(0).target, "C");
}

TEST_F(Magento, ALinksFileMustNameItsType) {
    auto const report = run({file("links.csv", "sku,linked_sku\nA,B\n")});
    ASSERT_FALSE(report);
    EXPECT_NE(report.error().detail.find("related, crosssell or upsell"), std::string::npos);
}

TEST(MagentoValues, Dates) {
    auto const day = from_rfc3339("2026-11-24T00:00:00Z");
    for (auto const* text : {"2026-11-24", "2026-11-24 06:02:52", "11/24/26", "11/24/2026, 6:02 AM"})
        EXPECT_EQ(magento_date(text), day) << text;
    for (auto const* text : {"", "soon", "2026-13-01", "2026-02-30", "24.11.2026", "1/2", "-1-1-1"})
        EXPECT_FALSE(magento_date(text)) << text;
}

TEST(MagentoValues, SnakeCase) {
    EXPECT_EQ(snake_case("Sleeve - Length "), "sleeve_length");
    EXPECT_EQ(snake_case("--"), "");
}

}  // namespace
}  // namespace b2a::importer::test
