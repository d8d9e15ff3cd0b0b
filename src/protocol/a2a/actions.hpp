// SPDX-License-Identifier: Apache-2.0
// The closed set of actions: which tool each is a call of, and where its answer goes. What an agent reads about them is
// in proto-schemas/a2a/v1/actions.json.
#pragma once

#include <string>
#include <string_view>

#include "incoming.hpp"

namespace b2a::protocol::a2a {

struct Action {
    std::string_view name;
    std::string_view metric;
    std::string_view tool;
    std::string_view argument;  // of the tool, that holds the other members; empty: none
    std::string_view id;        // the member that is the tool's id; empty: none
    std::string_view key;       // of the answer's data
};
/// nullptr: there is no such action.
Action const* find_action(std::string_view name) noexcept;

/// The arguments of the tool as JSON: {meta: {idempotency-key}, id?, <argument>?}. The message's id is the key.
std::string arguments_of(Action const& action, Incoming const& incoming);
/// {"id":…}, to look at one checkout; without an id that of the conversation.
std::string checkout_arguments(std::string_view checkout_id);

/// The documents about the actions: all of it, and for help only name, description and example of each (a JSON array).
std::string_view actions_document() noexcept;
std::string const& actions_summary();
/// Members of the agent card's "skills", comma-separated.
std::string const& skills();

/// The data part that a text stands for where it cannot mean anything else ("search: red shoes"); empty: none.
std::string action_of_text(std::string_view text);

}  // namespace b2a::protocol::a2a
