// SPDX-License-Identifier: Apache-2.0
// The real source of randomness (OpenSSL's CSPRNG), and a seeded one for tests and reproducible demos.
#pragma once

#include <cstdint>
#include <memory>

#include "b2a/base/random.hpp"

namespace b2a::crypto {

/// Thread-safe; aborts if the operating system cannot deliver (RFC 4086: never continue with weak randomness).
std::unique_ptr<Random> system_random();
/// The same bytes for the same seed, on every machine (SHA-256 in counter mode). Never for keys. One thread at a time.
std::unique_ptr<Random> seeded_random(std::uint64_t seed);

}  // namespace b2a::crypto
