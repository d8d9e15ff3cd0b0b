// SPDX-License-Identifier: Apache-2.0
#include "app/policy_source.hpp"

#include "app/system.hpp"
#include "embedded/builtin.hpp"

namespace b2a::app {

Result<std::shared_ptr<policy::RuleSet const>> parse_rules(std::string const& file, BuiltInRules built_in) {
    if (file.empty() && built_in == BuiltInRules::sandbox)
        return policy::RuleSet::load(builtin::sandbox_policy, "built-in sandbox.toml");
    if (file.empty()) return policy::RuleSet::load(builtin::default_policy, "built-in default.toml");
    B2A_TRY(source, read_file(file));
    return policy::RuleSet::load(source, file);
}

Result<std::shared_ptr<policy::RuleSet const>> load_rules(std::string const& file, BuiltInRules built_in) {
    B2A_TRY(rules, parse_rules(file, built_in));
    std::string failures;
    for (auto const& test : rules->run_tests())
        if (!test.failure.empty()) failures += "policy test \"" + test.name + "\": " + test.failure + "\n";
    if (!failures.empty()) return Error(Code::invalid_request, failures);
    return std::move(rules);
}

}  // namespace b2a::app
