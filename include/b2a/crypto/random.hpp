// SPDX-License-Identifier: Apache-2.0
// The real source of randomness (OpenSSL's CSPRNG), and seeded one for tests and reproducible demos.
#pragma once

#include <memory>

#include "b2a/base/random.hpp"

namespace b2a::crypto {

/// Thread-safe; aborts if the operating system cannot deliver (RFC 4086: never continue with weak randomness).
std::unique_ptr<Random> system_random();

}  // namespace b2a::crypto
