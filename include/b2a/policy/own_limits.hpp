// SPDX-License-Identifier: Apache-2.0
// The bounds that an agent has of its own in the register: they bind beside the rules, whatever those permit.
#pragma once

#include <optional>
#include <vector>

#include "b2a/policy/decision.hpp"
#include "b2a/policy/facts.hpp"

namespace b2a::policy {

/// Why the register forbids this request, if it does: the agent is suspended, or it asks for more than it may.
std::optional<Reason> forbidden_by_register(Facts const& facts);
/// What a purchase takes from the agent's daily amount.
std::vector<Draw> own_draws(Facts const& facts);

}  // namespace b2a::policy
