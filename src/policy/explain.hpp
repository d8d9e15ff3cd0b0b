// SPDX-License-Identifier: Apache-2.0
// A decision taken apart: for people who ask why.
#pragma once

#include <vector>

#include "policy/compile.hpp"

namespace b2a::policy {

std::vector<Finding> explain(Compiled const& compiled, Facts const& facts);

}  // namespace b2a::policy
