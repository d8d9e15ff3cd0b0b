// SPDX-License-Identifier: Apache-2.0
#include "shopper/composition.hpp"

#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "fake_wire.hpp"
#include "shopper/answer.hpp"

namespace b2a::shopper {
namespace {

using json::Value;

Value money(std::int64_t amount) {
    return {{"amount", amount}, {"currency", "USD"}};
}

Value verdict(std::string const& outcome) {
    return {{"constraint", "allergen"},
            {"subject", "milk"},
            {"member", "ruth"},
            {"outcome", outcome},
            {"evidence", {{"source", "allergen_declaration"}, {"text", "free_from"}}}};
}

/// A basket of one cake and two breads.
Value answer(std::int64_t landed = 3900) {
    auto const line = [](std::string const& slot, std::string const& id, std::int64_t quantity, std::int64_t price) {
        return Value{{"slot", slot},
                     {"variant", {{"id", id}, {"title", id}}},
                     {"quantity", quantity},
                     {"unit_price", money(price)},
                     {"constraints", {verdict("holds")}},
                     {"reasons", {"it is there"}}};
    };
    return {{"best",
             {{"lines", {line("cake", "c1", 1, 2000), line("bread", "b1", 2, 700)}},
              {"totals", {{"subtotal", money(3400)}, {"total", money(landed)}}}}},
            {"optimal", true}};
}

Result<std::optional<Basket>> read(Value const& value) {
    json::Document document;
    auto const text = value.dump();
    return read_basket(document.parse(text).value());
}

TEST(ShopperComposition, ABasketAddsUp) {
    auto const basket = read(answer()).value().value();
    EXPECT_EQ(basket.lines.size(), 2U);
    EXPECT_EQ(basket.total.minor, 3400);
    EXPECT_EQ(basket.landed.minor, 3900);
    EXPECT_TRUE(basket.optimal);
    EXPECT_EQ(basket.lines[0].verdicts.size(), 1U);

    auto wrong = answer();
    wrong["best"]["totals"]["subtotal"] = money(100);
    EXPECT_FALSE(read(wrong).ok());
    wrong = answer();
    wrong["best"]["lines"][1]["unit_price"]["currency"] = "EUR";
    EXPECT_FALSE(read(wrong).ok());
    for (auto const quantity : {0, -1, 2'000'000'000}) {
        wrong = answer();
        wrong["best"]["lines"][0]["quantity"] = quantity;
        EXPECT_FALSE(read(wrong).ok()) << quantity;
    }
    for (auto const* name : {"variant", "unit_price", "quantity", "constraints", "reasons"}) {
        wrong = answer();
        wrong["best"]["lines"][0].erase(name);
        EXPECT_FALSE(read(wrong).ok()) << name;
    }
    wrong = answer();
    wrong["best"]["lines"] = Value::array();
    EXPECT_FALSE(read(wrong).ok());
    EXPECT_FALSE(read({{"best", 7}}).ok());
    EXPECT_EQ(read({{"best", nullptr}}).value(), std::nullopt);
}

TEST(ShopperComposition, AdviceIsToldInWords) {
    Value const impossible{
        {"best", nullptr},
        {"relaxations",
         {{{"concessions", {{{"kind", "budget"}, {"to", money(9000)}}, {{"kind", "slot"}, {"subject", "cake"}}}}}}},
        {"blocked_by",
         {{{"slot", "cake"},
           {"constraint", "allergen"},
           {"subject", "nuts"},
           {"member", "mila"},
           {"fails", 2},
           {"unknown", 1}}}}};
    json::Document document;
    auto const text = impossible.dump();
    EXPECT_EQ(
        read_advice(document.parse(text).value()),
        (std::vector<std::string>{"it would be possible with another budget of 90.00 USD and another slot of cake",
                                  "in the way of cake: allergen nuts mila fails 2 times and is unknown 1 times"}));
}

class ShopperChoice : public ::testing::Test {
  protected:
    void SetUp() override {
        for (auto* shop : {&cheap, &dear}) {
            shop->say("GET /.well-known/b2a", shop->descriptor());
            gateways.push_back(test::open(*shop).value());
        }
        cheap.say("POST /b2a/v1/compose", answer(3900));
        dear.say("POST /b2a/v1/compose", answer(4500));
    }

    Result<Found> choose() {
        Report report(out);
        Trip trip{gateways, household, report, {}, std::nullopt, {}, {}};
        return compose_everywhere(trip, {"{}", {5000, household.currency}},
                                  [](BasketLine const&) { return std::vector<Demand>{{"allergen", "milk", "ruth"}}; });
    }

    Household household = parse_household(demo_household()).value();
    test::FakeShop dear;
    test::FakeShop cheap;
    std::vector<Gateway> gateways;
    std::ostringstream out;
};

TEST_F(ShopperChoice, TheBetterBasketIsTaken) {
    EXPECT_EQ(choose()->gateway, 0U);
    auto fuller = answer(4500);
    fuller["best"]["lines"].push_back(fuller["best"]["lines"][0]);
    fuller["best"]["totals"]["subtotal"] = money(5400);
    dear.say("POST /b2a/v1/compose", fuller);
    EXPECT_EQ(choose()->gateway, 0U) << "more places, but its goods alone cost more than the budget";
    fuller["best"]["lines"][2]["unit_price"] = money(100);
    fuller["best"]["totals"]["subtotal"] = money(3500);
    dear.say("POST /b2a/v1/compose", fuller);
    EXPECT_EQ(choose()->gateway, 1U) << "more places are filled";
}

TEST_F(ShopperChoice, WhatIsNotProvenIsNotTaken) {
    for (auto const* outcome : {"unknown", "fails"}) {
        auto doubtful = answer(100);
        doubtful["best"]["lines"][1]["constraints"] = {verdict("holds"), verdict(outcome)};
        cheap.say("POST /b2a/v1/compose", doubtful);
        EXPECT_EQ(choose()->gateway, 1U) << outcome;
    }
    auto silent = answer(100);
    silent["best"]["lines"][1]["constraints"] = Value::array();
    cheap.say("POST /b2a/v1/compose", silent);
    dear.say("POST /b2a/v1/compose", silent);
    EXPECT_EQ(choose().error().code, Code::unprocessable);
    EXPECT_NE(out.str().find("not taken: b1: nothing is said of allergen milk for ruth"), std::string::npos);
}

TEST_F(ShopperChoice, OneShopThatFailsDoesNotSpoilTheOther) {
    cheap.say_text("POST /b2a/v1/compose", "nonsense", 500);
    EXPECT_EQ(choose()->gateway, 1U);
    dear.say("POST /b2a/v1/compose",
             {{"best", nullptr}, {"relaxations", Value::array()}, {"blocked_by", Value::array()}});
    EXPECT_FALSE(choose().ok());
}

RC_GTEST_PROP(ShopperComposition, AnyBytesAreAnAnswer, (std::string text)) {
    json::Document document;
    auto const root = document.parse(text);
    if (!root) return;
    (void)read_basket(*root);
    (void)read_advice(*root);
}

}  // namespace
}  // namespace b2a::shopper
