// SPDX-License-Identifier: Apache-2.0
// RSASSA-PSS with SHA-512, MGF1 with SHA-512 and a salt of 64 bytes (RFC 8017; RFC 9421 §3.3.1), to verify what others
// signed. Keys are parsed once and reused.
#pragma once

#include <memory>

#include "b2a/base/bytes.hpp"
#include "b2a/base/result.hpp"

namespace b2a::crypto {

/// Thread-safe.
class RsaPublicKey {
  public:
    /// Big-endian numbers without leading zeros, as a JWK has them. Errors: invalid_request for a modulus of less than
    /// 2048 or more than 8192 bits and for an exponent that is even or less than 65537 or longer than 64 bits.
    static Result<RsaPublicKey> from_numbers(ByteView modulus, ByteView exponent);
    [[nodiscard]] bool verify_pss_sha512(ByteView message, ByteView signature) const;

    RsaPublicKey(RsaPublicKey&&) noexcept;
    RsaPublicKey& operator=(RsaPublicKey&&) noexcept;
    ~RsaPublicKey();

  private:
    struct Impl;
    explicit RsaPublicKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::crypto
