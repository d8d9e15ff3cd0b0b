// SPDX-License-Identifier: Apache-2.0
// [[limit]]: how much in which time, and counted for whom.
#pragma once

#include "policy/rule.hpp"
#include "policy/toml_table.hpp"

namespace b2a::policy {

Limit read_limit(toml::table const& table, Problems& problems);

}  // namespace b2a::policy
