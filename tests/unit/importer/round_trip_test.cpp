// SPDX-License-Identifier: Apache-2.0
// A real catalog, written in the shapes of other shops and read back: every product, variant, price and stock level has
// to come out again. Skipped where ../shared/data is not at hand.
#include <functional>

#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

using domain::Product;
using domain::Variant;

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
    std::string out;
    for (auto const c : text) {
        if (what.find(c) == std::string_view::npos) out += c;
        else if (with.empty()) out += std::string(2, c);
        else out += with;
    }
    return out;
}

std::string in_quotes(std::string_view text) {
    return '"' + replaced(text, "\"", "") + '"';
}

std::string xml(std::string_view text) {
    return "<![CDATA[" + replaced(text, "]", "&#93;") + "]]>";
}

std::string json_text(std::string_view text) {
    std::string out = "\"";
    for (auto const c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n') out += "\\n";
        else out += c;
    }
    return out + '"';
}

std::string decimal(Money const& money) {
    auto const cents = std::to_string(money.minor % 100);
    return std::to_string(money.minor / 100) + '.' + (cents.size() == 1 ? "0" : "") + cents;
}

std::string option(Variant const& variant, std::string_view name) {
    for (auto const& option : variant.options)
        if (option.name == name) return option.label;
    return {};
}

class RoundTrip : public ImportCase {
  protected:
    void SetUp() override {
        auto const luma = shared_data("luma/");
        if (!std::filesystem::exists(luma + "products.csv")) GTEST_SKIP() << "no " << luma;
        std::vector<std::string> files{luma + "products.csv"};
        for (auto const* name :
             {"bags", "fitness_equipment", "fitness_equipment_ball", "fitness_equipment_strap", "watches"})
            files.push_back(luma + "simple_products_gear_" + name + ".csv");
        must_run(files);
        original_ = std::move(store.catalog);
        store.catalog = {};
    }

    using Write = std::function<std::string(Product const&, Variant const&, bool first)>;
    std::string each_variant(Write const& write) const {
        std::string out;
        for (auto const& [id, product] : original_.products)
            for (std::size_t i = 0; i < product.variants.size(); ++i)
                out += write(product, product.variants[i], i == 0);
        return out;
    }
    static bool is_single(Product const& product) { return product.variants.front().id == product.id; }

    void expect_the_same(Report const& report, Format format) {
        EXPECT_EQ(report.files.at(0).format, format);
        EXPECT_EQ(report.rejected, 0U) << reasons(report);
        EXPECT_EQ(report.products, 147U + 44U);
        EXPECT_EQ(report.variants, 1847U + 44U);
        EXPECT_EQ(report.without_offer, 0U);
        for (auto const& [id, product] : original_.products) {
            auto const found = store.catalog.products.find(id);
            ASSERT_NE(found, store.catalog.products.end()) << id;
            EXPECT_EQ(found->second.description, product.description);
            ASSERT_EQ(found->second.variants.size(), product.variants.size()) << id;
            for (std::size_t i = 0; i < product.variants.size(); ++i)
                expect_same(found->second.variants[i], product.variants[i]);
        }
        auto const before = store.catalog;
        auto const again = must_run({report.files.at(0).file});
        EXPECT_EQ(again.unchanged, report.products);
        EXPECT_EQ(store.catalog, before);
    }

    static void expect_same(Variant const& read, Variant const& written) {
        EXPECT_EQ(read.id, written.id);
        EXPECT_EQ(read.offers, written.offers) << written.id;
        EXPECT_EQ(read.declared_stock, written.declared_stock) << written.id;
        EXPECT_EQ(option(read, "size"), option(written, "size")) << written.id;
        EXPECT_EQ(option(read, "color"), option(written, "color")) << written.id;
    }

    Catalog original_;
};

TEST_F(RoundTrip, GoogleTable) {
    auto const rows = each_variant([](Product const& p, Variant const& v, bool) {
        return v.id + '\t' + (is_single(p) ? "" : p.id) + '\t' + in_quotes(v.title) + '\t' + in_quotes(p.description) +
               '\t' + decimal(v.offers[0].list) + " USD\t" + decimal(v.offers[0].price) + " USD\tin_stock\t" +
               std::to_string(*v.declared_stock) + '\t' + option(v, "size") + '\t' + option(v, "color") + '\n';
    });
    expect_the_same(must_run({file("feed.tsv",
                                   "id\titem_group_id\ttitle\tdescription\tprice\tsale_price\tavailability\t"
                                   "quantity\tsize\tcolor\n" +
                                       rows)}),
                    Format::google_table);
}

TEST_F(RoundTrip, GoogleXml) {
    auto const items = each_variant([](Product const& p, Variant const& v, bool) {
        auto const group = is_single(p) ? std::string() : "<g:item_group_id>" + p.id + "</g:item_group_id>";
        return "<item><g:id>" + v.id + "</g:id>" + group + "<title>" + xml(v.title) + "</title><description>" +
               xml(p.description) + "</description><g:price>" + decimal(v.offers[0].list) +
               " USD</g:price><g:sale_price>" + decimal(v.offers[0].price) + " USD</g:sale_price><g:quantity>" +
               std::to_string(*v.declared_stock) + "</g:quantity><g:size>" + xml(option(v, "size")) +
               "</g:size><g:color>" + xml(option(v, "color")) + "</g:color></item>\n";
    });
    expect_the_same(must_run({file("feed.xml", "<rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel>\n" + items +
                                                   "</channel></rss>")}),
                    Format::google_xml);
}

TEST_F(RoundTrip, ShopifyCsv) {
    auto const rows = each_variant([](Product const& p, Variant const& v, bool first) {
        auto const facts = first ? in_quotes(p.title) + ',' + in_quotes(p.description) + ",active" : std::string(",,");
        auto const size = option(v, "size");
        return p.id + ',' + facts + ',' + (first && !size.empty() ? "Size" : "") + ',' + in_quotes(size) + ',' +
               (first ? "Color" : "") + ',' + in_quotes(option(v, "color")) + ',' + v.id + ",shopify," +
               std::to_string(*v.declared_stock) + ",deny," + decimal(v.offers[0].price) + ',' +
               decimal(v.offers[0].list) + '\n';
    });
    expect_the_same(
        must_run({file("products.csv",
                       "Handle,Title,Body (HTML),Status,Option1 Name,Option1 Value,Option2 Name,Option2 Value,"
                       "Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,"
                       "Variant Price,Variant Compare At Price\n" +
                           rows)}),
        Format::shopify);
}

TEST_F(RoundTrip, SchemaOrgGraph) {
    auto const nodes = each_variant([](Product const& p, Variant const& v, bool) {
        auto const group = is_single(p) ? std::string() : ",\"inProductGroupWithID\":" + json_text(p.id);
        return ",\n{\"@type\":\"Product\",\"sku\":" + json_text(v.id) + group + R"(,"name":)" + json_text(v.title) +
               R"(,"description":)" + json_text(p.description) + R"(,"size":)" + json_text(option(v, "size")) +
               R"(,"color":)" + json_text(option(v, "color")) + R"(,"offers":{"@type":"Offer","price":")" +
               decimal(v.offers[0].price) +
               R"(","priceCurrency":"USD","priceSpecification":{"priceType":"https://schema.org/ListPrice","price":")" +
               decimal(v.offers[0].list) + R"("},"inventoryLevel":)" + std::to_string(*v.declared_stock) + "}}";
    });
    auto text = R"({"@context":"https://schema.org","@graph":[)" + nodes.substr(nodes.find('{')) + "]}";
    expect_the_same(must_run({file("catalog.jsonld", text)}), Format::schema_org);
}

TEST_F(RoundTrip, MappedTable) {
    auto const rows = each_variant([](Product const& p, Variant const& v, bool) {
        return v.id + '|' + (is_single(p) ? "" : p.id) + '|' + in_quotes(v.title) + '|' + in_quotes(p.description) +
               '|' + decimal(v.offers[0].price) + '|' + decimal(v.offers[0].list) + '|' +
               std::to_string(*v.declared_stock) + '|' + option(v, "size") + '|' + option(v, "color") + '\n';
    });
    options.mapping = file("map.toml",
                           "delimiter = \"|\"\ngroup_by = \"Group\"\ncurrency = \"USD\"\n[product]\ntitle = \"Title\"\n"
                           "description = \"Text\"\n[variant]\nid = \"Id\"\nprice = { column = \"Price\", list = "
                           "\"List\" }\nstock = \"Stock\"\n"
                           "[options]\nsize = \"Size\"\ncolor = \"Color\"\n");
    expect_the_same(must_run({file("table.csv", "Id|Group|Title|Text|Price|List|Stock|Size|Color\n" + rows)}),
                    Format::mapped);
}

}  // namespace
}  // namespace b2a::importer::test
