// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "b2a/base/result.hpp"
#include "b2a/policy/ruleset.hpp"

namespace b2a::app {

enum class BuiltInRules : std::uint8_t { standard, sandbox };

/// The rules of `file`, or the ones built into the program when it is empty. Rules whose own [[test]] cases fail are
/// not rules that anybody meant: they are refused with the failing cases.
Result<std::shared_ptr<policy::RuleSet const>> load_rules(std::string const& file,
                                                          BuiltInRules built_in = BuiltInRules::standard);
/// Parsed and type-checked only, for `b2a policy test`, which reports the cases itself.
Result<std::shared_ptr<policy::RuleSet const>> parse_rules(std::string const& file,
                                                           BuiltInRules built_in = BuiltInRules::standard);

}  // namespace b2a::app
