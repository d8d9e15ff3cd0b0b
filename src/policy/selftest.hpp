// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "policy/rule.hpp"

namespace b2a::policy {

/// Evaluates each case against the set it was written beside.
std::vector<SelfTest> run_tests(RuleSet const& rules, std::vector<TestCase> const& tests);

}  // namespace b2a::policy
