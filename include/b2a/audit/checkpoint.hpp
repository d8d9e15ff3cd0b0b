// SPDX-License-Identifier: Apache-2.0
// Signed checkpoints: C2SP tlog-checkpoint inside a C2SP signed-note with an Ed25519 key.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "b2a/base/bytes.hpp"
#include "b2a/base/result.hpp"
#include "b2a/crypto/ed25519.hpp"

namespace b2a::audit {

struct Checkpoint {
    std::string origin;  // "shop.example/audit"
    std::uint64_t size = 0;
    Digest root{};
    friend bool operator==(Checkpoint const&, Checkpoint const&) = default;
};

/// A verifier key: "name+hash+base64(0x01 ‖ key)".
struct VerifierKey {
    std::string name;
    crypto::Ed25519Public key{};

    static Result<VerifierKey> parse(std::string_view vkey);
    [[nodiscard]] std::string text() const;
};

/// The note text and its signature line; `key_name` is the origin.
std::string sign_checkpoint(Checkpoint const& checkpoint, crypto::SigningKey const& key);
/// Parses and checks the signature. invalid_request: malformed; unauthenticated: no valid signature of that key.
Result<Checkpoint> open_checkpoint(std::string_view note, VerifierKey const& key);
/// The same without the signature, for a note of one's own.
Result<Checkpoint> peek_checkpoint(std::string_view note);

}  // namespace b2a::audit
