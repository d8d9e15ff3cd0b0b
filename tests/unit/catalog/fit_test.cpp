// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/fit.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "shop.hpp"

namespace b2a::catalog {
namespace {

using domain::Audience;
using domain::FitVerdict;
using domain::Garment;
using domain::Measurement;
using domain::SizeChart;
using domain::SizeSystem;

SizeChart a_chart(std::string id, std::string brand, Garment garment, SizeSystem system,
                  std::vector<std::string> const& labels, std::int32_t chest_from) {
    SizeChart chart;
    chart.id = std::move(id);
    chart.brand = std::move(brand);
    chart.garment = garment;
    chart.audience = Audience::women;
    chart.system = system;
    for (auto const& label : labels) {
        auto const hip = chest_from + 80;
        chart.rows.push_back({label,
                              {},
                              {{Measurement::chest, chest_from, chest_from + 39},
                               {Measurement::waist, chest_from - 180, chest_from - 141},
                               {Measurement::hip, hip, hip + 39}}});
        chest_from += 40;
    }
    return chart;
}

domain::Product a_garment(std::string id, std::string brand, std::vector<domain::Attribute> attributes,
                          std::vector<std::string> const& sizes) {
    std::vector<domain::Variant> variants;
    for (auto const* color : {"black", "red"})
        for (auto const& size : sizes)
            variants.push_back(test::a_variant(id + '-' + color + '-' + size, {{"color", color}, {"Size", size}}));
    auto product = test::a_product(id, id, std::move(variants));
    product.brand = std::move(brand);
    product.attributes = std::move(attributes);
    product.categories = {"Women/Swimwear"};
    return product;
}

std::vector<domain::Attribute> suit(std::string audience = "women") {
    return {{"garment", std::string("swimsuit")}, {"audience", std::move(audience)}};
}

/// Three brands cut differently: for a chest of 900 it is M, 40 and 44.
CatalogData a_beach() {
    CatalogData data;
    data.revision = 5;
    data.size_charts = {a_chart("north", "North", Garment::swimsuit, SizeSystem::letter, {"S", "M", "L"}, 840),
                        a_chart("cassis", "Cassis", Garment::swimsuit, SizeSystem::fr, {"38", "40", "42"}, 845),
                        a_chart("lume", "Lume", Garment::swimsuit, SizeSystem::it, {"42", "44", "46"}, 835),
                        a_chart("lume-dress", "Lume", Garment::dress, SizeSystem::it, {"42", "44"}, 835)};
    data.products = {a_garment("n-suit", "North", suit(), {"S", "M", "L"}),
                     a_garment("c-suit", "Cassis", {{"size_chart", std::string("cassis")}}, {"38", "40", "42", "99"}),
                     a_garment("l-suit", "Lume", suit(), {"42", "44", "46"}),
                     a_garment("l-dress", "Lume", {{"size_chart", std::string("lume-dress")}}, {"42", "44"}),
                     a_garment("x-suit", "Nobody", suit(), {"M"}),
                     test::a_product("lamp", "Lamp")};
    return data;
}

class Fit : public testing::Test {
  protected:
    std::shared_ptr<Snapshot const> shop_ = Snapshot::build(a_beach(), {{"n-suit-black-M", 0}});

    static FitQuery measured() {
        FitQuery query;
        EXPECT_TRUE(query.body.measure(Measurement::chest, 900).ok());
        EXPECT_TRUE(query.body.measure(Measurement::waist, 720).ok());
        EXPECT_TRUE(query.body.measure(Measurement::hip, 980).ok());
        query.garment = Garment::swimsuit;
        return query;
    }
    FitResult ask(FitQuery const& query) { return shop_->fit(query).value(); }
    std::vector<std::string> sizes(FitResult const& result, FitVerdict verdict = FitVerdict::fits) const {
        std::vector<std::string> out;
        for (auto const& hit : result.hits)
            if (hit.fit.verdict == verdict)
                out.push_back(shop_->product_at(hit.product_index).id + ' ' + hit.chart->rows[hit.row].label);
        return out;
    }
    static bool noted(FitResult const& result, FitNote::Code code, std::string_view subject) {
        return std::ranges::any_of(result.notes,
                                   [&](FitNote const& n) { return n.code == code && n.subject == subject; });
    }
};

TEST_F(Fit, ASwimsuitIsComparedAcrossThreeBrands) {
    auto const result = ask(measured());
    EXPECT_EQ(sizes(result), (std::vector<std::string>{"c-suit 40", "l-suit 44", "n-suit M"}));
    EXPECT_EQ(result.hits.front().chart->id, "cassis") << "equally good ones go by product";
    EXPECT_EQ(result.hits.front().variants.size(), 2U) << "in both colours";
    EXPECT_EQ(result.total, 9U);
    EXPECT_TRUE(noted(result, FitNote::Code::no_size_chart, "x-suit"));
    EXPECT_TRUE(noted(result, FitNote::Code::size_not_in_chart, "c-suit-black-99"));
    EXPECT_FALSE(noted(result, FitNote::Code::no_size_chart, "lamp")) << "does not come in sizes";
}

TEST_F(Fit, ASelectionNarrowsByEverythingThatIsGiven) {
    auto query = measured();
    query.garment.reset();
    query.brands = {"lume"};
    EXPECT_EQ(sizes(ask(query)), (std::vector<std::string>{"l-dress 44", "l-suit 44"}));
    query.products = {"l-suit-black-42", "nothing"};
    auto const result = ask(query);
    EXPECT_EQ(sizes(result), std::vector<std::string>{"l-suit 44"});
    EXPECT_TRUE(noted(result, FitNote::Code::unknown_product, "nothing"));
    query.categories = {"Men"};
    EXPECT_TRUE(ask(query).hits.empty());
    query = measured();
    query.audience = Audience::men;
    EXPECT_TRUE(ask(query).hits.empty());
}

TEST_F(Fit, WhatIsSoldOutCanBeLeftOut) {
    auto query = measured();
    query.brands = {"North"};
    query.availability = Availability::in_stock;
    query.sizes_per_product = 1;
    auto const result = ask(query);
    ASSERT_EQ(result.hits.size(), 1U);
    EXPECT_EQ(result.hits[0].variants.size(), 1U) << "the black one is gone";
    shop_->set_stock("n-suit-red-M", 0);
    EXPECT_NE(result.hits[0].row, ask(query).hits.at(0).row) << "the next best size then";
}

TEST_F(Fit, AGarmentThatFitsLeadsToOtherBrandsSizes) {
    auto query = measured();
    query.body = {};
    query.owns.push_back({"north", "m", Garment::swimsuit, std::nullopt, std::nullopt});
    auto const result = ask(query);
    ASSERT_EQ(result.owned.size(), 1U);
    EXPECT_EQ(result.owned[0].chart->id, "north");
    EXPECT_EQ(result.body.at(Measurement::chest), (domain::BodyMeasure{880, 919, domain::Basis::garment}));
    EXPECT_EQ(sizes(result), (std::vector<std::string>{"c-suit 40", "l-suit 44", "n-suit M"}));
    EXPECT_EQ(result.hits.front().fit.confidence_ppm, 800'000);
    EXPECT_TRUE(result.hits.front().fit.misfit_ppm == 0);
}

TEST_F(Fit, ASizeOfAnotherSystemIsConvertedAndBelievedLess) {
    auto query = measured();
    query.body = {};
    query.owns.push_back({"Cassis", "44", Garment::swimsuit, Audience::women, SizeSystem::it});
    auto const result = ask(query);
    ASSERT_EQ(result.owned.size(), 1U);
    EXPECT_TRUE(result.owned[0].match.converted);
    EXPECT_EQ(result.owned[0].chart->rows[result.owned[0].match.rows.at(0)].label, "40") << "IT 44 is FR 40";
    EXPECT_EQ(result.hits.front().fit.confidence_ppm, 600'000);
}

TEST_F(Fit, WhatNobodyKnowsIsANoteAndNotAGuess) {
    auto query = measured();
    query.body = {};
    query.owns = {{"Atlantis", "M", Garment::swimsuit, std::nullopt, std::nullopt},
                  {"North", "M", Garment::hat, std::nullopt, std::nullopt},
                  {"North", "XXXL", Garment::swimsuit, std::nullopt, std::nullopt}};
    auto const result = ask(query);
    EXPECT_TRUE(result.body.empty());
    EXPECT_TRUE(result.owned.empty());
    EXPECT_TRUE(noted(result, FitNote::Code::unknown_brand, "Atlantis"));
    EXPECT_TRUE(noted(result, FitNote::Code::no_size_chart, "hat"));
    EXPECT_TRUE(noted(result, FitNote::Code::unknown_size, "XXXL"));
    EXPECT_EQ(result.notes.front().path, "/person/owns/0/brand");
    EXPECT_TRUE(sizes(result).empty());
    for (auto const& hit : result.hits) EXPECT_EQ(hit.fit.verdict, FitVerdict::unknown);
}

TEST_F(Fit, TwoGarmentsThatDisagreeAreNoted) {
    auto query = measured();
    query.owns.push_back({"North", "S", Garment::swimsuit, std::nullopt, std::nullopt});
    auto const result = ask(query);
    EXPECT_TRUE(noted(result, FitNote::Code::contradictory, "chest"));
    EXPECT_EQ(sizes(result).size(), 3U) << "the tape measure stands";
}

TEST_F(Fit, ABrandWithChartsForSeveralAudiencesIsAsked) {
    auto data = a_beach();
    auto men = a_chart("north-men", "North", Garment::swimsuit, SizeSystem::letter, {"S", "M", "L"}, 900);
    men.audience = Audience::men;
    data.size_charts.push_back(men);
    shop_ = Snapshot::build(std::move(data), {});
    auto query = measured();
    query.body = {};
    query.owns.push_back({"North", "M", Garment::swimsuit, std::nullopt, std::nullopt});
    EXPECT_TRUE(noted(ask(query), FitNote::Code::ambiguous_chart, "North"));
    query.audience = Audience::women;
    EXPECT_EQ(ask(query).owned.at(0).chart->id, "north");
}

TEST_F(Fit, StretchAndEaseComeFromTheProduct) {
    auto data = a_beach();
    data.products[0].attributes.push_back({"stretch", domain::Quantity{15, 0, "%"}});
    data.products[0].attributes.push_back({"ease", domain::Quantity{12, 1, "cm"}});
    data.products[2].attributes.push_back({"stretch", domain::Quantity{15, 0, "kg"}});
    shop_ = Snapshot::build(std::move(data), {});
    for (auto const& hit : ask(measured()).hits) {
        auto const north = shop_->product_at(hit.product_index).id == "n-suit";
        EXPECT_EQ(hit.give, north ? (domain::Give{12, 150'000}) : domain::Give{});
    }
}

TEST_F(Fit, TheSameQuestionGetsTheSameAnswerWithinItsLimits) {
    auto query = measured();
    query.sizes_per_product = 3;
    query.limit = 4;
    auto const first = ask(query);
    auto const second = ask(query);
    ASSERT_EQ(first.hits.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(first.hits[i].product_index, second.hits[i].product_index);
        EXPECT_EQ(first.hits[i].fit, second.hits[i].fit);
    }
    query.body = {};
    ASSERT_TRUE(query.body.measure(Measurement::height, 900).ok());
    ASSERT_TRUE(query.body.measure(Measurement::inseam, 1'000).ok());
    EXPECT_EQ(shop_->fit(query).error().code, Code::unprocessable);
}

}  // namespace
}  // namespace b2a::catalog
