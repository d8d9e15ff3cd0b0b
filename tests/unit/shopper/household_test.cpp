// SPDX-License-Identifier: Apache-2.0
#include "shopper/household.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/limits.hpp"
#include "b2a/json/value.hpp"

#include "shopper/question.hpp"

namespace b2a::shopper {
namespace {

using std::chrono::year;

json::Value demo() {
    return json::parse_value(demo_household()).value();
}

Error refused(json::Value const& household) {
    auto const parsed = parse_household(household.dump());
    EXPECT_FALSE(parsed.ok());
    return parsed.ok() ? Error(Code::internal) : parsed.error();
}

TEST(ShopperHousehold, OfTheDemonstration) {
    auto const household = parse_household(demo_household());
    ASSERT_TRUE(household.ok()) << household.error().detail << household.error().pointer;
    EXPECT_EQ(household->members.size(), 6U);
    EXPECT_EQ(household->find("mila")->avoid, std::vector<std::string>{"nuts"});
    EXPECT_EQ(household->find("nobody"), nullptr);
    EXPECT_EQ(household->ship_to.address_country, "US");
    EXPECT_GT(household->budgets.at("lunch-week"), 0);
}

TEST(ShopperHousehold, WhatIsNotUnderstoodIsRefused) {
    auto household = demo();
    household["members"][2]["avoids"] = {"peanuts"};
    EXPECT_EQ(refused(household).pointer, "/members/2/avoids") << "it might be an allergy";
    household = demo();
    household["members"][1]["id"] = "anna";
    EXPECT_EQ(refused(household).pointer, "/members/1/id");
    household = demo();
    household["members"][0]["birthday"] = "1986-02-30";
    EXPECT_EQ(refused(household).pointer, "/members/0/birthday");
    household = demo();
    household["members"][0]["measurements"]["chest"] = 90.5;
    EXPECT_EQ(refused(household).pointer, "/members/0/measurements/chest");
    household = demo();
    household["currency"] = "dollars";
    EXPECT_EQ(refused(household).pointer, "/currency");
    household = demo();
    household["budgets"]["lunch-week"] = 0;
    EXPECT_EQ(refused(household).pointer, "/budgets/lunch-week");
    household = demo();
    household.erase("ship_to");
    EXPECT_EQ(refused(household).pointer, "/ship_to");
    household = demo();
    household["members"] = json::Value::array();
    EXPECT_EQ(refused(household).pointer, "/members");
    EXPECT_FALSE(parse_household("[]").ok());
    EXPECT_FALSE(parse_household("").ok());
    EXPECT_EQ(parse_household(std::string(limits::shopper_household_bytes_max + 1, ' ')).error().code,
              Code::payload_too_large);
}

TEST(ShopperHousehold, ItsSizeIsBounded) {
    auto household = demo();
    for (int i = 0; i < 20; ++i) household["members"].push_back({{"id", "p" + std::to_string(i)}});
    refused(household);
    household = demo();
    for (int i = 0; i < 40; ++i) household["members"][0]["avoid"].push_back("milk");
    refused(household);
}

TEST(ShopperHousehold, TheNextBirthdayLeavesTimeToDeliver) {
    auto const household = parse_household(demo_household()).value();
    auto const next = [&](Day today, int days) {
        auto const found = household.next_birthday(today, days);
        return found->first->id + " " + to_text(found->second);
    };
    EXPECT_EQ(next(year(2026) / 11 / 30, 7), "noah 2026-12-19");
    EXPECT_EQ(next(year(2026) / 12 / 12, 7), "noah 2026-12-19");
    EXPECT_EQ(next(year(2026) / 12 / 13, 7), "anna 2027-02-11");
    EXPECT_EQ(next(year(2027) / 2 / 11, 0), "anna 2027-02-11");
    auto leap = household;
    leap.members.resize(1);
    leap.members[0].birthday = year(2000) / 2 / 29;
    EXPECT_EQ(to_text(leap.next_birthday(year(2027) / 1 / 1, 0)->second), "2027-03-01");
    EXPECT_EQ(to_text(leap.next_birthday(year(2028) / 1 / 1, 0)->second), "2028-02-29");
    leap.members[0].birthday.reset();
    EXPECT_FALSE(leap.next_birthday(year(2027) / 1 / 1, 0).has_value());
}

TEST(ShopperHousehold, AQuestionTellsNoMoreThanItNeeds) {
    auto const household = parse_household(demo_household()).value();
    std::vector<Person const*> everybody;
    for (auto const& person : household.members) everybody.push_back(&person);
    auto const asked = [&](Telling telling) {
        std::string text;
        json::Writer out(text);
        out.begin_object();
        write_people(out, everybody, telling);
        out.end_object();
        return text;
    };
    auto const sizes = asked(Telling::sizes);
    auto const food = asked(Telling::food);
    EXPECT_NE(sizes.find("chest"), std::string::npos);
    EXPECT_EQ(sizes.find("nuts"), std::string::npos);
    EXPECT_EQ(sizes.find("vegetarian"), std::string::npos);
    EXPECT_NE(food.find("nuts"), std::string::npos);
    EXPECT_EQ(food.find("chest"), std::string::npos);
    for (auto const& text : {sizes, food})
        for (auto const* secret : {"1986", "Anna", "Lindqvist", "@example.com", "Mercer"})
            EXPECT_EQ(text.find(secret), std::string::npos) << secret;
}

RC_GTEST_PROP(ShopperHousehold, AnyBytesAreAnAnswer, (std::string text)) {
    RC_ASSERT(!parse_household(text).ok());
}

TEST(ShopperHousehold, Days) {
    EXPECT_EQ(to_text(*parse_day("2026-12-20")), "2026-12-20");
    for (auto const* bad :
         {"", "2026-12-32", "2026-13-01", "2025-02-29", "26-12-20", "2026/12/20", "0000-01-01", "2026-1-011"})
        EXPECT_FALSE(parse_day(bad).has_value()) << bad;
}

}  // namespace
}  // namespace b2a::shopper
