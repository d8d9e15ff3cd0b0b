// SPDX-License-Identifier: Apache-2.0
// Randomness as an injected dependency: the real source is OpenSSL's (b2a/crypto/random.hpp), tests use a seed.
#pragma once

#include <cstdint>
#include <span>

namespace b2a {

class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace b2a
