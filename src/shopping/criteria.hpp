// SPDX-License-Identifier: Apache-2.0
// What items are compared by, read off a comparison whose items and rows stand.
#pragma once

#include "b2a/shopping/compare.hpp"

namespace b2a::shopping {

/// Fills in criteria and contenders. Errors: unprocessable with the pointer of the weight.
Result<void> add_criteria(Comparison& comparison, CompareQuery const& query);

}  // namespace b2a::shopping
