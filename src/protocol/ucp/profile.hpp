// SPDX-License-Identifier: Apache-2.0
// Profiles: ours as a business (a root and a leaf per version), and those of the sandbox's own platforms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/identity/keys.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/payment_port.hpp"

#include "version.hpp"

namespace b2a::protocol::ucp {

inline constexpr std::string_view rest_path = "/ucp/v1";
inline constexpr std::string_view mcp_path = "/mcp";
inline constexpr std::string_view agent_card_path = "/.well-known/agent-card.json";
inline constexpr std::string_view permalink_path = "/ucp/permalink";
inline constexpr std::string_view profile_path = "/.well-known/ucp";

/// `leaf` profiles stand for exactly one version and name no others.
enum class ProfileKind : std::uint8_t { root, leaf };
/// {"capabilities":{name: [{version, extends?}]}}
std::string render_capabilities(Version version);

std::string render_profile(Site const& site, std::vector<service::HandlerInfo> const& handlers,
                           identity::KeyRing const& keys, Version version, ProfileKind kind);

/// A platform that has every capability and no keys or webhooks, for people who try the sandbox with curl.
std::string render_sandbox_platform(Site const& site, Version version);
std::string sandbox_platform_url(Site const& site, Version version);

/// Answers also say what the next request has to bring (UCP 2026-08-25, request constraints); profiles must not.
enum class HandlerPlace : std::uint8_t { profile, answer };
/// "payment_handlers":{…}
void write_handlers(json::Writer& json, std::vector<service::HandlerInfo> const& handlers, Version version,
                    HandlerPlace place);

}  // namespace b2a::protocol::ucp
