// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/catalog_json.hpp"
#include "b2a/protocol/vendor.hpp"

#include "fixture.hpp"
#include "protocol/native/formats.hpp"
#include "protocol/ucp/render_catalog.hpp"

namespace b2a::protocol {
namespace {

using domain::Allergen;
using domain::AllergenStatus;
using domain::Diet;
using domain::DietStatus;

class FoodJson : public testing::Test {
  protected:
    FoodJson() {
        product_.id = "bar";
        product_.title = "Bar";
        product_.food.emplace();
        product_.food->ingredients = "Hafer, Vollmilchpulver, Haselnüsse, Honig. Kann Spuren von Erdnüssen enthalten";
        product_.food->allergens.set(Allergen::gluten, AllergenStatus::contains);
        product_.food->allergens.set(Allergen::peanuts, AllergenStatus::may_contain);
        product_.food->allergens.set(Allergen::milk, AllergenStatus::free_from);
        product_.food->diets = {{Diet::vegetarian, DietStatus::suits, "label"},
                                {Diet::lactose_free, DietStatus::suits, "label"},
                                {Diet::low_lactose, DietStatus::suits, "label"},
                                {Diet::vegan, DietStatus::unsuitable, "brand"}};
        product_.variants.emplace_back();
        product_.variants.front().id = "bar";
    }

    std::shared_ptr<catalog::Snapshot const> snapshot() const {
        catalog::CatalogData data;
        data.revision = 1;
        data.products = {product_};
        return catalog::Snapshot::build(std::move(data), {});
    }

    domain::Product product_;
    Site site_ = test::make_site();
};

TEST_F(FoodJson, StatementsAndSuspicionsStandApart) {
    std::string out;
    native::render_product(out, site_, *snapshot(), 0);
    auto const food = test::parsed(out)["food"];
    EXPECT_EQ(food["allergens"]["status"]["nuts"], "unknown") << "a suspicion declares nothing";
    EXPECT_EQ(food["allergens"]["status"]["milk"], "free_from");
    EXPECT_EQ(food["allergens"]["gs1"], test::parsed(R"({"contains":["AW"],"may_contain":["AP"],"free_from":["AM"]})"));
    EXPECT_EQ(food["diets"][0], test::parsed(R"({"diet":"vegetarian","status":"suits","source":"label"})"));
    EXPECT_EQ(food["diets"][3]["status"], "unsuitable");
    EXPECT_EQ(food["suspected"]["source"], "rule:ingredient_text");
    EXPECT_EQ(food["suspected"]["allergens"],
              test::parsed(R"([{"allergen":"milk","gs1":"AM","trace":false,"term":"vollmilchpulver","language":"de",
                                "score_ppm":855000},
                               {"allergen":"nuts","gs1":"AN","trace":false,"term":"haselnüsse","language":"de",
                                "score_ppm":950000}])"))
        << "what is declared is not suspected as well";
    std::string against;
    for (auto const& one : food["suspected"]["unsuitable_for"]) against += one["diet"].get<std::string>() + ' ';
    EXPECT_EQ(against, "gluten_free lactose_free low_lactose ");
}

TEST_F(FoodJson, AFoodWithoutIngredientsHasNothingSuspected) {
    product_.food->ingredients.clear();
    std::string out;
    native::render_product(out, site_, *snapshot(), 0);
    EXPECT_FALSE(test::parsed(out)["food"].contains("suspected"));
}

TEST_F(FoodJson, LinkedDataHasTheDietsThatItSuits) {
    std::string out;
    native::render_product_ld(out, site_, *snapshot(), 0);
    EXPECT_EQ(test::parsed(out)["suitableForDiet"],
              test::parsed(R"(["https://schema.org/VegetarianDiet","https://schema.org/LowLactoseDiet"])"));
}

TEST_F(FoodJson, UcpMetadataHasItInShortUnderTheBrandsName) {
    product_.attributes = {{"size_chart", std::string("tops")}};
    product_.edges = {{domain::EdgeType::related, "other", "catalog"}};
    product_.variants.front().offers = {{test::usd(100), test::usd(100)}};
    catalog::CatalogData data;
    data.products = {product_, test::make_simple("plain", "Plain", {{test::usd(100), test::usd(100)}})};
    domain::SizeChart chart;
    chart.id = "tops";
    data.size_charts = {chart};
    auto const shop = catalog::Snapshot::build(std::move(data), {});
    auto const metadata = [&](std::string_view id) {
        std::string out;
        json::Writer json(out);
        ucp::write_product(json, {site_, *shop, site_.default_currency}, {*shop->find_product(id), {0}, {0}, {}});
        return test::parsed(out)["metadata"];
    };
    auto const own = metadata("bar")["example.shop"];
    EXPECT_EQ(own["allergens"]["contains"], test::parsed(R"(["gluten"])"));
    EXPECT_EQ(own["allergens"]["free_from"], test::parsed(R"(["milk"])"));
    EXPECT_EQ(own["allergens"]["unknown"].size(), 11U);
    EXPECT_EQ(own["diets"].size(), 4U);
    EXPECT_EQ(own["size_chart"], "tops");
    EXPECT_EQ(own["edges"], 1);
    EXPECT_TRUE(metadata("bar")["food"].contains("suspected"));
    EXPECT_FALSE(metadata("plain").contains("example.shop"));
}

TEST(VendorNamespace, IsTheHostFromItsEnd) {
    auto const named = [](std::string url) {
        Site site;
        site.base_url = std::move(url);
        return vendor_namespace(site);
    };
    EXPECT_EQ(named("https://shop.example.com"), "com.example.shop");
    EXPECT_EQ(named("https://Shop.Example:8443/b2a"), "example.shop");
    for (auto const* url : {"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:80", "", "https://a..b",
                            "https://shop_x.example"})
        EXPECT_EQ(named(url), "localhost.b2a") << url;
}

}  // namespace
}  // namespace b2a::protocol
