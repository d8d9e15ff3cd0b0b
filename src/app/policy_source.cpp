// SPDX-License-Identifier: Apache-2.0
#include "app/policy_source.hpp"

#include "app/system.hpp"
#include "embedded/builtin.hpp"

namespace b2a::app {

Result<std::shared_ptr<policy::RuleSet const>> load_rules(std::string const& file) {
    if (file.empty()) return policy::RuleSet::load(builtin::default_policy, "built-in default.toml");
    B2A_TRY(source, read_file(file));
    return policy::RuleSet::load(source, file);
}

}  // namespace b2a::app
