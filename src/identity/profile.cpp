// SPDX-License-Identifier: Apache-2.0
#include "b2a/identity/profile.hpp"

#include <algorithm>
#include <array>

namespace b2a::identity {
namespace {

using namespace std::chrono_literals;
using Names = std::string_view;

constexpr std::array<Names, 1> keyid_only{"keyid"};
constexpr std::array<Names, 1> web_bot_auth_tags{"web-bot-auth"};
constexpr std::array<Names, 1> web_bot_auth_components{"@authority"};
constexpr std::array<Names, 4> web_bot_auth_parameters{"created", "expires", "keyid", "tag"};
constexpr std::array<Names, 2> visa_tap_tags{"agent-browser-auth", "agent-payer-auth"};
constexpr std::array<Names, 2> visa_tap_components{"@authority", "@path"};
constexpr std::array<Names, 6> visa_tap_parameters{"created", "expires", "keyid", "alg", "nonce", "tag"};

}  // namespace

constinit SignatureProfile const ucp_profile{
    .name = "ucp", .tags = {}, .components = {}, .parameters = keyid_only, .keys = KeySource::agent_profile};

constinit SignatureProfile const registered_key_profile{
    .name = "registered-key", .tags = {}, .components = {}, .parameters = keyid_only, .keys = KeySource::registered};

constinit SignatureProfile const web_bot_auth_profile{.name = "web-bot-auth",
                                                      .tags = web_bot_auth_tags,
                                                      .components = web_bot_auth_components,
                                                      .parameters = web_bot_auth_parameters,
                                                      .width_max = 24h,
                                                      .keys = KeySource::signature_agent,
                                                      .keyid_is_thumbprint = true,
                                                      .target_uri = true};

constinit SignatureProfile const visa_tap_profile{.name = "visa-tap",
                                                  .tags = visa_tap_tags,
                                                  .components = visa_tap_components,
                                                  .parameters = visa_tap_parameters,
                                                  .width_max = 480s,
                                                  .keys = KeySource::network,
                                                  .as_sent = true,
                                                  .nonce_always = true};

SignatureProfile const* profile_of_tag(std::string_view tag) noexcept {
    for (auto const* profile : {&web_bot_auth_profile, &visa_tap_profile})
        if (std::ranges::find(profile->tags, tag) != profile->tags.end()) return profile;
    return nullptr;
}

}  // namespace b2a::identity
