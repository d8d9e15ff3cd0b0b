// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "b2a/base/result.hpp"
#include "b2a/policy/ruleset.hpp"

namespace b2a::app {

enum class BuiltInRules : std::uint8_t { standard, sandbox };

struct RulesSource {
    std::string name;  // of the file, for messages
    std::string text;
};
/// The text of `file`, or of the rules built into the program when it is empty.
Result<RulesSource> rules_source(std::string const& file, BuiltInRules built_in = BuiltInRules::standard);
/// Error invalid_request with the failing [[test]] cases.
Result<void> check_tests(policy::RuleSet const& rules);

/// The rules of `file`, or the ones built into the program when it is empty. Rules whose own [[test]] cases fail are
/// not rules that anybody meant: they are refused with the failing cases.
Result<std::shared_ptr<policy::RuleSet const>> load_rules(std::string const& file,
                                                          BuiltInRules built_in = BuiltInRules::standard);
/// Parsed and type-checked only, for `b2a policy test`, which reports the cases itself.
Result<std::shared_ptr<policy::RuleSet const>> parse_rules(std::string const& file,
                                                           BuiltInRules built_in = BuiltInRules::standard);

}  // namespace b2a::app
