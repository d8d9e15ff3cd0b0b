// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "b2a/base/result.hpp"

#include "policy/rule.hpp"

namespace b2a::policy {

/// TOML text to checked rules. All or nothing: the Error lists every problem found.
Result<RuleFile> parse(std::string_view source, std::string_view name);

}  // namespace b2a::policy
