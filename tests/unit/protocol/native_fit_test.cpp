// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"
#include "protocol/native/fit.hpp"

namespace b2a::protocol::native {
namespace {

using domain::Measurement;

class NativeFit : public testing::Test {
  protected:
    NativeFit() {
        catalog::CatalogData data;
        data.revision = 7;
        auto hoodie = test::make_hoodie();
        hoodie.attributes.push_back({"size_chart", std::string("north-tops")});
        data.products = {hoodie};
        domain::SizeChart chart;
        chart.id = "north-tops";
        chart.brand = "Northlight";
        chart.audience = domain::Audience::women;
        chart.source = "size guide";
        chart.synthetic = true;
        chart.rows = {{"S", {{domain::SizeSystem::eu, "36"}}, {{Measurement::chest, 840, 879}}},
                      {"M", {}, {{Measurement::chest, 880, 919}}}};
        data.size_charts = {chart};
        snapshot_ = catalog::Snapshot::build(std::move(data), {});
    }

    Result<FitRequest> parse(std::string const& text) {
        auto const root = document_.parse(text);
        EXPECT_TRUE(root.ok()) << text;
        return parse_fit(*root, site_);
    }
    std::string refusal(std::string const& text, Code code = Code::invalid_request) {
        auto const parsed = parse(text);
        if (parsed.ok()) return "accepted";
        EXPECT_EQ(parsed.error().code, code) << parsed.error().detail;
        return parsed.error().pointer;
    }
    json::Value answer(std::string const& text) {
        auto const request = parse(text);
        EXPECT_TRUE(request.ok());
        auto result = snapshot_->fit(request->query);
        RenderCache cache;
        std::string out;
        EXPECT_TRUE(render_fit(out, site_, cache, *request, {snapshot_.get(), std::move(*result)}));
        return test::parsed(out);
    }

    Site site_ = test::make_site();
    std::shared_ptr<catalog::Snapshot const> snapshot_;
    json::Document document_;
};

TEST_F(NativeFit, AQuestionBecomesAQuery) {
    auto const request = parse(R"({"person":{"measurements":{"bust":880,"hips":960},"owns":[{"brand":"B","size":"38",
        "garment":"dress","audience":"women","system":"eu"}]},"products":["p"],"categories":["Women"],"brands":["A"],
        "garment":"swimsuit","audience":"women","in_stock":true,"sizes_per_product":3,"currency":"EUR","limit":7})");
    ASSERT_TRUE(request.ok()) << request.error().detail;
    auto const& query = request->query;
    EXPECT_EQ(query.body.at(Measurement::chest)->min_mm, 880);
    EXPECT_EQ(query.body.at(Measurement::hip)->min_mm, 960);
    ASSERT_EQ(query.owns.size(), 1U);
    EXPECT_EQ(query.owns[0].garment, domain::Garment::dress);
    EXPECT_EQ(query.owns[0].system, domain::SizeSystem::eu);
    EXPECT_EQ(query.products, std::vector<std::string>{"p"});
    EXPECT_EQ(query.categories, std::vector<std::string>{"Women"});
    EXPECT_EQ(query.brands, std::vector<std::string>{"A"});
    EXPECT_EQ(query.garment, domain::Garment::swimsuit);
    EXPECT_EQ(query.audience, domain::Audience::women);
    EXPECT_EQ(query.availability, catalog::Availability::in_stock);
    EXPECT_EQ(query.sizes_per_product, 3U);
    EXPECT_EQ(query.limit, 7U);
    EXPECT_EQ(request->currency, test::currency("EUR"));
}

TEST_F(NativeFit, WhatIsMalformedHasAPlace) {
    auto const with = [](std::string const& person, std::string const& rest = R"(,"garment":"top")") {
        return R"({"person":)" + person + rest + "}";
    };
    EXPECT_EQ(refusal("{}"), "/person");
    EXPECT_EQ(refusal(with("{}")), "/person");
    EXPECT_EQ(refusal(with(R"({"measurements":{"chest":900}})", "")), "");
    EXPECT_EQ(refusal(with(R"({"measurements":{"chest":"900"}})")), "/person/measurements/chest");
    EXPECT_EQ(refusal(with(R"({"measurements":{"chest":900.5}})")), "/person/measurements/chest");
    EXPECT_EQ(refusal(with(R"({"measurements":{"nose":50}})")), "/person/measurements/nose");
    EXPECT_EQ(refusal(with(R"({"name":"Ada"})")), "/person/name");
    EXPECT_EQ(refusal(with(R"({"owns":[{"brand":"B","size":"M"}]})")), "/person/owns/0/garment");
    EXPECT_EQ(refusal(with(R"({"owns":[{"brand":"B","size":"M","garment":"cape"}]})")), "/person/owns/0/garment");
    auto const person = std::string(R"({"measurements":{"chest":900}})");
    EXPECT_EQ(refusal(with(person, R"(,"garment":"cape")")), "/garment");
    EXPECT_EQ(refusal(with(person, R"(,"garment":"top","limit":0)")), "/limit");
    EXPECT_EQ(refusal(with(person, R"(,"garment":"top","limit":101)")), "/limit");
    EXPECT_EQ(refusal(with(person, R"(,"garment":"top","currency":"XYZ")")), "/currency");
    EXPECT_EQ(refusal(with(person, R"(,"garment":"top","colour":"red")")), "/colour");
}

TEST_F(NativeFit, WhatNobodyMeasuresIsRefusedWithItsBound) {
    auto const parsed = parse(R"({"person":{"measurements":{"chest":90}},"garment":"top"})");
    ASSERT_FALSE(parsed.ok());
    EXPECT_EQ(parsed.error().code, Code::unprocessable);
    EXPECT_EQ(parsed.error().pointer, "/person/measurements/chest");
    EXPECT_EQ(parsed.error().detail, "chest of 90 mm: bodies have 200 to 2200 mm");
    EXPECT_EQ(
        refusal(R"({"person":{"measurements":{"height":900,"inseam":1000}},"garment":"top"})", Code::unprocessable),
        "/person/measurements/inseam");
}

TEST_F(NativeFit, TheAnswerSaysWhatDecidedAndByWhichChart) {
    auto const json = answer(R"({"person":{"measurements":{"chest":900}},"products":["hoodie"]})");
    EXPECT_EQ(json["total"], 2);
    EXPECT_EQ(json["ranking"]["sponsored"], false);
    auto const& best = json["items"][0];
    EXPECT_EQ(best["product"]["id"], "hoodie");
    EXPECT_EQ(best["size"], "M");
    EXPECT_EQ(best["verdict"], "fits");
    EXPECT_EQ(best["confidence_ppm"], 700'000) << "shoulders and waist are not known";
    EXPECT_EQ(best["deciding"][0]["measurement"], "chest");
    EXPECT_EQ(best["deciding"][0]["range"]["max_mm"], 919);
    EXPECT_EQ(best["deciding"][1]["verdict"], "unknown");
    EXPECT_FALSE(best["deciding"][1].contains("body"));
    EXPECT_EQ(best["evidence"]["size_chart"], "north-tops");
    EXPECT_EQ(best["evidence"]["row"], "M");
    EXPECT_EQ(best["evidence"]["catalog_revision"], 7);
    EXPECT_EQ(best["evidence"]["synthetic"], true);
    EXPECT_EQ(best["matching_variant_count"], 2);
    EXPECT_EQ(json["items"][1]["verdict"], "tight");
    EXPECT_EQ(json["findings"].size(), 0U);
}

TEST_F(NativeFit, AnUnknownBrandIsAFinding) {
    auto const json =
        answer(R"({"person":{"owns":[{"brand":"Atlantis","size":"M","garment":"top"}]},"products":["hoodie"]})");
    EXPECT_EQ(json["findings"][0]["code"], "unknown_brand");
    EXPECT_EQ(json["findings"][0]["path"], "/person/owns/0/brand");
    EXPECT_EQ(json["items"][0]["verdict"], "unknown");
    EXPECT_EQ(json["person"]["owned"].size(), 0U);
}

TEST_F(NativeFit, AChartShowsItsOwnEquivalentsBeforeThoseOfATable) {
    std::string out;
    render_size_chart(out, site_, {snapshot_.get(), &snapshot_->data().size_charts.front()});
    auto const json = test::parsed(out);
    EXPECT_EQ(json["url"], "https://shop.example/b2a/v1/size-charts/north-tops");
    auto const& small = json["rows"][0];
    EXPECT_EQ(small["equivalents"][0]["system"], "eu");
    EXPECT_EQ(small["equivalents"][0]["basis"], "brand");
    for (std::size_t i = 1; i < small["equivalents"].size(); ++i) {
        EXPECT_EQ(small["equivalents"][i]["basis"], "standard_table");
        EXPECT_NE(small["equivalents"][i]["system"], "eu") << "the brand has spoken";
    }
    EXPECT_EQ(small["ranges"]["chest"]["min_mm"], 840);
    EXPECT_EQ(json["deciding"][0]["weight"], 7);
}

TEST_F(NativeFit, AListGoesOnAfterItsLastId) {
    std::string out;
    service::SizeChartList list;
    list.snapshot = snapshot_.get();
    list.charts = {&snapshot_->data().size_charts.front()};
    list.more = true;
    render_size_charts(out, site_, list);
    auto const json = test::parsed(out);
    EXPECT_EQ(json["next_after"], "north-tops");
    EXPECT_EQ(json["items"][0]["sizes"], test::parsed(R"(["S","M"])"));
}

}  // namespace
}  // namespace b2a::protocol::native
