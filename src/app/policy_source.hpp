// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "b2a/base/result.hpp"
#include "b2a/policy/ruleset.hpp"

namespace b2a::app {

/// The rules of `file`, or the ones built into the program when it is empty.
Result<std::shared_ptr<policy::RuleSet const>> load_rules(std::string const& file);

}  // namespace b2a::app
