// SPDX-License-Identifier: Apache-2.0
// Names of the one release that is served.
#pragma once

#include <string_view>

namespace b2a::protocol::acp {

inline constexpr std::string_view version = "2026-04-17";
inline constexpr std::string_view dialect = "acp/2026-04-17";  // of domain::Subscription
inline constexpr std::string_view rest_path = "/acp";
inline constexpr std::string_view discovery_path = "/.well-known/acp.json";

}  // namespace b2a::protocol::acp
