// SPDX-License-Identifier: Apache-2.0
#include "app/policy_source.hpp"

#include "app/system.hpp"
#include "embedded/builtin.hpp"

namespace b2a::app {

Result<RulesSource> rules_source(std::string const& file, BuiltInRules built_in) {
    if (file.empty() && built_in == BuiltInRules::sandbox)
        return RulesSource{"built-in sandbox.toml", std::string(builtin::sandbox_policy)};
    if (file.empty()) return RulesSource{"built-in default.toml", std::string(builtin::default_policy)};
    B2A_TRY(text, read_file(file));
    return RulesSource{file, std::move(text)};
}

Result<void> check_tests(policy::RuleSet const& rules) {
    std::string failures;
    for (auto const& test : rules.run_tests())
        if (!test.failure.empty()) failures += "policy test \"" + test.name + "\": " + test.failure + "\n";
    if (!failures.empty()) return Error(Code::invalid_request, failures);
    return {};
}

Result<std::shared_ptr<policy::RuleSet const>> parse_rules(std::string const& file, BuiltInRules built_in) {
    B2A_TRY(source, rules_source(file, built_in));
    return policy::RuleSet::load(source.text, source.name);
}

Result<std::shared_ptr<policy::RuleSet const>> load_rules(std::string const& file, BuiltInRules built_in) {
    B2A_TRY(rules, parse_rules(file, built_in));
    B2A_CHECK(check_tests(*rules));
    return std::move(rules);
}

}  // namespace b2a::app
