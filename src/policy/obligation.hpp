// SPDX-License-Identifier: Apache-2.0
// What a permission may come with. An obligation that nobody here fulfils is refused at load: one that is not
// understood must never count as met.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "b2a/policy/ruleset.hpp"

namespace b2a::policy {

/// True for the names of the table in docs/policy.md.
bool is_obligation(std::string_view name) noexcept;
/// All of them, for messages.
std::string obligation_names();
/// Tightens `terms` by what the obligation asks of a read.
void add_terms(std::string_view obligation, ReadTerms& terms) noexcept;

}  // namespace b2a::policy
