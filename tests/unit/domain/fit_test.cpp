// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/fit.hpp"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace b2a::domain {
namespace {

using enum Measurement;

/// Chest, waist and hip in steps of 4 cm: S is 840 to 879 around the chest, M follows at 880.
SizeChart swimsuits() {
    SizeChart out;
    out.id = "sea-suits";
    out.brand = "Sea";
    out.garment = Garment::swimsuit;
    out.audience = Audience::women;
    std::int32_t step = 0;
    for (auto const* label : {"XS", "S", "M", "L", "XL"}) {
        out.rows.push_back(
            {label,
             {},
             {{chest, 800 + step, 839 + step}, {waist, 620 + step, 659 + step}, {hip, 880 + step, 919 + step}}});
        step += 40;
    }
    return out;
}

Body body_of(std::vector<std::pair<Measurement, std::int64_t>> const& known) {
    Body body;
    for (auto const& [measurement, mm] : known) EXPECT_TRUE(body.measure(measurement, mm).ok());
    return body;
}

RowFit fit(SizeChart const& chart, std::size_t row, Body const& body, Give give = {}) {
    return fit_row(chart.rows[row], chart.garment, chart.audience, body, give);
}

std::vector<std::size_t> ranked(SizeChart const& chart, Body const& body) {
    std::vector<std::size_t> rows(chart.rows.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    std::ranges::stable_sort(
        rows, [&](std::size_t a, std::size_t b) { return ranks_before(fit(chart, a, body), fit(chart, b, body)); });
    return rows;
}

TEST(Fit, ABodyInsideOfARowFitsIt) {
    auto const chart = swimsuits();
    auto const body = body_of({{chest, 900}, {waist, 720}, {hip, 980}});
    auto const best = fit(chart, ranked(chart, body).front(), body);
    EXPECT_EQ(ranked(chart, body).front(), 2U);
    EXPECT_EQ(best.verdict, FitVerdict::fits);
    EXPECT_EQ(best.misfit_ppm, 0);
    EXPECT_EQ(best.confidence_ppm, 1'000'000);
    EXPECT_GT(best.margin_ppm, 0);
    ASSERT_EQ(best.deciding().size(), 3U);
    EXPECT_EQ(best.deciding()[0].measurement, chest);
    EXPECT_EQ(best.deciding()[0].tolerance_mm, 9) << "the error of a tape measure";
}

TEST(Fit, OneMeasurementOutsideIsEnough) {
    auto const chart = swimsuits();
    auto const body = body_of({{chest, 900}, {waist, 720}, {hip, 1020}});
    EXPECT_EQ(fit(chart, 2, body).verdict, FitVerdict::tight);
    EXPECT_EQ(fit(chart, 2, body).deciding()[1].distance_mm, 21);
    EXPECT_EQ(fit(chart, 3, body).verdict, FitVerdict::loose) << "L is 20 mm too wide around the chest";
    EXPECT_EQ(fit(chart, 3, body).deciding()[0].distance_mm, -20);
    EXPECT_EQ(fit(chart, 2, body_of({{chest, 1000}})).verdict, FitVerdict::tight) << "the others cannot help it";
}

TEST(Fit, StretchAndEaseGiveWayOnTheTightSideOnly) {
    auto const chart = swimsuits();
    auto const larger = body_of({{chest, 940}, {waist, 720}, {hip, 980}});
    EXPECT_EQ(fit(chart, 2, larger).verdict, FitVerdict::tight);
    EXPECT_EQ(fit(chart, 2, larger, {0, 100'000}).verdict, FitVerdict::fits) << "half of 10 % of 940 is 47";
    EXPECT_EQ(fit(chart, 2, larger, {0, 100'000}).deciding()[0].tolerance_mm, 9 + 47);
    EXPECT_EQ(fit(chart, 2, larger, {15, 0}).verdict, FitVerdict::fits);
    EXPECT_EQ(fit(chart, 2, larger, {0, 100'000}).misfit_ppm, fit(chart, 2, larger).misfit_ppm)
        << "L still comes before a stretched M";
    auto const smaller = body_of({{chest, 860}, {waist, 720}, {hip, 980}});
    EXPECT_EQ(fit(chart, 2, smaller, {15, 100'000}).verdict, FitVerdict::loose);
}

TEST(Fit, WhatIsNotKnownIsUnknown) {
    auto const chart = swimsuits();
    auto const nothing = fit(chart, 2, {});
    EXPECT_EQ(nothing.verdict, FitVerdict::unknown);
    EXPECT_EQ(nothing.confidence_ppm, 0);
    auto const chest_only = fit(chart, 2, body_of({{chest, 900}}));
    EXPECT_EQ(chest_only.verdict, FitVerdict::unknown) << "four tenths are not half";
    EXPECT_EQ(chest_only.confidence_ppm, 400'000);
    EXPECT_EQ(fit(chart, 2, body_of({{chest, 900}, {waist, 720}})).verdict, FitVerdict::fits);
    EXPECT_EQ(fit(chart, 2, body_of({{head, 570}, {height, 1700}})).confidence_ppm, 0) << "beside the point";
    auto without_hip = chart;
    std::erase_if(without_hip.rows[2].ranges, [](auto const& range) { return range.measurement != waist; });
    EXPECT_EQ(fit(without_hip, 2, body_of({{chest, 900}, {waist, 720}, {hip, 980}})).verdict, FitVerdict::unknown)
        << "nor does what the chart leaves out count as a fit";
}

TEST(Fit, ChildrenAreMeasuredByHeightFirst) {
    SizeRow const row{"116", {}, {{height, 1110, 1160}, {chest, 570, 600}}};
    auto const tall = body_of({{height, 1140}});
    EXPECT_EQ(fit_row(row, Garment::outerwear, Audience::children, tall, {}).verdict, FitVerdict::fits);
    EXPECT_EQ(fit_row(row, Garment::outerwear, Audience::women, tall, {}).verdict, FitVerdict::unknown);
}

TEST(Fit, WeightsAddUpForEveryGarment) {
    for (std::size_t g = 0; g <= static_cast<std::size_t>(Garment::belt); ++g)
        for (auto const audience : {Audience::women, Audience::men, Audience::children, Audience::babies}) {
            auto const& by = deciding(static_cast<Garment>(g), audience);
            EXPECT_LE(by.size(), deciding_max);
            EXPECT_EQ(std::accumulate(by.begin(), by.end(), 0, [](int sum, auto const& d) { return sum + d.weight; }),
                      deciding_total)
                << to_text(static_cast<Garment>(g));
        }
}

TEST(Body, RefusesWhatNobodyMeasures) {
    Body body;
    auto const refused = body.measure(chest, 88);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Code::unprocessable);
    EXPECT_EQ(refused.error().pointer, "chest");
    EXPECT_NE(refused.error().detail.find("200 to 2200 mm"), std::string::npos) << refused.error().detail;
    EXPECT_FALSE(body.measure(height, 1'000'000'000'000).ok());
    EXPECT_FALSE(body.measure(foot, -250).ok());
    EXPECT_TRUE(body.empty());
    EXPECT_TRUE(body_of({{height, 1700}, {inseam, 800}}).check().ok());
    EXPECT_EQ(body_of({{height, 900}, {inseam, 1000}}).check().error().pointer, "inseam");
    EXPECT_EQ(body_of({{chest, 800}, {underbust, 900}}).check().error().pointer, "underbust");
}

TEST(Body, AGarmentThatFitsSaysWhatTheBodyIsLike) {
    auto const chart = swimsuits();
    Body body;
    EXPECT_TRUE(body.wears(chart.rows[2].ranges, Basis::garment).empty());
    EXPECT_EQ(body.at(chest), (BodyMeasure{880, 919, Basis::garment}));
    EXPECT_EQ(ranked(chart, body).front(), 2U);
    EXPECT_EQ(fit(chart, 2, body).verdict, FitVerdict::fits);
    EXPECT_EQ(fit(chart, 2, body).confidence_ppm, 800'000);
    std::vector<MeasureRange> const other{{chest, 900, 980}, {waist, 900, 950}};
    EXPECT_EQ(body.wears(other, Basis::converted), std::vector{waist}) << "the two cannot both be right";
    EXPECT_EQ(body.at(chest), (BodyMeasure{900, 919, Basis::garment}));
    EXPECT_EQ(body.at(waist), (BodyMeasure{700, 739, Basis::garment}));
    auto measured = body_of({{chest, 950}});
    EXPECT_EQ(measured.wears(chart.rows[2].ranges, Basis::garment), std::vector{chest});
    EXPECT_EQ(measured.at(chest)->middle_mm(), 950) << "a tape measure knows better";
}

// ---------------------------------------------------------------------------------------------------------------------

int between(int least, int most) {
    return *rc::gen::inRange(least, most + 1);
}

/// Rows that follow each other without gap or overlap, with steps of their own for each measurement.
SizeChart any_chart() {
    auto chart = swimsuits();
    for (auto const& measurement : {chest, waist, hip}) {
        auto from = between(500, 900);
        for (auto& row : chart.rows) {
            auto const width = between(15, 80);
            for (auto& range : row.ranges)
                if (range.measurement == measurement) range = {measurement, from, from + width - 1};
            from += width;
        }
    }
    return chart;
}

Body any_body(bool complete) {
    Body body;
    for (auto const measurement : {chest, waist, hip})
        if (complete || between(0, 1) == 1) RC_ASSERT(body.measure(measurement, between(450, 1300)).ok());
    return body;
}

RC_GTEST_PROP(FitProperty, ABodyInsideOfExactlyOneRowGetsThatRow, ()) {
    auto const chart = any_chart();
    auto const at = static_cast<std::size_t>(between(0, static_cast<int>(chart.rows.size()) - 1));
    Body body;
    for (auto const& range : chart.rows[at].ranges)
        RC_ASSERT(body.measure(range.measurement, between(range.min_mm, range.max_mm)).ok());
    RC_ASSERT(fit(chart, at, body).verdict == FitVerdict::fits);
    RC_ASSERT(ranked(chart, body).front() == at);
}

RC_GTEST_PROP(FitProperty, WideningARangeNeverLowersARow, ()) {
    auto chart = any_chart();
    auto const body = any_body(false);
    auto const at = static_cast<std::size_t>(between(0, static_cast<int>(chart.rows.size()) - 1));
    auto const before = fit(chart, at, body);
    auto& range = chart.rows[at].ranges[static_cast<std::size_t>(between(0, 2))];
    range.min_mm -= between(0, 100);
    range.max_mm += between(0, 100);
    RC_ASSERT(!ranks_before(before, fit(chart, at, body)));
}

RC_GTEST_PROP(FitProperty, UnknownNeverCountsAsAFit, ()) {
    auto const chart = any_chart();
    auto const body = any_body(false);
    std::int32_t known = 0;
    for (auto const& by : deciding(chart.garment, chart.audience))
        if (body.at(by.measurement)) known += by.weight;
    for (std::size_t i = 0; i < chart.rows.size(); ++i) {
        auto const result = fit(chart, i, body);
        if (2 * known <= deciding_total) RC_ASSERT(result.verdict != FitVerdict::fits);
        for (auto const& part : result.deciding())
            RC_ASSERT(body.at(part.measurement).has_value() == (part.verdict != FitVerdict::unknown));
    }
}

RC_GTEST_PROP(FitProperty, AGrowingBodyNeverWantsASmallerSize, ()) {
    auto const chart = any_chart();
    auto const body = any_body(true);
    Body larger;
    auto const growth = between(0, 150);
    for (auto const measurement : {chest, waist, hip})
        RC_ASSERT(larger.measure(measurement, body.at(measurement)->min_mm + growth).ok());
    // By each measurement alone: a body that changes its shape as well may rightly want a smaller size.
    for (auto const measurement : {chest, waist, hip}) {
        Body one, grown;
        RC_ASSERT(one.measure(measurement, body.at(measurement)->min_mm).ok());
        RC_ASSERT(grown.measure(measurement, larger.at(measurement)->min_mm).ok());
        RC_ASSERT(ranked(chart, one).front() <= ranked(chart, grown).front());
    }
}

RC_GTEST_PROP(FitProperty, KnowingMoreNeverLowersConfidence, ()) {
    auto const chart = any_chart();
    auto body = any_body(false);
    auto const before = fit(chart, 0, body).confidence_ppm;
    for (auto const measurement : {chest, waist, hip})
        if (!body.at(measurement)) RC_ASSERT(body.measure(measurement, between(450, 1300)).ok());
    RC_ASSERT(fit(chart, 0, body).confidence_ppm >= before);
}

RC_GTEST_PROP(FitProperty, TheOrderIsStrictAndRepeatable, ()) {
    auto const chart = any_chart();
    auto const body = any_body(false);
    for (std::size_t i = 0; i < chart.rows.size(); ++i) {
        RC_ASSERT(fit(chart, i, body) == fit(chart, i, body));
        RC_ASSERT(!ranks_before(fit(chart, i, body), fit(chart, i, body)));
        for (std::size_t j = 0; j < i; ++j)
            RC_ASSERT(!(ranks_before(fit(chart, i, body), fit(chart, j, body)) &&
                        ranks_before(fit(chart, j, body), fit(chart, i, body))));
    }
}

}  // namespace
}  // namespace b2a::domain
