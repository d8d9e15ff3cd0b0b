// SPDX-License-Identifier: Apache-2.0
// The names that rules, decisions and the audit log share.
#include <array>

#include "b2a/policy/decision.hpp"
#include "b2a/policy/facts.hpp"

#include "policy/rule.hpp"

namespace b2a::policy {
namespace {

constexpr std::array<std::string_view, action_count> action_names{
    "catalog.search",    "catalog.lookup",  "catalog.product", "checkout.create", "checkout.get",    "checkout.update",
    "checkout.complete", "checkout.cancel", "cart.create",     "cart.get",        "cart.update",     "cart.cancel",
    "location.search",   "order.get",       "order.fulfill",   "notice.replay",   "decision.get",    "catalog.publish",
    "sandbox.control",   "policy.reload",   "operator.read",   "agent.manage",    "approval.decide", "stop.manage",
    "privacy.export",    "privacy.erase",   "evidence.read",   "session.share",
};

constexpr std::array<std::string_view, 7> protocol_names{"native", "ucp", "acp", "mcp", "a2a", "admin", "cli"};

template <class Enum, std::size_t N>
std::optional<Enum> find(std::array<std::string_view, N> const& names, std::string_view text) noexcept {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == text) return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace

std::string_view to_text(Action action) noexcept {
    return action_names[static_cast<std::size_t>(action)];
}

std::optional<Action> action_from_text(std::string_view text) noexcept {
    return find<Action>(action_names, text);
}

bool is_mutating(Action action) noexcept {
    switch (action) {
        case Action::checkout_create:
        case Action::checkout_update:
        case Action::checkout_complete:
        case Action::checkout_cancel:
        case Action::cart_create:
        case Action::cart_update:
        case Action::cart_cancel:
        case Action::order_fulfill:
        case Action::notice_replay:
        case Action::catalog_publish:
        case Action::sandbox_control:
        case Action::policy_reload:
        case Action::agent_manage:
        case Action::approval_decide:
        case Action::stop_manage:
        case Action::privacy_erase: return true;
        case Action::catalog_search:
        case Action::catalog_lookup:
        case Action::catalog_product:
        case Action::checkout_get:
        case Action::cart_get:
        case Action::location_search:
        case Action::order_get:
        case Action::decision_get:
        case Action::operator_read:
        case Action::privacy_export:
        case Action::evidence_read:
        case Action::session_share: return false;
    }
    return true;
}

bool needs_permit(Action action) noexcept {
    return is_mutating(action) || action == Action::operator_read || action == Action::privacy_export ||
           action == Action::session_share;
}

std::string_view to_text(Protocol protocol) noexcept {
    return protocol_names[static_cast<std::size_t>(protocol)];
}

std::optional<Protocol> protocol_from_text(std::string_view text) noexcept {
    return find<Protocol>(protocol_names, text);
}

std::string_view to_text(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::allow: return "allow";
        case Outcome::deny: return "deny";
        case Outcome::needs_approval: return "needs_approval";
    }
    return "deny";
}

std::string_view to_text(Effect effect) noexcept {
    constexpr std::array<std::string_view, 4> names{"permit", "forbid", "require", "approve"};
    return names[static_cast<std::size_t>(effect)];
}

std::string_view to_text(Mode mode) noexcept {
    constexpr std::array<std::string_view, 3> names{"enforce", "shadow", "off"};
    return names[static_cast<std::size_t>(mode)];
}

std::string_view to_text(Stage stage) noexcept {
    constexpr std::array<std::string_view, 6> names{"admission", "identity",    "authority",
                                                    "offer",     "transaction", "disclosure"};
    return names[static_cast<std::size_t>(stage)];
}

std::string_view to_text(Remedy remedy) noexcept {
    constexpr std::array<std::string_view, 6> names{"none",   "authenticate", "present_mandate",
                                                    "reduce", "wait",         "await_approval"};
    return names[static_cast<std::size_t>(remedy)];
}

std::string_view to_text(LimitKey key) noexcept {
    constexpr std::array<std::string_view, 5> names{"principal", "peer", "class", "product", "everyone"};
    return names[static_cast<std::size_t>(key)];
}

std::string_view to_text(LimitKind kind) noexcept {
    constexpr std::array<std::string_view, 4> names{"requests", "orders", "quantity", "amount"};
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace b2a::policy
