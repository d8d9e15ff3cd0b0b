// SPDX-License-Identifier: Apache-2.0
// The agent card: one document in the shape of 1.0 and in that of 0.3, whose members do not get in each other's way.
#pragma once

#include <string>
#include <vector>

#include "b2a/protocol/a2a.hpp"

namespace b2a::protocol::a2a {

inline constexpr std::string_view endpoint_path = "/a2a";
inline constexpr std::string_view actions_path = "/a2a/actions.json";
inline constexpr std::string_view card_path = "/.well-known/agent-card.json";

std::string render_card(Site const& site, std::vector<Extension> const& extensions);

}  // namespace b2a::protocol::a2a
