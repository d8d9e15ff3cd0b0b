// SPDX-License-Identifier: Apache-2.0
// One SD-JWT of a chain (RFC 9901): taken apart, and its disclosures put where their digests stand. Private to the
// module.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mandate/jws.hpp"

namespace b2a::mandate {

enum class Hash : std::uint8_t { sha256, sha384, sha512 };
std::optional<Hash> hash_from_text(std::string_view text) noexcept;
/// base64url of the digest of the text's bytes.
std::string digest_of(Hash hash, std::string_view text);

struct SdJwt {
    std::string_view text;         // jwt~disclosure~…~
    std::string_view issuer_jwt;   // its first part
    std::string_view key_binding;  // what follows the last "~"; empty: nothing
    Jws jws;
    Hash hash = Hash::sha256;
    std::vector<std::string_view> disclosures;
    /// The payload with what is disclosed in its place. What is not disclosed stays visible as that: a digest left in
    /// "_sd", an element {"...": digest}.
    json::Value claims;
};

/// Borrows from `text`. Nothing is verified yet: claims are empty.
Checked<SdJwt> parse_sd_jwt(std::string_view text);
/// Fills `claims`; for tokens whose signature holds. Faults: malformed, disclosure.
std::optional<Refusal> disclose(SdJwt& token);

/// Is this what is left of an array element that was not disclosed?
bool is_undisclosed(json::Value const& element);

}  // namespace b2a::mandate
