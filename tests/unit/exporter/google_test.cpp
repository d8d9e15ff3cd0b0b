// SPDX-License-Identifier: Apache-2.0
#include "b2a/exporter/google.hpp"

#include "b2a/base/text.hpp"

#include "unit/protocol/fixture.hpp"

namespace b2a::exporter {
namespace {

class Google : public testing::Test {
  protected:
    protocol::Site site_ = test::make_site();
    std::shared_ptr<catalog::Snapshot const> snapshot_ = test::make_snapshot();
    GoogleCounts counts_;

    std::string rendered(GoogleShape shape, std::string_view id) {
        std::string out;
        render_google(out, shape, site_, *snapshot_, snapshot_->find_product(id).value(), test::currency("USD"),
                      counts_);
        return out;
    }
    /// Rows by their columns' names.
    std::vector<std::map<std::string, std::string>> rows(std::string_view id) {
        auto const head = google_head(GoogleShape::tsv, site_);
        auto const names = split(std::string_view(head).substr(0, head.size() - 1), '\t');
        std::vector<std::map<std::string, std::string>> out;
        auto const text = rendered(GoogleShape::tsv, id);
        for (auto const line : split(text, '\n')) {
            if (line.empty()) continue;
            auto const cells = split(line, '\t');
            EXPECT_EQ(cells.size(), names.size()) << line;
            auto& row = out.emplace_back();
            for (std::size_t i = 0; i < std::min(cells.size(), names.size()); ++i) row.emplace(names[i], cells[i]);
        }
        return out;
    }
    void change(std::string const& id, auto const& how) {
        auto data = test::make_catalog();
        for (auto& product : data.products)
            if (product.id == id) how(product);
        snapshot_ = catalog::Snapshot::build(std::move(data), {{"hoodie-black-s", 0}});
    }
};

TEST_F(Google, OneRowAVariant) {
    auto const found = rows("hoodie");
    ASSERT_EQ(found.size(), snapshot_->product_at(*snapshot_->find_product("hoodie")).variants.size());
    auto row = found[0];
    EXPECT_EQ(row["id"], "hoodie-black-s");
    EXPECT_EQ(row["availability"], "out_of_stock");
    EXPECT_EQ(row["item_group_id"], "hoodie");
    EXPECT_EQ(row["brand"], "Northlight");
    EXPECT_EQ(row["gtin"], "2000000000015");
    EXPECT_EQ(row["identifier_exists"], "");
    EXPECT_EQ(row["material"], "Cotton");
    EXPECT_EQ(row["product_type"], "Men > Hoodies & Sweatshirts");
    EXPECT_EQ(row["image_link"], "https://shop.example/media/hoodie.svg");
    EXPECT_TRUE(row["price"].ends_with(".00 USD")) << row["price"];
    EXPECT_EQ(row["sale_price"], "") << "no history carries the reduction";
    EXPECT_EQ(row["condition"], "new");
    EXPECT_EQ(counts_.products, 1U);
    EXPECT_EQ(counts_.variants, found.size());
}

TEST_F(Google, WhatHasNoPriceIsNoRow) {
    EXPECT_TRUE(rows("museum").empty());
    EXPECT_EQ(counts_.without_price, 1U);
    EXPECT_EQ(counts_.products, 0U);
}

TEST_F(Google, ATextCannotBecomeACell) {
    change("voucher", [](domain::Product& product) {
        product.description = "one\ttwo\nthree";
        product.url = "/voucher page";
    });
    auto row = rows("voucher").at(0);
    EXPECT_EQ(row["description"], "one two three");
    EXPECT_EQ(row["link"], "https://shop.example/voucher%20page");
    EXPECT_EQ(row["item_group_id"], "") << "the only variant";
    EXPECT_EQ(counts_.without_link, 0U);
}

TEST_F(Google, ASalePriceWhereTheLawLetsItStand) {
    auto data = test::make_catalog();
    data.legal.eu_consumer_law = false;
    snapshot_ = catalog::Snapshot::build(std::move(data), {});
    auto const& offer = snapshot_->find_variant("hoodie-black-m")->variant->offers.front();
    auto row = rows("hoodie").at(1);
    EXPECT_EQ(row["sale_price"], to_text(offer.price));
    EXPECT_EQ(row["price"], to_text(offer.list));
}

TEST_F(Google, AsXmlItIsEscaped) {
    change("voucher", [](domain::Product& product) { product.title = product.variants[0].title = "<Tea> & more"; });
    auto const text = rendered(GoogleShape::xml, "voucher");
    EXPECT_TRUE(text.starts_with("<item><g:id>voucher</g:id><g:title>&lt;Tea&gt; &amp; more</g:title>")) << text;
    EXPECT_TRUE(text.ends_with("</item>\n"));
    EXPECT_EQ(text.find("<g:gtin>"), std::string::npos) << "nothing is no element";
    EXPECT_EQ(counts_.without_link, 1U);
    auto const head = google_head(GoogleShape::xml, site_);
    EXPECT_NE(head.find("<title>Example &amp; Sons</title>"), std::string::npos);
    EXPECT_EQ(google_tail(GoogleShape::xml), "</channel></rss>\n");
}

}  // namespace
}  // namespace b2a::exporter
