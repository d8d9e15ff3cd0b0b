// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/need.hpp"

#include <gtest/gtest.h>

namespace b2a::protocol {
namespace {

Currency const usd = *Currency::parse("USD");

Result<shopping::Need> read(std::string const& text, std::string path = {}) {
    json::Document document;
    auto const root = document.parse(text);
    EXPECT_TRUE(root.ok()) << text;
    json::Reader reader(*root);
    NeedReader needs;
    needs.read(reader, std::move(path));
    B2A_CHECK(reader.finish());
    EXPECT_TRUE(needs.given());
    return needs.finish(usd);
}

Error refused(std::string const& text) {
    auto need = read(text);
    EXPECT_FALSE(need.ok()) << text;
    return need.ok() ? Error(Code::internal) : need.error();
}

TEST(NeedReader, ReadsPeopleAndWishes) {
    auto const need = read(R"({"household":{"members":[
        {"id":"anna","audience":"women","measurements":{"chest":900},"sizes":[{"label":"M","garment":"dress"}],
         "owns":[{"brand":"Northlight","size":"M","garment":"top"}],"avoid":["nuts","nuts"],"diets":["vegan"]},
        {"id":"ben"}]},
        "for":["anna","anna"],
        "need":{"avoid":["milk"],"accept_traces":true,"colors":["Black"],"price_max":{"amount":5,"currency":"USD"},
                "ship_to":{"country":"US"},"needed_by":"2026-12-20","quantity":2}})");
    ASSERT_TRUE(need.ok()) << need.error().detail;
    ASSERT_EQ(need->members.size(), 1U);
    auto const& anna = need->members[0];
    EXPECT_EQ(anna.avoid, std::vector{domain::Allergen::nuts});
    EXPECT_EQ(anna.diets, std::vector{domain::Diet::vegan});
    EXPECT_EQ(anna.body.at(domain::Measurement::chest)->min_mm, 900);
    EXPECT_EQ(anna.owns.at(0).brand, "Northlight");
    EXPECT_EQ(anna.sizes.at(0), (shopping::StatedSize{"M", domain::Garment::dress}));
    EXPECT_TRUE(need->accept_traces);
    EXPECT_EQ(need->price_max_minor, 5);
    EXPECT_EQ(need->ship_to->country, "US");
    EXPECT_EQ(need->needed_by, std::chrono::year(2026) / 12 / 20);
    EXPECT_EQ(need->quantity, 2);
}

TEST(NeedReader, WithoutForItIsForAll) {
    auto const need = read(R"({"household":{"members":[{"id":"a"},{"id":"b"}]}})");
    ASSERT_TRUE(need.ok());
    EXPECT_EQ(need->members.size(), 2U);
}

TEST(NeedReader, WhatIsMisspeltIsRefused) {
    EXPECT_EQ(refused(R"({"need":{"avoids":["nuts"]}})").pointer, "/need/avoids");
    EXPECT_EQ(refused(R"({"need":{"avoid":["nutz"]}})").pointer, "/need/avoid");
    EXPECT_EQ(refused(R"({"household":{"members":[{"id":"a","diets":["paleo"]}]}})").pointer,
              "/household/members/0/diets");
    EXPECT_EQ(refused(R"({"need":{"ship_to":{"country":"us"}}})").pointer, "/need/ship_to/country");
    EXPECT_EQ(refused(R"({"need":{"needed_by":"2026-02-30"}})").pointer, "/need/needed_by");
    EXPECT_EQ(refused(R"({"need":{"colors":[" "]}})").pointer, "/need/colors");
    EXPECT_EQ(refused(R"({"for":[],"need":{}})").pointer, "/for");
}

TEST(NeedReader, WhatContradictsItselfIsUnprocessable) {
    auto const stranger = refused(R"({"household":{"members":[{"id":"a"}]},"for":["a","b"]})");
    EXPECT_EQ(stranger.code, Code::unprocessable);
    EXPECT_EQ(stranger.pointer, "/for/1");
    EXPECT_EQ(stranger.reason, "unknown_member");
    auto const twice = refused(R"({"household":{"members":[{"id":"a"},{"id":"a"}]}})");
    EXPECT_EQ(twice.pointer, "/household/members/1/id");
    EXPECT_EQ(twice.reason, "repeated_member");
    auto const foreign = refused(R"({"need":{"budget":{"amount":5,"currency":"EUR"}}})");
    EXPECT_EQ(foreign.pointer, "/need/budget");
    EXPECT_EQ(foreign.reason, "other_currency");
    EXPECT_EQ(refused(R"({"household":{"members":[{"id":"a","measurements":{"chest":9}}]}})").pointer,
              "/household/members/0/measurements/chest");
}

TEST(NeedReader, PointersBeginWhereTheNeedStands) {
    auto const need = read(R"({"for":["eve"]})", "/filters/shop.example");
    EXPECT_EQ(need.error().pointer, "/filters/shop.example/for/0");
}

TEST(NeedReader, VerdictsShowTheirEvidence) {
    std::string out;
    json::Writer json(out);
    json.begin_object();
    write_constraints(
        json,
        {{shopping::Constraint::allergen, "nuts", "anna", shopping::Outcome::unknown, {"none", "", "not declared"}}},
        7);
    json.end_object();
    EXPECT_EQ(out, R"({"constraints":[{"constraint":"allergen","subject":"nuts","member":"anna","outcome":"unknown",)"
                   R"("evidence":{"source":"none","text":"not declared","catalog_revision":7}}]})");
}

}  // namespace
}  // namespace b2a::protocol
