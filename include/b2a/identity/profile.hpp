// SPDX-License-Identifier: Apache-2.0
// What the users of RFC 9421 have agreed on beside it, as data: how their signatures are told apart, what they have to
// cover and to say, how long they may live and whose keys make them. A new profile is a row.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace b2a::identity {

/// Where the key of a signature is looked for, after the register.
enum class KeySource : std::uint8_t {
    agent_profile,    // the document that UCP-Agent names
    signature_agent,  // the URL of the Signature-Agent member that the signature covers
    network,          // the key set of the network that vouches for the agent
    registered,       // nowhere else
};

struct SignatureProfile {
    std::string_view name;
    std::span<std::string_view const> tags;        // empty: signatures without a tag
    std::span<std::string_view const> components;  // without them it counts as none; empty: the whole request
    std::span<std::string_view const> parameters;  // that it has to carry
    std::chrono::seconds width_max{0};             // from created to expires; 0: not bounded
    KeySource keys = KeySource::registered;
    bool keyid_is_thumbprint = false;  // the key's RFC 7638 thumbprint, and no other name
    bool target_uri = false;           // @target-uri may stand for authority, path and query
    bool as_sent = false;              // "keyId" for keyid; the base ends in Signature-Input as it was sent
    bool nonce_always = false;         // a nonce is used once, by reads too
};

/// Without a tag: ucp for who names a profile in UCP-Agent, registered-key for others.
extern SignatureProfile const ucp_profile;
extern SignatureProfile const registered_key_profile;
extern SignatureProfile const web_bot_auth_profile;
extern SignatureProfile const visa_tap_profile;

/// The profile of a tag; nullptr: nobody's.
SignatureProfile const* profile_of_tag(std::string_view tag) noexcept;

/// The forms of Signature-Agent that are read. A value without a path stands for its origin and the key directory
/// there, one with a path for the key set at it.
struct Dialects {
    bool ietf_01 = true;     // label="https://…" and no parameters
    bool meunier_00 = true;  // label="https://…";type=jwks_uri
    bool legacy = true;      // one bare string
};

}  // namespace b2a::identity
