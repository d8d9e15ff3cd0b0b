// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"
#include "protocol/native/descriptor.hpp"
#include "protocol/native/formats.hpp"
#include "protocol/native/illustration.hpp"
#include "protocol/native/search.hpp"

namespace b2a::protocol::native {
namespace {

class NativeRender : public testing::Test {
  protected:
    Site site_ = test::make_site();
    std::shared_ptr<catalog::Snapshot const> snapshot_ = test::make_snapshot();

    std::uint32_t index(std::string_view id) const { return *snapshot_->find_product(id); }
    std::string product_ld(std::string_view id) const {
        std::string out;
        render_product_ld(out, site_, *snapshot_, index(id));
        return out;
    }
};

TEST_F(NativeRender, ProductShowsEverythingThatIsKnown) {
    std::string out;
    render_product(out, site_, *snapshot_, index("hoodie"));
    test::expect_golden("native/v1/product.json", out);
    out.clear();
    render_product(out, site_, *snapshot_, index("honey"));
    test::expect_golden("native/v1/food.json", out);
}

TEST_F(NativeRender, VariantInheritsTheFactsOfItsProduct) {
    std::string out;
    render_variant(out, site_, *snapshot_, index("hoodie"), snapshot_->find_variant("hoodie-moss-m")->variant_index);
    auto const json = test::parsed(out);
    EXPECT_EQ(json["id"], "hoodie-moss-m");
    EXPECT_EQ(json["product"]["id"], "hoodie");
    EXPECT_EQ(json["product"]["attributes"][1]["value"], "420.5");
    EXPECT_EQ(json["availability"], "in_stock");
}

TEST_F(NativeRender, GoodsWithoutAnOfferAreNotForSale) {
    std::string out;
    render_product(out, site_, *snapshot_, index("museum"));
    EXPECT_EQ(test::parsed(out)["variants"][0]["availability"], "not_for_sale");
}

TEST_F(NativeRender, LinkedDataOfAGroupNamesItsVariants) {
    auto const json = test::parsed(product_ld("hoodie"));
    EXPECT_EQ(json["@type"], "ProductGroup");
    EXPECT_EQ(json["productGroupID"], "hoodie");
    EXPECT_EQ(json["variesBy"], test::parsed(R"(["https://schema.org/color","https://schema.org/size"])"));
    ASSERT_EQ(json["hasVariant"].size(), 3U);
    auto const& sold_out = json["hasVariant"][0];
    EXPECT_EQ(sold_out["@type"], "Product");
    EXPECT_EQ(sold_out["offers"][0]["price"], "79.00");
    EXPECT_EQ(sold_out["offers"][0]["priceCurrency"], "USD");
    EXPECT_EQ(sold_out["offers"][0]["availability"], "https://schema.org/OutOfStock");
    EXPECT_EQ(sold_out["gtin"], "2000000000015");
    EXPECT_EQ(json["additionalProperty"][1]["unitText"], "g");
    EXPECT_EQ(json["additionalProperty"][1]["value"], 420.5);
    EXPECT_EQ(json["image"][0], "https://shop.example/media/hoodie.svg");
}

TEST_F(NativeRender, LinkedDataOfASingleProductStatesAllergensInGs1Terms) {
    auto const json = test::parsed(product_ld("honey"));
    EXPECT_EQ(json["@type"], "Product");
    ASSERT_EQ(json["gs1:hasAllergen"].size(), 3U);  // what nobody declared is not claimed
    auto const& peanuts = json["gs1:hasAllergen"][0];
    EXPECT_EQ(peanuts["gs1:allergenType"]["@id"], "gs1:AllergenTypeCode-AP");
    EXPECT_EQ(peanuts["gs1:allergenLevelOfContainmentCode"]["@id"], "gs1:LevelOfContainmentCode-MAY_CONTAIN");
}

TEST_F(NativeRender, DescriptorSaysWhatIsServed) {
    site_.surfaces = {{"native", {"v1"}, "https://shop.example/b2a/v1", ""}};
    CatalogCensus census;
    std::string out;
    render_descriptor(out, site_, *snapshot_, census.of(*snapshot_));
    auto const json = test::parsed(out);
    EXPECT_EQ(json["catalog"]["revision"], 7);
    EXPECT_EQ(json["catalog"]["products"], 4);
    EXPECT_EQ(json["surfaces"][0]["protocol"], "native");
    EXPECT_EQ(json["brands"][0]["name"], "Northlight");
}

TEST_F(NativeRender, OpenApiNamesThisServer) {
    auto const json = test::parsed(openapi_document(site_));
    EXPECT_EQ(json["openapi"], "3.1.0");
    EXPECT_EQ(json["servers"][0]["url"], "https://shop.example");
}

TEST_F(NativeRender, SearchGivesVerdictsAndTheFactorsOfTheOrder) {
    catalog::SearchQuery query;
    query.text = "honey";
    query.currency = test::currency("USD");
    query.avoid = {domain::Allergen::peanuts, domain::Allergen::eggs};
    query.allergen_mode = catalog::AllergenMode::report;
    auto result = snapshot_->search(query);
    ASSERT_TRUE(result.ok());
    RenderCache cache;
    std::string out;
    render_search(out, site_, cache, query, {snapshot_.get(), *result});
    auto const json = test::parsed(out);
    EXPECT_EQ(json["total"], 1);
    EXPECT_EQ(json["ranking"]["order"], "bm25");
    EXPECT_EQ(json["ranking"]["sponsored"], false);
    auto const& item = json["items"][0];
    EXPECT_EQ(item["product"]["href"], "https://shop.example/b2a/v1/products/honey");
    EXPECT_EQ(item["allergens"][0]["status"], "may_contain");
    EXPECT_EQ(item["allergens"][1]["status"], "unknown");
    EXPECT_EQ(item["matching_variants"][0]["price"]["amount"], 1250);
    EXPECT_GT(item["ranking"]["score"].get<int>(), 0);
}

TEST_F(NativeRender, PicturesEscapeTheCatalogsText) {
    auto const picture = picture_of(*snapshot_, "honey");
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->silhouette->name, "jar");
    std::string svg;
    render_illustration(svg, *picture);
    EXPECT_EQ(svg.find("<script"), std::string::npos);
    EXPECT_EQ(svg.find("<b>"), std::string::npos);
    EXPECT_NE(svg.find("Honey &amp; &quot;Nuts&quot; &lt;script&gt;"), std::string::npos);
    std::string again;
    render_illustration(again, *picture);
    EXPECT_EQ(svg, again);
}

TEST_F(NativeRender, PicturesTakeTheVariantsColour) {
    EXPECT_EQ(picture_of(*snapshot_, "hoodie-moss-m")->color, *color_from_name("Moss"));
    EXPECT_EQ(picture_of(*snapshot_, "hoodie")->color, *color_from_name("black"));
    EXPECT_EQ(picture_of(*snapshot_, "hoodie")->silhouette->name, "hoodie");
    EXPECT_FALSE(picture_of(*snapshot_, "unknown"));
    EXPECT_EQ(silhouette_for("hard cheese", "").natural, (Rgb{0xe3, 0xb6, 0x4f}));
    EXPECT_EQ(silhouette_for("wireless thing", "").name, "box");
    EXPECT_EQ(silhouette_for("shirtless", "").name, "box");  // words, not parts of words
    EXPECT_EQ(silhouette_for("a thing", "food/cheese").name, "cheese");
}

// --- parsing --------------------------------------------------------------------------------------------------------

TEST(NativeSearch, ParametersAndBodyMeanTheSame) {
    auto const site = test::make_site();
    test::RequestText get;
    get.query =
        "q=red+wine%20glass&category=Food%2FWine&brand=A&brand=B&size=M&color=Red&attr.organic=true"
        "&price_min=100&price_max=2000&currency=EUR&available=true&avoid=milk,nuts&allergen_mode=known"
        "&cursor=abc&limit=20";
    auto const a = parse_search_parameters(get.view(web::Method::get), site);
    auto const b = parse_search_body(
        test::json_request(R"({"query":"red+wine glass","categories":["Food/Wine"],"brands":["A","B"],"sizes":["M"],
            "colors":["Red"],"attributes":[{"name":"organic","any_of":["true"]}],
            "price":{"min":100,"max":2000,"currency":"EUR"},"available":true,"avoid":["milk","nuts"],
            "allergen_mode":"known","cursor":"abc","limit":20})")
            .view(),
        site);
    ASSERT_TRUE(a.ok()) << a.error().detail;
    ASSERT_TRUE(b.ok()) << b.error().detail;
    EXPECT_EQ(b->query.text, "red+wine glass");
    EXPECT_FALSE(b->need.has_value());
    for (auto const* query : {&*a, &b->query}) {
        EXPECT_EQ(query->categories, std::vector<std::string>{"Food/Wine"});
        EXPECT_EQ(query->brands, (std::vector<std::string>{"A", "B"}));
        EXPECT_EQ(query->sizes, std::vector<std::string>{"M"});
        EXPECT_EQ(query->colors, std::vector<std::string>{"Red"});
        ASSERT_EQ(query->attributes.size(), 1U);
        EXPECT_EQ(query->attributes[0].any_of, std::vector<std::string>{"true"});
        EXPECT_EQ(query->price_min_minor, 100);
        EXPECT_EQ(query->price_max_minor, 2000);
        EXPECT_EQ(query->currency.code(), "EUR");
        EXPECT_EQ(query->availability, catalog::Availability::in_stock);
        EXPECT_EQ(query->avoid, (std::vector<domain::Allergen>{domain::Allergen::milk, domain::Allergen::nuts}));
        EXPECT_EQ(query->allergen_mode, catalog::AllergenMode::known);
        EXPECT_EQ(query->cursor, "abc");
        EXPECT_EQ(query->limit, 20U);
    }
}

TEST(NativeSearch, DefaultsAreTheShops) {
    auto const query = parse_search_body(test::json_request("{}").view(), test::make_site());
    ASSERT_TRUE(query.ok());
    EXPECT_EQ(query->query.currency.code(), "USD");
    EXPECT_EQ(query->query.limit, limits::page_size_default);
    EXPECT_EQ(query->query.allergen_mode, catalog::AllergenMode::strict);
}

TEST(NativeSearch, DecimalRangesAreThousandths) {
    auto const body = R"({"attributes":[{"name":"weight","min":-0.5,"max":12.125}]})";
    auto const query = parse_search_body(test::json_request(body).view(), test::make_site());
    ASSERT_TRUE(query.ok()) << query.error().detail;
    EXPECT_EQ(query->query.attributes[0].min_milli, -500);
    EXPECT_EQ(query->query.attributes[0].max_milli, 12125);
}

using Case = std::pair<char const*, char const*>;
class BadParameter : public testing::TestWithParam<Case> {};

TEST_P(BadParameter, IsNamed) {
    test::RequestText get;
    get.query = GetParam().first;
    auto const query = parse_search_parameters(get.view(web::Method::get), test::make_site());
    ASSERT_FALSE(query.ok());
    EXPECT_EQ(query.error().code, Code::invalid_request);
    EXPECT_EQ(query.error().pointer, GetParam().second);
}

INSTANTIATE_TEST_SUITE_P(Search, BadParameter,
                         testing::Values(Case{"nonsense=1", "nonsense"}, Case{"attr.=1", "attr."},
                                         Case{"price_min=1.5", "price_min"}, Case{"price_max=-1", "price_max"},
                                         Case{"currency=usd", "currency"}, Case{"available=yes", "available"},
                                         Case{"avoid=milk,love", "avoid"}, Case{"allergen_mode=lax", "allergen_mode"},
                                         Case{"limit=0", "limit"}, Case{"limit=101", "limit"}, Case{"limit=x", "limit"},
                                         Case{"category=", "category"}, Case{"q=%ff", ""}));

class BadBody : public testing::TestWithParam<Case> {};

TEST_P(BadBody, IsPointedAt) {
    auto const query = parse_search_body(test::json_request(GetParam().first).view(), test::make_site());
    ASSERT_FALSE(query.ok());
    EXPECT_EQ(query.error().code, Code::invalid_request);
    EXPECT_EQ(query.error().pointer, GetParam().second) << query.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Search, BadBody,
    testing::Values(Case{R"({"nonsense":1})", "/nonsense"}, Case{R"({"query":1})", "/query"},
                    Case{R"({"price":{"min":1.5}})", "/price/min"}, Case{R"({"price":{"low":1}})", "/price/low"},
                    Case{R"({"price":{"currency":"XYZ1"}})", "/price/currency"},
                    Case{R"({"attributes":[{"any_of":["x"]}]})", "/attributes/0/name"},
                    Case{R"({"attributes":[{"name":"x"}]})", "/attributes/0"},
                    Case{R"({"attributes":[{"name":"x","min":"1"}]})", "/attributes/0/min"},
                    Case{R"({"avoid":["love"]})", "/avoid"}, Case{R"({"allergen_mode":"lax"})", "/allergen_mode"},
                    Case{R"({"limit":0})", "/limit"}, Case{R"({"available":"true"})", "/available"}, Case{"[]", ""},
                    Case{"{", ""}, Case{"", ""}));

TEST(NativeSearch, WantsJson) {
    auto request = test::json_request("{}");
    request.fields.front().second = "text/plain";
    EXPECT_EQ(parse_search_body(request.view(), test::make_site()).error().code, Code::unsupported_media);
}

}  // namespace
}  // namespace b2a::protocol::native
