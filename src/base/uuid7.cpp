// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/encoding.hpp"
#include "b2a/base/id.hpp"

namespace b2a {

std::array<std::uint8_t, 16> uuid7(Timestamp now, Random& random) {
    std::array<std::uint8_t, 16> out{};
    random.fill(std::span(out).subspan(6));
    auto const micros = static_cast<std::uint64_t>(to_micros(now));
    auto const millis = micros / 1000;
    for (unsigned i = 0; i < 6; ++i) out[i] = static_cast<std::uint8_t>(millis >> (40U - 8U * i));
    // RFC 9562 §6.2 method 3: the twelve bits of rand_a carry the fraction of the millisecond, so that ids made within
    // one millisecond still sort by time and B-tree inserts stay at the right edge.
    auto const fraction = (micros % 1000) * 4096 / 1000;
    out[6] = static_cast<std::uint8_t>(0x70U | (fraction >> 8U));
    out[7] = static_cast<std::uint8_t>(fraction);
    out[8] = static_cast<std::uint8_t>((out[8] & 0x3FU) | 0x80U);
    return out;
}

std::string to_uuid_text(std::array<std::uint8_t, 16> const& bytes) {
    auto const hex = to_hex(bytes);
    return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-' +
           hex.substr(20);
}

}  // namespace b2a
