// SPDX-License-Identifier: Apache-2.0
// Private keys as unencrypted PKCS#8 PEM. Private to the module.
#pragma once

#include <string>
#include <string_view>

#include "b2a/base/result.hpp"

#include "crypto/openssl.hpp"

namespace b2a::crypto {

/// `algorithm` as OpenSSL names it ("ED25519", "EC"). Errors: invalid_request.
Result<Key> key_from_pem(std::string_view pem, char const* algorithm);
std::string key_to_pem(EVP_PKEY const* key);

}  // namespace b2a::crypto
