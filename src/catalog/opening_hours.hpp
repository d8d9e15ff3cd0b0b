// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "b2a/base/time.hpp"
#include "b2a/domain/commerce.hpp"

#include "catalog/time_zone.hpp"

namespace b2a::catalog {

/// By the clock on the wall of the location. An exception for the date replaces the day's regular hours; among several
/// for one date, one that says closed wins.
bool is_open(domain::Location const& location, TimeZone const& zone, Timestamp time);

}  // namespace b2a::catalog
