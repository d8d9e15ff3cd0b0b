// SPDX-License-Identifier: Apache-2.0
// Ed25519 (RFC 8032) keys for checkpoints and receipts. Keys are parsed once and reused.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "b2a/base/bytes.hpp"
#include "b2a/base/random.hpp"
#include "b2a/base/result.hpp"

namespace b2a::crypto {

using Ed25519Seed = std::array<std::uint8_t, 32>;
using Ed25519Public = std::array<std::uint8_t, 32>;
using Ed25519Signature = std::array<std::uint8_t, 64>;

class SigningKey {
  public:
    static Result<SigningKey> from_seed(Ed25519Seed const& seed);
    static Result<SigningKey> generate(Random& random);
    /// PKCS#8 PEM, the form kept on disk.
    static Result<SigningKey> from_pem(std::string_view pem);
    [[nodiscard]] std::string to_pem() const;

    [[nodiscard]] Ed25519Public public_key() const;
    [[nodiscard]] Ed25519Signature sign(ByteView message) const;

    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

  private:
    struct Impl;
    explicit SigningKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

bool verify_ed25519(Ed25519Public const& key, ByteView message, Ed25519Signature const& signature);

}  // namespace b2a::crypto
