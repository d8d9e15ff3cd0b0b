// SPDX-License-Identifier: Apache-2.0
// What a purchase takes from the allowances that are counted in the store.
#pragma once

#include <string_view>
#include <vector>

#include "policy/compile.hpp"

namespace b2a::policy {

std::vector<Draw> draws(Compiled const& compiled, Facts const& facts, std::string_view peer);

}  // namespace b2a::policy
