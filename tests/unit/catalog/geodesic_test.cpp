// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/catalog/locations.hpp"

namespace b2a::catalog {
namespace {

using domain::GeoPoint;

TEST(Distance, IsThatOfTheEllipsoid) {
    EXPECT_EQ(distance_m({0, 0}, {0, 1'000'000}), 111'319) << "a degree of the equator";
    EXPECT_EQ(distance_m({0, 0}, {90'000'000, 0}), 10'001'966) << "a quarter meridian";
    EXPECT_EQ(distance_m({90'000'000, 0}, {-90'000'000, 0}), 20'003'931);
    EXPECT_EQ(distance_m({-37'951'033, 144'424'868}, {-37'652'821, 143'926'496}), 54'972)
        << "Flinders Peak to Buninyong, the worked example of Vincenty's paper";
}

TEST(Distance, IsRightWhereIterationsFail) {
    // The published counterexamples of Vincenty's formula, with the lengths that Karney's gives.
    EXPECT_EQ(distance_m({0, 0}, {500'000, 179'500'000}), 19'936'289);
    EXPECT_EQ(distance_m({0, 0}, {500'000, 179'700'000}), 19'944'127);
    EXPECT_EQ(distance_m({0, 0}, {0, 180'000'000}), 20'003'931) << "over a pole, not along the equator";
}

TEST(Distance, OfKnownCities) {
    GeoPoint const berlin{52'520'000, 13'405'000};
    GeoPoint const paris{48'856'600, 2'352'200};
    GeoPoint const new_york{40'712'800, -74'006'000};
    GeoPoint const tokyo{35'676'200, 139'650'300};
    EXPECT_EQ(distance_m(berlin, paris), 879'699);
    EXPECT_EQ(distance_m(new_york, paris), 5'852'935);
    EXPECT_EQ(distance_m(new_york, tokyo), 10'875'724) << "over the date line";
    EXPECT_EQ(distance_m(berlin, berlin), 0);
}

RC_GTEST_PROP(Distance, IsSymmetricAndBounded, ()) {
    auto const point = [] {
        return GeoPoint{*rc::gen::inRange<std::int64_t>(-90'000'000, 90'000'001),
                        *rc::gen::inRange<std::int64_t>(-180'000'000, 180'000'001)};
    };
    auto const a = point();
    auto const b = point();
    auto const there = distance_m(a, b);
    RC_ASSERT(std::abs(there - distance_m(b, a)) <= 1);
    RC_ASSERT(there >= 0);
    RC_ASSERT(there <= 20'003'932);
}

}  // namespace
}  // namespace b2a::catalog
