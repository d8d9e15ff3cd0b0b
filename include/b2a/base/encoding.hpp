// SPDX-License-Identifier: Apache-2.0
// Text encodings of bytes: hex (lower case), base64 (RFC 4648 §4, padded), base64url (§5, unpadded), Crockford base32.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "b2a/base/bytes.hpp"

namespace b2a {

std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);

std::string to_base64(ByteView bytes);
/// Strict: canonical padding and alphabet only.
std::optional<Bytes> from_base64(std::string_view text);

std::string to_base64url(ByteView bytes);
std::optional<Bytes> from_base64url(std::string_view text);

/// 16 bytes to 26 lower-case Crockford characters, most significant first (order preserving).
std::string to_base32(std::array<std::uint8_t, 16> const& bytes);
std::optional<std::array<std::uint8_t, 16>> from_base32(std::string_view text);

/// True if `text` is well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
bool is_utf8(std::string_view text) noexcept;

}  // namespace b2a
