// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/landed.hpp"

#include <gtest/gtest.h>

#include "unit/shopping/boutique.hpp"

namespace b2a::shopping {
namespace {

using namespace std::chrono_literals;
using testing::boutique;
using testing::usd;

LandedQuery one(std::string id, std::int64_t quantity = 1) {
    LandedQuery query;
    query.lines = {{std::move(id), quantity}};
    query.currency = usd;
    query.now = testing::noon;
    return query;
}

LandedQuery to_new_york(std::string id, std::int64_t quantity = 1) {
    auto query = one(std::move(id), quantity);
    query.ship_to = Destination{"US", "NY", "10012"};
    return query;
}

TEST(Landed, WithoutADestinationItIsThePriceAlone) {
    auto const out = landed_cost(*boutique(), one("jacket-m", 2)).value();
    EXPECT_EQ(out.total.minor, 20'000);
    EXPECT_FALSE(out.shipping);
    EXPECT_FALSE(out.latest);
    EXPECT_TRUE(out.deliverable);
}

TEST(Landed, TheDestinationAddsTheCheapestDeliveryAndItsTax) {
    auto const out = landed_cost(*boutique(), to_new_york("jacket-m")).value();
    ASSERT_TRUE(out.shipping);
    EXPECT_EQ(out.shipping->id, "slow");
    EXPECT_EQ(out.total.minor, 10'000 + 500 + 1'050) << "10 % on goods and delivery";
    EXPECT_EQ(out.latest, testing::noon + std::chrono::days(9));
}

TEST(Landed, ADateOrAMethodMakesItFaster) {
    auto query = to_new_york("jacket-m");
    query.needed_by = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(testing::noon + 72h));
    EXPECT_EQ(landed_cost(*boutique(), query).value().shipping->id, "fast");
    query.needed_by = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(testing::noon));
    EXPECT_EQ(landed_cost(*boutique(), query).value().shipping->id, "slow") << "none is in time: the cheapest";
    query.needed_by.reset();
    query.shipping_method = "fast";
    EXPECT_EQ(landed_cost(*boutique(), query).value().total.minor, 10'000 + 1'500 + 1'150);
}

TEST(Landed, NobodyShipsThere) {
    auto query = to_new_york("jacket-m");
    query.ship_to->country = "NZ";
    auto const out = landed_cost(*boutique(), query).value();
    EXPECT_FALSE(out.deliverable);
    EXPECT_FALSE(out.latest);
}

TEST(Landed, WhatIsDigitalIsThereAtOnce) {
    auto const out = landed_cost(*boutique(), to_new_york("pattern")).value();
    EXPECT_EQ(out.latest, testing::noon);
    EXPECT_FALSE(out.shipping);
}

TEST(Landed, StockIsNotAskedButPricesAre) {
    EXPECT_EQ(landed_cost(*boutique(), one("jacket-gone")).value().total.minor, 9'000);
    EXPECT_EQ(landed_cost(*boutique(), one("no-such-thing")).error().code, Code::not_found);
    auto query = one("jacket-m");
    query.currency = *Currency::parse("JPY");
    EXPECT_EQ(landed_cost(*boutique(), query).error().code, Code::not_found);
}

}  // namespace
}  // namespace b2a::shopping
