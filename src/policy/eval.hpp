// SPDX-License-Identifier: Apache-2.0
// Facts against compiled rules. Pure and total: no clock, no store, no allocation but for the record of evaluate().
#pragma once

#include "policy/compile.hpp"

namespace b2a::policy {

/// Three values: an absent fact makes a condition neither true nor false.
enum class Truth : std::uint8_t { no, unknown, yes };

Truth holds(Condition const& condition, Facts const& facts) noexcept;
/// Kleene's "and": one `no` decides, else one `unknown`.
Truth holds(Block const& block, Facts const& facts) noexcept;
/// Whether the rule has its say. For `require`: whether its requirement is broken.
bool matches(Rule const& rule, Facts const& facts) noexcept;

Decision evaluate(Compiled const& compiled, Facts const& facts);
bool permits(Compiled const& compiled, Facts const& facts) noexcept;
bool applies(Limit const& limit, Facts const& facts) noexcept;

}  // namespace b2a::policy
