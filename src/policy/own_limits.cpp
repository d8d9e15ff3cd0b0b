// SPDX-License-Identifier: Apache-2.0
#include "b2a/policy/own_limits.hpp"

#include <algorithm>

namespace b2a::policy {
namespace {

bool is_within(std::vector<Money> const& bounds, std::optional<Money> const& total) {
    if (bounds.empty()) return true;
    if (!total) return false;
    auto const same = [&](Money const& bound) { return bound.currency == total->currency; };
    auto const found = std::ranges::find_if(bounds, same);
    return found != bounds.end() && total->minor <= found->minor;
}

bool buys(Action action) noexcept {
    return action == Action::checkout_create || action == Action::checkout_update ||
           action == Action::checkout_complete || action == Action::cart_create || action == Action::cart_update;
}

}  // namespace

std::optional<Reason> forbidden_by_register(Facts const& facts) {
    auto const& agent = *facts.principal;
    if (agent.suspended)
        return Reason{"agent.suspended", "agent_suspended", "The brand has suspended this agent.", Remedy::none};
    if (!agent.limits || !buys(facts.action)) return std::nullopt;
    auto const& limits = *agent.limits;
    if (limits.quantity_max && facts.quantity_max.value_or(0) > *limits.quantity_max)
        return Reason{"agent.quantity", "agent_quantity_limit",
                      "You may order at most " + std::to_string(*limits.quantity_max) + " of one item.",
                      Remedy::reduce};
    bool const completes = facts.action == Action::checkout_complete;
    if (completes && !is_within(limits.order_total_max, facts.total))
        return Reason{"agent.order_total", "agent_order_limit", "The order is above your limit with this brand.",
                      Remedy::reduce};
    return std::nullopt;
}

}  // namespace b2a::policy
