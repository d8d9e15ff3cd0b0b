// SPDX-License-Identifier: Apache-2.0
#include "service/ownership.hpp"

namespace b2a::service {

bool may_use(Governance& governance, RequestContext const& context, std::string const& owner) {
    if (owner == context.principal.id) return true;
    policy::Facts facts;
    facts.action = policy::Action::session_share;
    facts.principal = &context.principal;
    facts.now = context.now;
    facts.session_owner = owner;
    // Not recorded: what the caller then does is, with the owner's name, and a refusal says no more than "not found".
    return governance.would_decide(facts).outcome == policy::Outcome::allow;
}

}  // namespace b2a::service
