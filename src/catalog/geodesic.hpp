// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "b2a/domain/commerce.hpp"

namespace b2a::catalog {

/// distance_m() before rounding: what a radius is compared with.
double metres_between(domain::GeoPoint a, domain::GeoPoint b) noexcept;

}  // namespace b2a::catalog
