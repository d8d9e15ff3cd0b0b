// SPDX-License-Identifier: Apache-2.0
// What we sign about checkouts, with ES256: the merchant's authorization of an offer, and the receipt that AP2 wants
// for every mandate, taken or refused.
#pragma once

#include <string>
#include <string_view>

#include "b2a/base/time.hpp"
#include "b2a/crypto/ecdsa.hpp"

namespace b2a::mandate {

struct Signer {
    std::string_view kid;
    crypto::EcSigningKey const& key;
};

/// Detached JWS (RFC 7515 appendix F) "header..signature" over canonical JSON.
std::string authorize(std::string_view canonical, Signer const& signer);
/// A compact JWT of `claims`, a JSON object.
std::string sign_jwt(std::string_view claims, Signer const& signer);

struct Receipt {
    std::string reference;  // of the mandate received
    std::string order_id;   // of a mandate that was taken
    std::string error;      // of one that was not
    std::string error_description;
    friend bool operator==(Receipt const&, Receipt const&) = default;
};
/// AP2's checkout receipt as a signed JWT; `issuer` is our origin.
std::string sign_receipt(Receipt const& receipt, std::string_view issuer, Timestamp now, Signer const& signer);

}  // namespace b2a::mandate
