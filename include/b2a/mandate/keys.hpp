// SPDX-License-Identifier: Apache-2.0
// Where keys come from: the module asks and never decides whom to trust. Implementations are immutable and
// thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

#include "b2a/base/bytes.hpp"

namespace b2a::mandate {

enum class KeyVerdict : std::uint8_t {
    verified,
    unknown,       // no such key, or no key of that kind
    not_verified,  // the key is there and the signature is not its
};

struct SignedBytes {
    std::string_view kid;
    std::string_view algorithm;  // of the header, one of the allowed ones
    ByteView message;
    ByteView signature;  // raw r‖s
};

class KeySource {
  public:
    virtual ~KeySource() = default;
    [[nodiscard]] virtual KeyVerdict check(SignedBytes const& what) const = 0;
};

}  // namespace b2a::mandate
