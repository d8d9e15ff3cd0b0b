// SPDX-License-Identifier: Apache-2.0
// What a rule may ask about. Facts are collected by the service before evaluation: the engine reads no clock and no
// store. An absent fact is not false: comparisons with it match a restricting rule and never a permitting one.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/time.hpp"
#include "b2a/policy/agent.hpp"

namespace b2a::policy {

enum class Action : std::uint8_t {
    catalog_search,
    catalog_lookup,
    catalog_product,
    checkout_create,
    checkout_get,
    checkout_update,
    checkout_complete,
    checkout_cancel,
    cart_create,
    cart_get,
    cart_update,
    cart_cancel,
    location_search,
    order_get,
    order_fulfill,  // by the operator: fulfilment events, adjustments
    notice_replay,  // by the operator
    decision_get,
    catalog_publish,
    sandbox_control,
    policy_reload,
    operator_read,
    agent_manage,     // the register of agents
    approval_decide,  // on purchases that are held
    stop_manage,      // the kill switch
    privacy_export,
    privacy_erase,
    evidence_read,  // an agent: entries and proofs of its own dealings
    session_share,  // an agent: a cart, checkout or order that another agent began
};
inline constexpr std::size_t action_count = 28;
std::string_view to_text(Action action) noexcept;  // "checkout.complete"
std::optional<Action> action_from_text(std::string_view text) noexcept;
/// True for actions that change state; they are denied unless a rule permits them.
bool is_mutating(Action action) noexcept;
/// What is denied when no rule permits it: mutations, operator.read, privacy.export and session.share, so that a short
/// rule file opens no console and no other agent's purchase.
bool needs_permit(Action action) noexcept;

enum class Protocol : std::uint8_t { native, ucp, acp, mcp, a2a, admin, cli };
std::string_view to_text(Protocol protocol) noexcept;
std::optional<Protocol> protocol_from_text(std::string_view text) noexcept;

/// Who asks. 0 anonymous; 1 declared: an unproven claim; 2 keyed: a bearer token, or a signature by a key that stands
/// for nothing but itself; 3 url_verified: a signature by the key of a URL that does not cover the whole request,
/// enough to be recognised and to browse; 4 request_bound: one that covers method, target and body; 5 registered:
/// request_bound, and the brand knows the agent; 6 operator.
enum class TrustLevel : std::uint8_t { anonymous, declared, keyed, url_verified, request_bound, registered, operator_ };

struct Principal {
    std::string id;  // profile URL, token name, "anonymous", "operator"
    TrustLevel trust = TrustLevel::anonymous;
    Protocol protocol = Protocol::native;
    std::string agent_class;  // "shopping", "crawler", …; empty: unknown
    bool registered = false;
    std::shared_ptr<AgentLimits const> limits;  // its own, beside those of the rules; null: none
    bool suspended = false;                     // in the register: it may read nothing and change nothing
};

/// One line of a purchase, as far as rules may count it.
struct FactLine {
    std::string product_id;
    std::int64_t quantity = 0;
    friend bool operator==(FactLine const&, FactLine const&) = default;
};

struct Facts {
    Action action = Action::catalog_search;
    Principal const* principal = nullptr;  // never null during evaluation
    Timestamp now{};
    std::optional<Money> total;                    // of the checkout concerned
    std::optional<std::int64_t> item_count;        // sum of quantities
    std::optional<std::int64_t> quantity_max;      // largest single line
    std::optional<std::string> country;            // ship-to
    std::optional<std::vector<std::string>> tags;  // of the products concerned
    std::optional<std::vector<std::string>> categories;
    std::vector<FactLine> lines;                 // a product once
    std::optional<std::string> payment_handler;  // at completion
    std::optional<bool> mandate_verified;        // absent: the protocol agreed on none
    bool approved = false;                       // a person at the brand has said yes to exactly this purchase
    std::optional<std::string> session_owner;    // the agent that began the cart, checkout or order concerned
    std::optional<bool> external;                // what another decision point says, where one was asked
};

}  // namespace b2a::policy
