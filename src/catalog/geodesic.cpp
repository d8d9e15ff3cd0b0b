// SPDX-License-Identifier: Apache-2.0
#include "catalog/geodesic.hpp"

#include <cmath>
#include <numbers>

#include <boost/geometry/formulas/karney_inverse.hpp>
#include <boost/geometry/srs/spheroid.hpp>

#include "b2a/catalog/locations.hpp"

namespace b2a::catalog {
namespace {

double radians(std::int64_t micro_degrees) {
    return static_cast<double>(micro_degrees) * (std::numbers::pi / 180.0e6);
}

}  // namespace

double metres_between(domain::GeoPoint a, domain::GeoPoint b) noexcept {
    using Karney = boost::geometry::formula::karney_inverse<double, true, false>;
    boost::geometry::srs::spheroid<double> const wgs84(6'378'137.0, 6'356'752.3142451793);
    return Karney::apply(radians(a.longitude_e6), radians(a.latitude_e6), radians(b.longitude_e6),
                         radians(b.latitude_e6), wgs84)
        .distance;
}

std::int64_t distance_m(domain::GeoPoint a, domain::GeoPoint b) noexcept {
    return std::llround(metres_between(a, b));
}

}  // namespace b2a::catalog
