// SPDX-License-Identifier: Apache-2.0
// ECDSA over P-256 with SHA-256 (ES256, FIPS 186-5), and over P-384 with SHA-384 for keys of others. Signatures are raw
// r‖s, 64 and 96 bytes, as JOSE and RFC 9421 want them; never DER. Keys are parsed once and reused.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "b2a/base/bytes.hpp"
#include "b2a/base/random.hpp"
#include "b2a/base/result.hpp"

namespace b2a::crypto {

using P256Coordinate = std::array<std::uint8_t, 32>;
using EcdsaSignature = std::array<std::uint8_t, 64>;

struct P256Public {
    P256Coordinate x{};
    P256Coordinate y{};
    friend bool operator==(P256Public const&, P256Public const&) = default;
};

class EcSigningKey {
  public:
    static Result<EcSigningKey> generate(Random& random);
    /// PKCS#8 PEM, the form kept on disk.
    static Result<EcSigningKey> from_pem(std::string_view pem);
    [[nodiscard]] std::string to_pem() const;

    [[nodiscard]] P256Public public_key() const;
    [[nodiscard]] EcdsaSignature sign(ByteView message) const;

    EcSigningKey(EcSigningKey&&) noexcept;
    EcSigningKey& operator=(EcSigningKey&&) noexcept;
    ~EcSigningKey();

  private:
    struct Impl;
    explicit EcSigningKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// A public key that was checked once (it is a point of the curve) and verifies many times. Thread-safe.
class EcPublicKey {
  public:
    /// Errors: invalid_request when the coordinates are no point of P-256.
    static Result<EcPublicKey> from_coordinates(P256Public const& coordinates);
    [[nodiscard]] bool verify(ByteView message, EcdsaSignature const& signature) const;

    EcPublicKey(EcPublicKey&&) noexcept;
    EcPublicKey& operator=(EcPublicKey&&) noexcept;
    ~EcPublicKey();

  private:
    struct Impl;
    explicit EcPublicKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

using P384Coordinate = std::array<std::uint8_t, 48>;
using P384Signature = std::array<std::uint8_t, 96>;

struct P384Public {
    P384Coordinate x{};
    P384Coordinate y{};
    friend bool operator==(P384Public const&, P384Public const&) = default;
};

/// The same over P-384 with SHA-384 (ES384).
class P384PublicKey {
  public:
    /// Errors: invalid_request when the coordinates are no point of P-384.
    static Result<P384PublicKey> from_coordinates(P384Public const& coordinates);
    [[nodiscard]] bool verify(ByteView message, P384Signature const& signature) const;

    P384PublicKey(P384PublicKey&&) noexcept;
    P384PublicKey& operator=(P384PublicKey&&) noexcept;
    ~P384PublicKey();

  private:
    struct Impl;
    explicit P384PublicKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::crypto
