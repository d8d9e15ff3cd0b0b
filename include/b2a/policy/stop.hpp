// SPDX-License-Identifier: Apache-2.0
// The kill switch: a person at the brand stops what matches a scope, at once and before any rule is asked. Operators
// are never stopped: somebody has to be able to lift it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/json/view.hpp"
#include "b2a/policy/decision.hpp"
#include "b2a/policy/facts.hpp"

namespace b2a::policy {

/// What is set must all match; nothing set is everything that agents do.
struct StopScope {
    std::optional<Protocol> protocol;
    std::string agent;  // principal id
    std::string agent_class;
    std::string product;          // product id: carts and checkouts that hold it
    std::string handler;          // payment handler: completions with it
    std::string market;           // ship-to country, ISO 3166-1 alpha-2; a completion without one counts as in it
    std::vector<Action> actions;  // empty: all
    friend bool operator==(StopScope const&, StopScope const&) = default;
};

struct Stop {
    std::string id;
    StopScope scope;
    std::string reason;  // shown to agents
    std::string author;
    Timestamp created{};
    std::optional<Timestamp> expires;
    friend bool operator==(Stop const&, Stop const&) = default;
};

bool is_in_force(Stop const& stop, Timestamp now) noexcept;
/// Facts and their principal against the scope; in_force is the caller's to check.
bool covers(StopScope const& scope, Facts const& facts) noexcept;
/// The first stop in force that covers the request.
Stop const* stopped_by(std::vector<Stop> const& stops, Facts const& facts) noexcept;
/// True when the whole shop or a whole protocol is meant, not some agents or goods: the caller did nothing wrong.
bool is_general(StopScope const& scope) noexcept;

/// {"protocol", "agent", "class", "product", "handler", "market", "actions": ["checkout.*"]}; unknown members and
/// unknown names are invalid_request.
Result<StopScope> read_scope(json::View object);
std::string to_json(StopScope const& scope);
std::string to_json(Stop const& stop);
Result<Stop> stop_from_json(std::string_view text);

}  // namespace b2a::policy
