// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4). Sha256 is the incremental form with a reused OpenSSL context.
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "b2a/base/bytes.hpp"

namespace b2a::crypto {

class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    Sha256& update(ByteView bytes);
    Sha256& update(std::string_view text) { return update(as_bytes(text)); }
    /// Returns the digest and starts anew.
    Digest finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

Digest sha256(ByteView bytes);
inline Digest sha256(std::string_view text) {
    return sha256(as_bytes(text));
}

/// SHA-384 and SHA-512, for digests that others chose (RFC 9530, RFC 9901).
std::array<std::uint8_t, 48> sha384(ByteView bytes);
std::array<std::uint8_t, 64> sha512(ByteView bytes);

/// HMAC-SHA-256 (RFC 2104).
Digest hmac_sha256(ByteView key, ByteView message);
/// Compares in time that depends on the lengths only.
bool constant_time_equal(ByteView a, ByteView b) noexcept;

}  // namespace b2a::crypto
