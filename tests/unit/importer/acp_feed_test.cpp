// SPDX-License-Identifier: Apache-2.0
#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

/// Two variants; the first one has everything that the schema has.
constexpr std::string_view tee =
    R"({"id":"tee","title":"Classic <b>Tee</b>","description":{"html":"<p>Soft.</p><p>Warm.</p>"},)"
    R"("url":"https://shop.example/tee","media":[{"type":"image","url":"https://cdn.example/tee.jpg",)"
    R"("alt_text":"Front","width":800,"height":600}],"variants":[{"id":"tee-s","title":"Classic Tee, S",)"
    R"("barcodes":[{"type":"GTIN","value":"4006381333931"}],"price":{"amount":1999,"currency":"EUR"},)"
    R"("list_price":{"amount":2499,"currency":"EUR"},"unit_price":{"amount":499,"currency":"EUR",)"
    R"("measure":{"value":0.75,"unit":"l"},"reference":{"value":1,"unit":"l"}},)"
    R"("availability":{"available":true,"status":"in_stock"},)"
    R"("categories":[{"value":"Apparel > Shirts","taxonomy":"merchant"},)"
    R"({"value":"212","taxonomy":"google_product_category"}],)"
    R"("condition":["secondhand"],"variant_options":[{"name":"Size","value":"S"}],)"
    R"("media":[{"type":"image","url":"https://cdn.example/tee-s.jpg"}],)"
    R"("seller":{"name":"Example Merchant","links":[{"type":"faq","url":"https://shop.example/faq"}]},)"
    R"("marketplace":{"name":"Elsewhere"}},)"
    R"({"id":"tee-m","title":"Classic Tee, M","price":{"amount":1999,"currency":"EUR"},)"
    R"("availability":{"available":false,"status":"out_of_stock"},)"
    R"("categories":[{"value":"Apparel > Shirts"}],"condition":["new"]}]})";

class AcpFeed : public ImportCase {
  protected:
    std::string reason(std::string const& line) {
        options.format = Format::acp_feed;
        auto const report = must_run({file("x.jsonl", line + "\n")});
        return report.rejections.empty() ? std::string() : report.rejections.at(0).reason;
    }
    static std::string with_variant(std::string const& members) {
        return R"({"id":"p","variants":[{"id":"v","title":"T")" + members + "}]}";
    }
};

TEST_F(AcpFeed, IsRecognisedByItsFirstLine) {
    auto const feed = must_run({file("products.jsonl", "\n" + std::string(tee) + "\n")});
    EXPECT_EQ(feed.files.at(0).format, Format::acp_feed);
    EXPECT_EQ(feed.added, 1U);
    auto const native =
        must_run({file("native.jsonl", R"({"type":"product","id":"p","title":"T","variants":[{"id":"v"}]})")});
    EXPECT_EQ(native.files.at(0).format, Format::native_jsonl);
}

TEST_F(AcpFeed, WhatItSaysIsTaken) {
    auto const report = must_run({file("products.jsonl", tee)});
    ASSERT_EQ(report.rejected, 0U) << reasons(report);
    auto const& p = product("tee");
    EXPECT_EQ(p.title, "Classic Tee");
    EXPECT_EQ(p.description, "Soft.\nWarm.");
    EXPECT_EQ(p.url, "https://shop.example/tee");
    EXPECT_EQ(p.brand, "Example Merchant");
    EXPECT_EQ(p.categories, std::vector<std::string>{"Apparel/Shirts"});
    ASSERT_EQ(p.media.size(), 1U);
    EXPECT_EQ(p.media[0].alt_text, "Front");
    ASSERT_EQ(p.variants.size(), 2U);
    auto const& small = p.variants[0];
    EXPECT_EQ(small.offers.at(0).price, (Money{1999, *Currency::parse("EUR")}));
    EXPECT_EQ(small.offers.at(0).list.minor, 2499);
    EXPECT_EQ(small.barcodes.at(0).value, "4006381333931");
    EXPECT_EQ(small.options.at(0).label, "S");
    EXPECT_EQ(small.measure, (domain::Quantity{75, 2, "l"}));
    EXPECT_FALSE(small.declared_stock) << "available, and nobody said how many";
    EXPECT_EQ(values(small.attributes, "google_product_category"), "212");
    EXPECT_EQ(values(small.attributes, "condition"), "secondhand");
    EXPECT_EQ(p.variants[1].declared_stock, 0);
    EXPECT_EQ(values(p.variants[1].attributes, "condition"), "") << "new is what everything is";
}

TEST_F(AcpFeed, ASecondTimeNothingChanges) {
    auto const path = file("products.jsonl", tee);
    must_run({path});
    EXPECT_EQ(must_run({path}).unchanged, 1U);
}

TEST_F(AcpFeed, TheLeastThatTheSchemaAsksFor) {
    EXPECT_EQ(reason(R"({"id":"p","variants":[{"id":"v","title":"Just a title"}]})"), "");
    EXPECT_EQ(product("p").title, "Just a title");
    EXPECT_EQ(product("p").brand, "acme") << "the folder's name";
    EXPECT_TRUE(product("p").variants[0].offers.empty());
}

TEST_F(AcpFeed, RefusesWhatTheSchemaHasNot) {
    for (std::string const line : {"[]", "{}", R"({"id":"p","variants":[]})", R"({"id":"p","variants":[{"id":"v"}]})",
                                   R"({"id":"p","brand":"x","variants":[{"id":"v","title":"T"}]})"})
        EXPECT_NE(reason(line), "") << line;
    for (auto const* members :
         {R"(,"stock":3)", R"(,"price":{"amount":1.5,"currency":"EUR"})", R"(,"price":{"amount":-1,"currency":"EUR"})",
          R"(,"price":{"amount":1,"currency":"euro"})",
          R"(,"price":{"amount":5,"currency":"EUR"},"list_price":{"amount":4,"currency":"EUR"})",
          R"(,"price":{"amount":5,"currency":"EUR"},"list_price":{"amount":9,"currency":"USD"})",
          R"(,"media":[{"type":"image","url":"javascript:x"}])",
          R"(,"unit_price":{"measure":{"value":"much","unit":"l"}})", R"(,"availability":{"available":"yes"})"})
        EXPECT_NE(reason(with_variant(members)), "") << members;
}

}  // namespace
}  // namespace b2a::importer::test
