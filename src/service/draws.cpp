// SPDX-License-Identifier: Apache-2.0
#include "service/draws.hpp"

#include <utility>

namespace b2a::service {

std::vector<store::AllowanceDraw> draws_of(policy::Decision const& decision) {
    std::vector<store::AllowanceDraw> out;
    for (auto const& draw : decision.draws)
        out.push_back({draw.key, draw.reason.rule, draw.amount, draw.cap, draw.expires});
    return out;
}

policy::Reason used_up_reason(policy::Decision const& decision, std::string const& limit) {
    for (auto const& draw : decision.draws)
        if (draw.reason.rule == limit) return draw.reason;
    return {limit, "allowance_exceeded", "An allowance is used up.", policy::Remedy::wait};
}

void deny(policy::Verdict& verdict, policy::Reason reason) {
    verdict.decision.outcome = policy::Outcome::deny;
    verdict.decision.reasons.assign(1, std::move(reason));
    verdict.decision.obligations.clear();
}

}  // namespace b2a::service
