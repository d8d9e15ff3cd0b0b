// SPDX-License-Identifier: Apache-2.0
// schema.org JSON-LD in the shapes that shops write it. All documents here are synthetic.
#include "b2a/base/limits.hpp"

#include "importer/json_nodes.hpp"
#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

class SchemaOrg : public ImportCase {
  protected:
    std::string nodes(std::string const& content) {
        auto source = Source::open(file("nodes.json", content));
        JsonNodeReader reader(std::move(*source));
        Row row;
        std::string out;
        while (*reader.next(row)) {
            out += std::to_string(row.line) + ':' + (row.fault.empty() ? std::string(row.fields[0]) : "!") + ' ';
            EXPECT_LT(out.size(), 10'000U);
        }
        return out;
    }
    /// What one product with these members comes to: its offers and stock, or why it was rejected.
    std::string offers(std::string const& members) {
        store.catalog = {};
        auto const report =
            must_run({file("p.json", R"({"@type":"Product","sku":"p","name":"P","offers":)" + members + "}")});
        if (report.rejected > 0) return reasons(report);
        std::string out;
        auto const& variant = product("p").variants.at(0);
        for (auto const& offer : variant.offers)
            out += std::to_string(offer.price.minor) + '/' + std::to_string(offer.list.minor) + ' ' +
                   std::string(offer.price.currency.code()) + ' ';
        if (variant.declared_stock) out += "stock " + std::to_string(*variant.declared_stock) + ' ';
        for (auto const& finding : report.lint) out += finding.code;
        return out;
    }
};

TEST_F(SchemaOrg, NodesAreFoundWhereverTheyStand) {
    EXPECT_EQ(nodes(R"({"a":1})"), R"(1:{"a":1} )");
    EXPECT_EQ(nodes("[{\"a\":[1,{}]},\n {\"b\":\"}]\\\"\"}]"), "1:{\"a\":[1,{}]} 2:{\"b\":\"}]\\\"\"} ");
    EXPECT_EQ(
        nodes("{\"@context\":{\"x\":[1]},\n\"@graph\" : [{\"a\":1},\n{\"b\":2}], \"more\":{\"c\":[{}]}} {\"d\":4}"),
        "2:{\"a\":1} 3:{\"b\":2} 3:{\"d\":4} ");
    EXPECT_EQ(nodes(R"([{"@graph":[{"a":1}]},{"b":{"@graph":[{"c":1}]}}])"),
              R"(1:{"a":1} 1:{"b":{"@graph":[{"c":1}]}} )");
    EXPECT_EQ(nodes("[1,\"x,{\",[{}],{\"a\":1}]"), "1:! 1:! 1:! 1:{\"a\":1} ");
    EXPECT_EQ(nodes("{\"a\":1}\n{\"b\":"), "1:{\"a\":1} 2:! ");
    EXPECT_EQ(nodes("]]}},,{\"a\":1}"), "1:{\"a\":1} ");
    EXPECT_EQ(nodes("{\"@graph\":\"none\",\"list\":[1]}"), "1:{\"@graph\":\"none\",\"list\":[1]} ");
    EXPECT_EQ(nodes("[{\"a\":\"" + std::string(limits::import_row_bytes_max, 'x') + "\"},{\"b\":1}]"),
              "1:! 1:{\"b\":1} ");
}

TEST_F(SchemaOrg, AProductIsRead) {
    auto const report = must_run({file("p.jsonld", R"({
  "@context": "https://schema.org",
  "@type": "Product", "sku": "boot-1", "gtin13": "4006381333931", "name": "Boot", "description": "<b>Warm</b>",
  "brand": {"@type": "Brand", "name": "Acme"}, "url": "https://x.example/boot", "category": "Shoes > Boots",
  "image": ["https://x.example/1.jpg", {"@type": "ImageObject", "contentUrl": "https://x.example/2.jpg"}],
  "color": "Black", "size": {"@type": "SizeSpecification", "name": "42"}, "material": "Leather",
  "audience": {"@type": "PeopleAudience", "suggestedGender": "female"},
  "additionalProperty": [{"@type": "PropertyValue", "name": "Heel height", "value": 2.5, "unitText": "cm"},
                         {"@type": "PropertyValue", "name": "Waterproof", "value": true}],
  "isAccessoryOrSparePartFor": {"@type": "Product", "sku": "boot-0"},
  "offers": {"@type": "Offer", "price": 89.9, "priceCurrency": "EUR", "availability": "https://schema.org/InStock",
             "inventoryLevel": {"@type": "QuantitativeValue", "value": 3}}
})")});
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    EXPECT_EQ(report.files.at(0).format, Format::schema_org);
    auto const& boot = product("boot-1");
    EXPECT_EQ(boot.brand, "Acme");
    EXPECT_EQ(boot.description, "Warm");
    EXPECT_EQ(join(boot.categories), "Shoes/Boots");
    EXPECT_EQ(boot.media.size(), 2U);
    EXPECT_EQ(values(boot.attributes, "material"), "Leather");
    EXPECT_EQ(values(boot.attributes, "gender"), "female");
    EXPECT_EQ(values(boot.attributes, "waterproof"), "true");
    EXPECT_EQ(values(boot.attributes, "heel_height"), "quantity");
    auto const& variant = boot.variants.at(0);
    EXPECT_EQ(variant.options, (std::vector<domain::OptionValue>{{"color", "Black"}, {"size", "42"}}));
    EXPECT_EQ(variant.offers.at(0).price, (Money{8990, *Currency::parse("EUR")}));
    EXPECT_EQ(variant.declared_stock, 3);
    EXPECT_EQ(report.links_unresolved, 1U);
}

TEST_F(SchemaOrg, OffersSayPriceAndStock) {
    EXPECT_EQ(offers(R"({"@type":"Offer","price":"10.50","priceCurrency":"USD"})"), "1050/1050 USD ");
    EXPECT_EQ(offers(R"([{"price":10,"priceCurrency":"USD"},{"price":9,"priceCurrency":"EUR"}])"),
              "1000/1000 USD 900/900 EUR ");
    EXPECT_EQ(offers(R"([{"price":10,"priceCurrency":"USD"},{"price":9,"priceCurrency":"USD"}])"),
              "1000/1000 USD several_prices_in_a_currency");
    EXPECT_EQ(offers(R"({"priceSpecification":[{"price":8,"priceCurrency":"USD"},{"priceType":)"
                     R"("https://schema.org/ListPrice","price":12,"priceCurrency":"USD"}]})"),
              "800/1200 USD ");
    EXPECT_EQ(offers(R"({"@type":"AggregateOffer","lowPrice":5,"highPrice":9,"priceCurrency":"USD"})"),
              "price_is_a_range");
    EXPECT_EQ(offers(R"({"@type":"AggregateOffer","lowPrice":5,"highPrice":5,"priceCurrency":"USD"})"), "500/500 USD ");
    EXPECT_EQ(offers(R"({"@type":"AggregateOffer","lowPrice":1,"offers":[{"price":7,"priceCurrency":"USD"}]})"),
              "700/700 USD ");
    EXPECT_EQ(offers(R"({"price":7,"priceCurrency":"USD","availability":"SoldOut"})"), "700/700 USD stock 0 ");
    EXPECT_EQ(offers(R"({"price":7,"priceCurrency":"USD","priceValidUntil":"2026-11-22"})"), "price_has_expired");
    EXPECT_EQ(offers(R"({"price":7,"priceCurrency":"USD","priceValidUntil":"2026-11-24"})"), "700/700 USD ");
    EXPECT_NE(offers(R"({"price":"7,50","priceCurrency":"USD"})").find("1: price"), std::string::npos);
    EXPECT_NE(offers(R"({"price":7,"priceCurrency":"ZZZ"})").find("1: priceCurrency"), std::string::npos);
    EXPECT_NE(offers(R"({"price":7,"availability":"Maybe"})").find("1: availability"), std::string::npos);
}

TEST_F(SchemaOrg, AGroupHoldsItsVariants) {
    must_run({file("g.jsonld", R"([{"@type":"ProductGroup","productGroupID":"G","name":"Coat","variesBy":)"
                               R"(["https://schema.org/size","https://schema.org/fabricWeight"],"hasVariant":[)"
                               R"({"@type":"Product","sku":"G-S","size":"S","color":"Red","offers":{"price":1}},)"
                               R"({"@type":"Product","sku":"G-M","size":"M","color":"Red","additionalProperty":)"
                               R"({"name":"fabricweight","value":"200 g"},"offers":{"price":2}},)"
                               R"({"@type":"Product","size":"L"}]}])")});
    auto const& coat = product("G");
    ASSERT_EQ(coat.variants.size(), 2U);
    EXPECT_EQ(coat.variants[0].title, "Coat") << "the product's where it has none";
    EXPECT_EQ(coat.variants[0].options, (std::vector<domain::OptionValue>{{"size", "S"}}));
    EXPECT_EQ(coat.variants[1].options.size(), 2U);
    EXPECT_EQ(values(coat.attributes, "color"), "Red");
}

TEST_F(SchemaOrg, VariantsAndGroupsFindEachOther) {
    auto const report = must_run({file(
        "g.jsonl", R"({"@type":"Product","@id":"#v1","sku":"A-1","name":"A one","color":"Red"})"
                   "\n"
                   R"({"@type":"Product","sku":"A-2","name":"A two","isVariantOf":{"@id":"#a"}})"
                   "\n"
                   R"({"@type":"ProductGroup","@id":"#a","productGroupID":"A","name":"A","hasVariant":[{"@id":"#v1"}]})"
                   "\n"
                   R"({"@type":"Product","sku":"B-1","name":"B one","inProductGroupWithID":"B"})"
                   "\n"
                   R"({"@type":"Product","sku":"B-2","name":"B two","inProductGroupWithID":"B"})"
                   "\n"
                   R"({"@type":"ProductGroup","productGroupID":"C","name":"C"})"
                   "\n"
                   R"({"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},)"
                   R"({"@type":"Product","sku":"D","name":"D"}]})"
                   "\n")});
    EXPECT_EQ(report.products, 3U) << reasons(report);
    EXPECT_EQ(report.variants, 5U);
    EXPECT_EQ(product("A").title, "A");
    EXPECT_EQ(product("A").variants.size(), 2U);
    EXPECT_EQ(product("B").title, "B one");
    EXPECT_EQ(product("B").variants.size(), 2U);
    EXPECT_EQ(report.rejected, 1U);
    EXPECT_NE(reasons(report).find("6: a group without variants"), std::string::npos) << reasons(report);
}

TEST_F(SchemaOrg, LinesAndNodesThatCannotBeUsedSayWhy) {
    auto const lines = must_run({file("l.jsonl", R"({"@type":"Product","sku":"a","name":"A"})"
                                                 "\n{\"@type\":\"Product\",\n"
                                                 R"({"@type":"Product","sku":"b","name":"B"})"
                                                 "\n"
                                                 R"({"@type":"Recipe","name":"Soup"})"
                                                 "\n"
                                                 R"({"@type":"Product","name":"nameless"})"
                                                 "\n")});
    EXPECT_EQ(lines.products, 2U);
    EXPECT_EQ(lines.rejected, 3U);
    EXPECT_NE(reasons(lines).find("4: type \"Recipe\" is no Product"), std::string::npos) << reasons(lines);
    auto const document = must_run({file("d.json",
                                         "{\"@context\":\"https://schema.org\",\n\"@graph\":[\n"
                                         "{\"@type\":\"Product\",\"sku\":\"c\",\"name\":\"C\"},\n"
                                         "{\"@type\":\"Product\",\"sku\":nonsense},\n"
                                         "{\"@type\":\"Product\",\"sku\":\"d\",\"name\":\"D\"}]}")});
    EXPECT_EQ(document.products, 2U);
    EXPECT_EQ(document.rejected, 1U);
    EXPECT_EQ(document.rejections.at(0).line, 4U);
}

TEST_F(SchemaOrg, NativeLinesAreNotTakenForIt) {
    auto const report = must_run({file("n.jsonl", R"({"type":"brand","name":"b","title":"@graph"})"
                                                  "\n"
                                                  R"({"@type":"Product"})"
                                                  "\n")});
    EXPECT_EQ(report.files.at(0).format, Format::native_jsonl);
}

}  // namespace
}  // namespace b2a::importer::test
