// SPDX-License-Identifier: Apache-2.0
// Compact JWS (RFC 7515) as far as mandates need it: ECDSA only, no critical extensions, nothing taken from the header
// but which key and which algorithm it names. Private to the module.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "b2a/crypto/ecdsa.hpp"
#include "b2a/json/value.hpp"
#include "b2a/mandate/fault.hpp"
#include "b2a/mandate/keys.hpp"

namespace b2a::mandate {

struct Jws {
    json::Value header;
    std::string algorithm;
    std::string type;  // lower case; empty: none
    std::string kid;
    std::string_view signing_input;
    std::string_view payload_text;  // base64url
    Bytes signature;
};

/// Borrows from `text`. Faults: malformed, and signature for an algorithm that is not allowed or a critical extension.
Checked<Jws> parse_jws(std::string_view text);
/// The payload as a JSON object.
Checked<json::Value> payload_of(Jws const& jws);
/// The JSON object behind base64url.
Checked<json::Value> decode_object(std::string_view base64url, std::string_view what);

/// A key that somebody put into a token (RFC 7800 `cnf.jwk`).
class ConfirmationKey final : public KeySource {
  public:
    /// nullopt for what is no P-256 point.
    static std::optional<ConfirmationKey> parse(json::Value const& jwk);
    [[nodiscard]] KeyVerdict check(SignedBytes const& what) const override;

  private:
    explicit ConfirmationKey(crypto::EcPublicKey key) : key_(std::move(key)) {}
    crypto::EcPublicKey key_;
};

KeyVerdict check(Jws const& jws, KeySource const& keys);

/// Text and integers of an object; nullopt when absent or of another kind.
std::optional<std::string_view> text_in(json::Value const& object, char const* key);
std::optional<std::int64_t> integer_in(json::Value const& object, char const* key);
/// The member; nullptr when absent or when `object` is none.
json::Value const* member_of(json::Value const& object, char const* key);

}  // namespace b2a::mandate
