// SPDX-License-Identifier: Apache-2.0
#include "shopping/normal.hpp"

#include <gtest/gtest.h>

namespace b2a::shopping {
namespace {

Number number(std::int64_t mantissa, int scale, std::string unit) {
    return normalised({mantissa, static_cast<std::int8_t>(scale), std::move(unit)}).value_or(Number{});
}

TEST(Normal, UnitsOfOneKindBecomeOne) {
    EXPECT_EQ(number(1'250, 2, "kg"), (Number{12'500'000, "g"}));
    EXPECT_EQ(number(420, 0, "G"), (Number{420'000, "g"}));
    EXPECT_EQ(number(1, 0, "oz"), (Number{28'350, "g"})) << "28.349523125 g, rounded half up";
    EXPECT_EQ(number(1, 0, "lb"), (Number{453'592, "g"}));
    EXPECT_EQ(number(75, 0, "cl"), (Number{750'000, "ml"}));
    EXPECT_EQ(number(22, 0, "L"), (Number{22'000'000, "ml"}));
    EXPECT_EQ(number(12, 0, "fl oz"), (Number{354'882, "ml"}));
    EXPECT_EQ(number(5, 1, "m"), (Number{500'000, "mm"}));
    EXPECT_EQ(number(2, 0, "in"), (Number{50'800, "mm"}));
    EXPECT_EQ(number(100, 0, "kcal"), (Number{418'400, "kJ"}));
}

TEST(Normal, OtherUnitsStayAndSignsAreKept) {
    EXPECT_EQ(number(15, 0, "%"), (Number{15'000, "%"}));
    EXPECT_EQ(number(-5, 4, "kg"), (Number{-500, "g"}));
    EXPECT_EQ(number(-15, 1, "°C"), (Number{-1'500, "°C"}));
}

TEST(Normal, WhatIsOutOfRangeIsNoNumber) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(normalised({most, 0, "lb"}), std::nullopt);
    EXPECT_EQ(normalised({-most, 0, ""}), std::nullopt);
    EXPECT_EQ(normalised({1, 12, "g"}), std::nullopt);
    EXPECT_EQ(normalised({1, -1, "g"}), std::nullopt);
}

TEST(Normal, AVariantsOwnValueHidesTheProducts) {
    domain::Product product;
    product.attributes = {{"Material", std::string("Wool")},
                          {"material", std::string("Alpaca")},
                          {"weight", domain::Quantity{3, 1, "kg"}},
                          {"recycled", true},
                          {"length", std::string("1.5 m")}};
    domain::Variant variant;
    variant.attributes = {{"weight", domain::Quantity{250, 0, "g"}}};
    variant.options = {{"Size", "M"}};
    auto const cells = cells_of(product, variant);
    EXPECT_EQ(std::get<std::vector<std::string>>(cells.at("material").value),
              (std::vector<std::string>{"Alpaca", "Wool"}));
    EXPECT_EQ(std::get<Number>(cells.at("weight").value), (Number{250'000, "g"}));
    EXPECT_EQ(cells.at("weight").stated, (domain::Quantity{250, 0, "g"}));
    EXPECT_EQ(std::get<Number>(cells.at("length").value), (Number{1'500'000, "mm"}));
    EXPECT_TRUE(std::get<bool>(cells.at("recycled").value));
    EXPECT_EQ(std::get<std::vector<std::string>>(cells.at("size").value), (std::vector<std::string>{"M"}));
}

TEST(Normal, NutrientsAreThoseOfAHundredGrams) {
    domain::Product product;
    product.food.emplace();
    product.food->net_content = "0.5 kg";
    product.food->nutrients = {{"energy_kcal", 250'000}, {"fat", 12'500}};
    product.variants.resize(1);
    auto cells = cells_of(product, product.variants[0]);
    EXPECT_EQ(std::get<Number>(cells.at("net_content").value), (Number{500'000, "g"}));
    EXPECT_EQ(std::get<Number>(cells.at("nutrient:energy").value), (Number{1'046'000, "kJ"}));
    EXPECT_EQ(std::get<Number>(cells.at("nutrient:fat").value), (Number{12'500, "g"}));
    product.food->nutrients.push_back({"energy_kj", 1'050'000});
    cells = cells_of(product, product.variants[0]);
    EXPECT_EQ(std::get<Number>(cells.at("nutrient:energy").value), (Number{1'050'000, "kJ"})) << "stated wins";
}

}  // namespace
}  // namespace b2a::shopping
