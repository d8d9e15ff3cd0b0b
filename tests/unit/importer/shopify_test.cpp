// SPDX-License-Identifier: Apache-2.0
// Shopify product CSV, old and new column names. All files here are synthetic.
#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

using Shopify = ImportCase;

constexpr std::string_view header =
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,"
    "Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,"
    "Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Barcode,Image Src,Image Alt Text,"
    "Variant Image,Gift Card,Status,Fabric (product.metafields.shopify.fabric)\n";

TEST_F(Shopify, RowsOfAHandleAreVariants) {
    auto const report = must_run({file(
        "p.csv",
        std::string(header) +
            "tee,Cotton tee,<p>Soft.</p>,Acme Wear,Apparel > Tops,Shirt,\"new, cotton\",true,Size,S,Color,Red,T-S,150,"
            "shopify,5,deny,19.90,25.00,true,'4006381333931,https://c.example/1.jpg,Front,,false,active,Cotton; Linen\n"
            "mug,Mug,,,,,,true,Title,Default Title,,,,0,,,continue,8,,true,,,,,false,active,\n"
            "tee,,,,,,,,,M,,Blue,T-M,150,shopify,-2,deny,19.90,10,true,,,,https://c.example/m.jpg,,,\n"
            "tee,,,,,,,,,,,,,,,,,,,,,https://c.example/2.jpg,Back,,,,\n"
            "card,Gift card,,,,,,true,Amount,10,,,,0,,,deny,10,,false,,,,,true,active,\n"
            "old,Old,,,,,,true,Title,Default Title,,,O,0,,,deny,1,,true,,,,,false,draft,\n"
            "old,,,,,,,,,L,,,O-L,0,,,deny,1,,true,,,,,,,\n"
            "hid,Hidden,,,,,,false,Title,Default Title,,,H,0,,,deny,1,,true,,,,,false,active,\n")});
    EXPECT_EQ(report.products, 3U);
    EXPECT_EQ(report.variants, 4U);
    EXPECT_EQ(report.rejected, 3U) << reasons(report);
    EXPECT_NE(reasons(report).find("7: the product's status is \"draft\"\n8: the product's status is \"draft\"\n"
                                   "9: the product is not published\n"),
              std::string::npos)
        << reasons(report);
    auto const& tee = product("tee");
    EXPECT_EQ(tee.title, "Cotton tee");
    EXPECT_EQ(tee.brand, "Acme Wear");
    EXPECT_EQ(join(tee.categories), "Apparel/Tops|Shirt");
    EXPECT_EQ(join(tee.tags), "new|cotton");
    EXPECT_EQ(values(tee.attributes, "fabric"), "Cotton|Linen");
    EXPECT_EQ(values(tee.attributes, "weight"), "quantity");
    ASSERT_EQ(tee.media.size(), 2U);
    EXPECT_EQ(tee.media[1].alt_text, "Back");
    auto const& first = tee.variants.at(0);
    EXPECT_EQ(first.id, "T-S");
    EXPECT_EQ(first.offers.at(0).price.minor, 1990);
    EXPECT_EQ(first.offers.at(0).list.minor, 2500);
    EXPECT_EQ(first.declared_stock, 5);
    EXPECT_EQ(first.barcodes.at(0).value, "4006381333931");
    auto const& second = tee.variants.at(1);
    EXPECT_EQ(second.options, (std::vector<domain::OptionValue>{{"size", "M"}, {"color", "Blue"}}));
    EXPECT_EQ(second.declared_stock, 0) << "oversold there";
    EXPECT_EQ(second.offers.at(0).list.minor, 1990) << "a lower compare-at price is none";
    EXPECT_EQ(second.media.at(0).url, "https://c.example/m.jpg");
    EXPECT_EQ(product("mug").variants.at(0).id, "mug");
    EXPECT_FALSE(product("mug").variants.at(0).declared_stock);
    EXPECT_TRUE(product("mug").variants.at(0).options.empty());
    EXPECT_EQ(product("card").variants.at(0).id, "card-10");
    EXPECT_EQ(product("card").variants.at(0).delivery, domain::Delivery::digital);
}

TEST_F(Shopify, TheNewColumnNamesMeanTheSame) {
    auto const report = must_run({file(
        "p.csv",
        "Title,URL handle,Description,Vendor,Published on online store,Status,SKU,Option1 name,Option1 value,Price,"
        "Compare-at price,Inventory tracker,Inventory quantity,Continue selling when out of stock,Product image URL\n"
        "Tee,tee,Soft.,Acme,TRUE,Active,T-S,Size,S,19.90,25,shopify,5,DENY,https://c.example/1.jpg\n"
        ",tee,,,,,T-M,,M,19.90,,shopify,7,CONTINUE,\n")});
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    EXPECT_EQ(report.files.at(0).format, Format::shopify);
    ASSERT_EQ(product("tee").variants.size(), 2U);
    EXPECT_EQ(product("tee").variants[0].declared_stock, 5);
    EXPECT_FALSE(product("tee").variants[1].declared_stock);
}

TEST_F(Shopify, RowsThatCannotBeUsedSayWhy) {
    auto const row = [](std::string const& handle, std::string const& sku, std::string const& option,
                        std::string const& price) {
        return handle + ",T,,,,,,true,Size," + option + ",,," + sku + ",0,shopify,1,deny," + price +
               ",,true,,,,,false,active,\n";
    };
    auto const report =
        must_run({file("p.csv", std::string(header) + row("", "a", "S", "1") + row("h", "b", "S", "x") +
                                    std::string("h,,,,,,,,,M,,,c,0,shopify,1,deny,1,,true,,,,,,,\n") +
                                    row("i", "c", "M", "1") + "j,,,,,,,,,,,,,,,,,,,,,https://c.example/1.jpg,,,,,\n" +
                                    "k,T,,,,,,true,,Big,,,k,0,,,deny,1,,true,,,,,false,active,\n")});
    EXPECT_EQ(report.products, 1U);
    EXPECT_EQ(report.rejected, 5U) << reasons(report);
    EXPECT_EQ(product("h").title, "T") << "what its first row says holds, though that variant is rejected";
    EXPECT_EQ(product("h").variants.at(0).id, "c");
    EXPECT_NE(reasons(report).find("5: duplicate id \"c\": first on line 4"), std::string::npos) << reasons(report);
    EXPECT_NE(reasons(report).find("7: option \"Big\" has no name"), std::string::npos) << reasons(report);
}

}  // namespace
}  // namespace b2a::importer::test
