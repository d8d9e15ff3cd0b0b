// SPDX-License-Identifier: Apache-2.0
// Byte containers. Text and bytes stay different types: a Digest is never mistaken for a string.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace b2a {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<std::uint8_t const>;
using Digest = std::array<std::uint8_t, 32>;  // SHA-256

inline ByteView as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};  // NOLINT
}
inline std::string_view as_text(ByteView bytes) noexcept {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};  // NOLINT
}

}  // namespace b2a
