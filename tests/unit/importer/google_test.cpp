// SPDX-License-Identifier: Apache-2.0
// Google Merchant feeds, as table and as XML. All feeds here are synthetic.
#include "b2a/base/limits.hpp"

#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

class Google : public ImportCase {
  protected:
    /// A feed of RSS 2.0 around `items`.
    static std::string rss(std::string const& items) {
        return "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\">\n<channel>"
               "<title>Acme</title><link>https://acme.example</link>\n" +
               items + "</channel></rss>\n";
    }
    Error refused(std::string const& name, std::string const& content) {
        auto report = run({file(name, content)});
        EXPECT_FALSE(report.ok()) << name;
        return report ? Error(Code::internal, "taken") : report.error();
    }
    domain::Variant const& only_variant(std::string const& id) { return product(id).variants.at(0); }
    Money price_of(std::string const& id) { return only_variant(id).offers.at(0).price; }
    Money list_of(std::string const& id) { return only_variant(id).offers.at(0).list; }
};

TEST_F(Google, ItemsOfAGroupAreVariantsOfAProduct) {
    auto const report = must_run({file("feed.tsv",
                                       "id\ttitle\titem group id\tprice\tavailability\tcolor\tsize\tmaterial\tgtin\t"
                                       "product_type\timage_link\tgender\n"
                                       "S-1\tShirt red\tS\t10.00 USD\tin stock\tRed\tM\tWool\t4006381333931\t"
                                       "Men > Tops\thttps://x.example/1.jpg\tmale\n"
                                       "cap\tCap\t\t5 USD\tout_of_stock\t\t\t\t\t\t\t\n"
                                       "S-2\tShirt blue\tS\t11.00 USD\tbackorder\tBlue\tM\tSilk\t\t\t\tmale\n")});
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    EXPECT_EQ(report.rows, 3U);
    EXPECT_EQ(report.products, 2U);
    EXPECT_EQ(report.variants, 3U);
    EXPECT_EQ(report.files.at(0).format, Format::google_table);
    auto const& shirt = product("S");
    EXPECT_EQ(shirt.title, "Shirt red");
    EXPECT_EQ(shirt.brand, "acme");
    EXPECT_EQ(join(shirt.categories), "Men/Tops");
    EXPECT_EQ(values(shirt.attributes, "gender"), "male") << "shared by all variants";
    EXPECT_EQ(values(shirt.attributes, "material"), "");
    ASSERT_EQ(shirt.variants.size(), 2U);
    EXPECT_EQ(values(shirt.variants[1].attributes, "material"), "Silk");
    EXPECT_EQ(shirt.variants[0].options, (std::vector<domain::OptionValue>{{"color", "Red"}, {"size", "M"}}));
    EXPECT_EQ(shirt.variants[0].barcodes, (std::vector<domain::Barcode>{{"ean13", "4006381333931"}}));
    EXPECT_FALSE(shirt.variants[0].declared_stock);
    EXPECT_EQ(values(shirt.variants[1].attributes, "availability"), "backorder");
    EXPECT_EQ(only_variant("cap").declared_stock, 0);
    EXPECT_EQ(only_variant("cap").offers.at(0).price, (Money{500, *Currency::parse("USD")}));
}

TEST_F(Google, AGroupNamedAfterAVariantKeepsBoth) {
    must_run({file("feed.tsv", "id\ttitle\titem_group_id\tprice\tlink\nA\ta\tA\t1\t\nB\tb\tA\t2\t\nC\tc\tC\t3\t\n")});
    EXPECT_EQ(product("A-group").variants.size(), 2U);
    EXPECT_EQ(product("C").variants.size(), 1U);
}

TEST_F(Google, ASalePriceHoldsInItsPeriod) {
    auto const row = [](std::string const& id, std::string const& sale, std::string const& period) {
        return id + "\tt\t20.00 EUR\t" + sale + '\t' + period + "\tin_stock\n";
    };
    auto const report = must_run(
        {file("feed.tsv",
              "id\ttitle\tprice\tsale_price\tsale_price_effective_date\tavailability\n" +
                  row("always", "15.00 EUR", "") + row("now", "15 EUR", "2026-11-24T05:30+0000/2026-11-30T23:59+0100") +
                  row("offset", "15 EUR", "2026-11-24T06:30+0100/2026-11-24T07:30+0100") +
                  row("later", "15 EUR", "2026-11-25T00:00/2026-11-30T00:00") +
                  row("over", "15 EUR", "2026-11-01/2026-11-24T06:00Z") + row("higher", "25 EUR", "") +
                  row("nonsense", "15 EUR", "soon") + row("other", "15 USD", "") + row("bad", "cheap", ""))});
    EXPECT_EQ(report.rejected, 2U) << reasons(report);
    std::string at_sale;
    for (auto const* id : {"always", "now", "offset", "later", "over", "higher", "nonsense"}) {
        EXPECT_EQ(list_of(id).minor, 2000) << id;
        if (price_of(id).minor == 1500) at_sale += std::string(id) + ' ';
    }
    EXPECT_EQ(at_sale, "always now offset ");
}

TEST_F(Google, RowsThatCannotBeUsedSayWhy) {
    auto const report = must_run({file("feed.tsv",
                                       "id\ttitle\tprice\tavailability\titem_group_id\n"
                                       "\tno id\t1\tin_stock\t\n"
                                       "a\t\t1\tin_stock\tG\n"
                                       "b\tb\tfree\tin_stock\tG\n"
                                       "c\tc\t1\tperhaps\t\n"
                                       "d\td\t1.999 USD\tin_stock\t\n"
                                       "e\te\t1\tin_stock\tG\n"
                                       "e\tagain\t1\tin_stock\t\n"
                                       "f\t\xFF\t1\tin_stock\t\n")});
    EXPECT_EQ(report.products, 1U);
    EXPECT_EQ(report.rejected, 7U);
    std::string lines;
    for (auto const& rejection : report.rejections) lines += std::to_string(rejection.line) + ' ';
    EXPECT_EQ(lines, "2 3 4 5 6 8 9 ") << reasons(report);
    EXPECT_EQ(product("G").variants.at(0).id, "e");
}

TEST_F(Google, XmlIsReadAsRssAndAsAtom) {
    auto const report =
        must_run({file("feed.xml",
                       rss("<item><g:id>X-1</g:id><title>Lamp &amp; shade</title>\n"
                           "<description><![CDATA[<p>Bright</p>]]></description><link>https://x.example/l</link>"
                           "<g:price>19.99 EUR</g:price><g:availability>in_stock</g:availability>"
                           "<g:shipping><g:country>DE</g:country><g:price>4.99 EUR</g:price></g:shipping>"
                           "<g:product_type>Home &gt; Lamps</g:product_type><g:product_type>Sale</g:product_type>"
                           "<g:additional_image_link>https://x.example/2.jpg</g:additional_image_link>"
                           "<g:image_link>https://x.example/1.jpg</g:image_link>"
                           "<g:product_detail><g:section_name>General</g:section_name><g:attribute_name>Bulb type"
                           "</g:attribute_name><g:attribute_value>LED</g:attribute_value></g:product_detail></item>")),
                  file("atom.xml",
                       "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:g=\"http://base.google.com/ns/1.0\">"
                       "<title>Shop</title><entry><id>tag:x,1</id><g:id>A-1</g:id><title>Vase</title>"
                       "<summary>Tall.</summary><link rel=\"alternate\" href=\"https://x.example/v\"/>"
                       "<g:price>7 EUR</g:price></entry></feed>")});
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    EXPECT_EQ(report.files.at(0).format, Format::google_xml);
    auto const& lamp = product("X-1");
    EXPECT_EQ(lamp.title, "Lamp & shade");
    EXPECT_EQ(lamp.description, "Bright");
    EXPECT_EQ(lamp.url, "https://x.example/l");
    EXPECT_EQ(join(lamp.categories), "Home/Lamps|Sale");
    EXPECT_EQ(values(lamp.attributes, "bulb_type"), "LED");
    ASSERT_EQ(lamp.media.size(), 2U);
    EXPECT_EQ(lamp.media[0].url, "https://x.example/1.jpg") << "the main picture comes first";
    EXPECT_EQ(price_of("X-1"), (Money{1999, *Currency::parse("EUR")})) << "not the shipping's";
    EXPECT_EQ(product("A-1").url, "https://x.example/v");
    EXPECT_EQ(product("A-1").description, "Tall.");
}

TEST_F(Google, DeclarationsOfDocumentTypesAreRefused) {
    std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\">";
    for (char c = 'b'; c < 'k'; ++c)
        bomb += std::string("<!ENTITY ") + c + " \"&" + char(c - 1) + ";&" + char(c - 1) + ";\">";
    auto const error = refused("bomb.xml", bomb + "]><rss><channel><item><title>&j;</title></item></channel></rss>");
    EXPECT_EQ(error.code, Code::invalid_request);
    EXPECT_NE(error.detail.find("document type declaration"), std::string::npos) << error.detail;
    refused("external.xml", "<!DOCTYPE rss SYSTEM \"file:///etc/passwd\"><rss/>");
    EXPECT_EQ(store.revision, 0U);
}

TEST_F(Google, XmlThatIsNoFeedPublishesNothing) {
    EXPECT_NE(refused("page.xml", "<html><body>x</body></html>").detail.find("html"), std::string::npos);
    EXPECT_NE(
        refused("cut.xml", rss("<item><g:id>a</g:id><title>t</title></item>").substr(0, 190)).detail.find("line 4"),
        std::string::npos);
    refused("entity.xml", rss("<item><title>&unknown;</title></item>"));
    refused("utf8.xml", rss("<item><title>\xFF</title></item>"));
    std::string deep = "<rss>";
    for (int i = 0; i < 40; ++i) deep += "<a>";
    EXPECT_NE(refused("deep.xml", deep).detail.find("deeper"), std::string::npos);
    refused("tag.xml", "<rss><channel><item " + std::string(8 * 1024 * 1024, 'x'));
    EXPECT_NE(refused("comment.xml", "<rss><!--" + std::string(8 * 1024 * 1024, 'x')).detail.find("larger than"),
              std::string::npos);
    EXPECT_EQ(store.revision, 0U);
}

TEST_F(Google, AnItemThatIsTooLargeIsRejectedAlone) {
    auto const item = [](std::string const& id, std::string const& text) {
        return "<item><g:id>" + id + "</g:id><title>t</title><description>" + text + "</description></item>\n";
    };
    auto const report = must_run({file(
        "feed.xml", rss(item("big", std::string(limits::import_field_bytes_max + 1, 'x')) + item("small", "fine")))});
    EXPECT_EQ(report.products, 1U);
    EXPECT_EQ(report.rejected, 1U);
    EXPECT_NE(reasons(report).find("4: description is larger than"), std::string::npos) << reasons(report);
}

TEST_F(Google, WhatCannotBeUsedIsAFinding) {
    auto const report = must_run({file("feed.tsv",
                                       "id\ttitle\tprice\tlink\timage_link\tgtin\n"
                                       "a\tA\t1\tjavascript:x\tdata:image/png,x\t4006381333932\n")});
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    std::string codes;
    for (auto const& finding : report.lint) codes += finding.code + ' ';
    EXPECT_EQ(codes, "link_without_web_address media_without_web_address barcode_is_no_gtin ");
    EXPECT_EQ(product("a").url, "");
    EXPECT_TRUE(product("a").media.empty());
    EXPECT_EQ(only_variant("a").barcodes.at(0).type, "other");
}

}  // namespace
}  // namespace b2a::importer::test
