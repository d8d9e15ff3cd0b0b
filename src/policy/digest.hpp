// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "policy/rule.hpp"

namespace b2a::policy {

/// The rules and limits as one text that depends on what they say, not on how the file is laid out. Tests are not part:
/// they decide nothing.
std::string canonical_text(RuleFile const& file);
/// What each rule and limit says, by id.
std::map<std::string, std::string> statements(RuleFile const& file);
/// SHA-256 of canonical_text(): the revision that every decision and audit entry names.
Digest digest_of(RuleFile const& file);

}  // namespace b2a::policy
