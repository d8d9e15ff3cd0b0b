// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/size.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "b2a/domain/fit.hpp"

namespace b2a::domain {
namespace {

SizeChart chart() {
    SizeChart out;
    out.id = "acme-tops";
    out.brand = "Acme";
    out.garment = Garment::top;
    out.audience = Audience::women;
    out.system = SizeSystem::letter;
    out.rows = {{"S", {{SizeSystem::eu, "36"}}, {{Measurement::chest, 840, 879}}},
                {"M", {{SizeSystem::eu, "38"}, {SizeSystem::eu, "40"}}, {{Measurement::chest, 880, 919}}},
                {"L", {}, {{Measurement::chest, 920, 959}, {Measurement::waist, 760, 800}}}};
    return out;
}

std::string fault(SizeChart const& broken) {
    auto const result = check(broken);
    if (result.ok()) return "";
    EXPECT_EQ(result.error().code, Code::unprocessable);
    return result.error().pointer;
}

TEST(Size, EveryNameLeadsBack) {
    for (std::size_t i = 0; i < measurement_count; ++i) {
        auto const one = static_cast<Measurement>(i);
        EXPECT_EQ(measurement_from_text(to_text(one)), one);
        EXPECT_LT(bounds_of(one).min_mm, bounds_of(one).max_mm);
    }
    for (std::size_t i = 0; i <= static_cast<std::size_t>(Garment::belt); ++i)
        EXPECT_EQ(garment_from_text(to_text(static_cast<Garment>(i))), static_cast<Garment>(i));
    for (std::size_t i = 0; i <= static_cast<std::size_t>(SizeSystem::letter); ++i)
        EXPECT_EQ(size_system_from_text(to_text(static_cast<SizeSystem>(i))), static_cast<SizeSystem>(i));
    for (std::size_t i = 0; i <= static_cast<std::size_t>(Audience::babies); ++i)
        EXPECT_EQ(audience_from_text(to_text(static_cast<Audience>(i))), static_cast<Audience>(i));
    EXPECT_EQ(measurement_from_text("bust"), Measurement::chest);
    EXPECT_FALSE(measurement_from_text("nose"));
    EXPECT_FALSE(garment_from_text(""));
}

TEST(Size, ASoundChartIsSoundAndGrows) {
    EXPECT_TRUE(check(chart()).ok());
    EXPECT_TRUE(is_monotone(chart()));
    auto turned = chart();
    std::swap(turned.rows[0], turned.rows[1]);
    EXPECT_TRUE(check(turned).ok()) << "suspicious, not wrong";
    EXPECT_FALSE(is_monotone(turned));
}

TEST(Size, WhatIsWrongWithAChartHasAPlace) {
    auto broken = chart();
    broken.id.clear();
    EXPECT_EQ(fault(broken), "/id");
    broken = chart();
    broken.brand.clear();
    EXPECT_EQ(fault(broken), "/brand");
    broken = chart();
    broken.rows.clear();
    EXPECT_EQ(fault(broken), "/rows");
    broken = chart();
    broken.rows[1].label = "s";
    EXPECT_EQ(fault(broken), "/rows/1/label") << "labels do not tell case apart";
    broken = chart();
    broken.rows[2].ranges.clear();
    EXPECT_EQ(fault(broken), "/rows/2/ranges");
    broken = chart();
    broken.rows[2].ranges.push_back({Measurement::waist, 800, 840});
    EXPECT_EQ(fault(broken), "/rows/2/ranges/waist");
    broken = chart();
    broken.rows[0].ranges[0] = {Measurement::chest, 880, 840};
    EXPECT_EQ(fault(broken), "/rows/0/ranges/chest");
    broken = chart();
    broken.rows[0].ranges[0] = {Measurement::chest, 84, 88};
    EXPECT_EQ(fault(broken), "/rows/0/ranges/chest") << "centimetres are not millimetres";
    broken = chart();
    broken.rows[0].equivalents.push_back({SizeSystem::us, ""});
    EXPECT_EQ(fault(broken), "/rows/0/equivalents/1/label");
    broken = chart();
    broken.rows.resize(size_rows_max + 1);
    EXPECT_EQ(fault(broken), "/rows");
}

TEST(Size, AChartIsFoundByBrandGarmentAndAudience) {
    std::vector const charts{chart()};
    EXPECT_EQ(find_chart(charts, "ACME", Garment::top, Audience::women), &charts[0]);
    EXPECT_EQ(find_chart(charts, "Acme", Garment::top, Audience::men), nullptr);
    EXPECT_EQ(find_chart(charts, "Acme", Garment::dress, Audience::women), nullptr);
    EXPECT_EQ(find_chart(charts, "Other", Garment::top, Audience::women), nullptr);
}

TEST(SizeConversion, TheSeriesAgreeAndLettersFollowTheGirth) {
    auto const women = [](std::string_view label, SizeSystem from, SizeSystem to) {
        return convert_size(label, from, to, Garment::dress, Audience::women);
    };
    using Labels = std::vector<std::string_view>;
    EXPECT_EQ(women("38", SizeSystem::eu, SizeSystem::us), Labels{"8"});
    EXPECT_EQ(women("38", SizeSystem::eu, SizeSystem::it), Labels{"44"});
    EXPECT_EQ(women("12", SizeSystem::uk, SizeSystem::fr), Labels{"40"});
    EXPECT_EQ(women("40", SizeSystem::eu, SizeSystem::letter), Labels{"M"});
    EXPECT_EQ(women(" m ", SizeSystem::letter, SizeSystem::eu), (Labels{"40", "42"})) << "a letter is two numbers";
    EXPECT_EQ(convert_size("50", SizeSystem::eu, SizeSystem::us, Garment::outerwear, Audience::men), Labels{"40"});
    EXPECT_EQ(convert_size("42", SizeSystem::eu, SizeSystem::uk, Garment::shoes, Audience::men), Labels{"8"});
    EXPECT_EQ(convert_size("38", SizeSystem::eu, SizeSystem::us, Garment::shoes, Audience::women), Labels{"7.5"});
}

TEST(SizeConversion, WhereNoTableSaysSoThereIsNoAnswer) {
    EXPECT_TRUE(convert_size("38", SizeSystem::numeric, SizeSystem::eu, Garment::dress, Audience::women).empty());
    EXPECT_TRUE(convert_size("37", SizeSystem::eu, SizeSystem::us, Garment::dress, Audience::women).empty());
    EXPECT_TRUE(convert_size("38", SizeSystem::eu, SizeSystem::us, Garment::dress, Audience::unisex).empty());
    EXPECT_TRUE(convert_size("38", SizeSystem::eu, SizeSystem::us, Garment::hat, Audience::women).empty());
    EXPECT_TRUE(convert_size("38", SizeSystem::eu, SizeSystem::it, Garment::shoes, Audience::women).empty());
    EXPECT_TRUE(convert_size("", SizeSystem::it, SizeSystem::eu, Garment::shoes, Audience::women).empty());
    EXPECT_TRUE(conversion_source(Garment::hat, Audience::men).empty());
    EXPECT_FALSE(conversion_source(Garment::shoes, Audience::men).empty());
}

TEST(SizeConversion, ThereAndBackAgainIsAmongTheAnswers) {
    for (auto const audience : {Audience::women, Audience::men})
        for (auto const garment : {Garment::dress, Garment::shoes})
            for (int number = 30; number <= 60; ++number)
                for (auto const to : {SizeSystem::uk, SizeSystem::us, SizeSystem::fr, SizeSystem::letter}) {
                    auto const label = std::to_string(number);
                    for (auto const there : convert_size(label, SizeSystem::eu, to, garment, audience)) {
                        auto const back = convert_size(there, to, SizeSystem::eu, garment, audience);
                        EXPECT_NE(std::ranges::find(back, label), back.end()) << label;
                    }
                }
}

TEST(SizeConversion, ALabelMeansTheChartsOwnRowFirst) {
    auto const own = match_rows(chart(), "m", std::nullopt);
    EXPECT_EQ(own.rows, std::vector<std::size_t>{1});
    EXPECT_FALSE(own.converted);
    auto const stated = match_rows(chart(), "40", SizeSystem::eu);
    EXPECT_EQ(stated.rows, std::vector<std::size_t>{1});
    EXPECT_FALSE(stated.converted) << "the brand says so itself";
    auto const by_table = match_rows(chart(), "44", SizeSystem::eu);
    EXPECT_EQ(by_table.rows, std::vector<std::size_t>{2});
    EXPECT_TRUE(by_table.converted);
    EXPECT_TRUE(match_rows(chart(), "44", std::nullopt).rows.empty()) << "nobody said which system";
    EXPECT_TRUE(match_rows(chart(), "XXXL", SizeSystem::letter).rows.empty());
}

TEST(SizeConversion, SeveralRowsCoverWhatAllOfThemHave) {
    auto const tops = chart();
    std::vector<std::size_t> const both{1, 2};
    EXPECT_EQ(covered_by(tops, both), (std::vector<MeasureRange>{{Measurement::chest, 880, 959}}))
        << "M says nothing about the waist";
    EXPECT_TRUE(covered_by(tops, {}).empty());
}

}  // namespace
}  // namespace b2a::domain
