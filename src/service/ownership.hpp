// SPDX-License-Identifier: Apache-2.0
// Whose a cart, a checkout or an order is, said once for every use-case: its owner's, and that of agents whom the rules
// let share it (session.share). To everybody else it does not exist, so that ids cannot be probed.
#pragma once

#include <string>

#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"

namespace b2a::service {

bool may_use(Governance& governance, RequestContext const& context, std::string const& owner);

}  // namespace b2a::service
