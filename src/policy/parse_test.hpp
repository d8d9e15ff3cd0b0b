// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/rule.hpp"
#include "policy/toml_table.hpp"

namespace b2a::policy {

/// Reads one [[test]]. `file` holds the rules and limits already read: expectations may only name those.
std::optional<TestCase> read_test(toml::table const& table, RuleFile const& file, Problems& problems);
/// Facts as a table of attribute paths, into the test's principal and facts.
void read_input(toml::table const& table, TestCase& test, Problems& problems);

}  // namespace b2a::policy
