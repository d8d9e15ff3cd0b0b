// SPDX-License-Identifier: Apache-2.0
// The Ed25519 test key of RFC 9421 B.1.4, and what every audit test signs with it.
#pragma once

#include <algorithm>
#include <string>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/base/encoding.hpp"

namespace b2a::audit::testing {

inline crypto::SigningKey signing_key() {
    crypto::Ed25519Seed seed{};
    std::ranges::copy(from_base64url("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU").value(), seed.begin());
    return crypto::SigningKey::from_seed(seed).value();
}

inline crypto::SigningKey other_key() {
    crypto::Ed25519Seed seed{};
    seed.fill(7);
    return crypto::SigningKey::from_seed(seed).value();
}

inline VerifierKey verifier_key(std::string name = "gateway.example/audit") {
    return {std::move(name), signing_key().public_key()};
}

inline Digest digest_of(std::string_view hex) {
    Digest digest{};
    std::ranges::copy(from_hex(hex).value(), digest.begin());
    return digest;
}

}  // namespace b2a::audit::testing
