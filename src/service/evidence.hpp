// SPDX-License-Identifier: Apache-2.0
// What the log says about a cart or a checkout: facts that an auditor needs and nobody's privacy suffers from.
#pragma once

#include "b2a/audit/event.hpp"
#include "b2a/domain/cart.hpp"
#include "b2a/domain/checkout.hpp"
#include "b2a/service/context.hpp"

namespace b2a::service {

void describe(audit::Event& event, domain::Checkout const& checkout);
void describe(audit::Event& event, domain::Cart const& cart);
/// Names the agent that began it, where another one goes on.
void describe_sharing(audit::Event& event, RequestContext const& context, std::string const& owner);

}  // namespace b2a::service
