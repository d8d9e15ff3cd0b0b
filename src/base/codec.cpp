// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/codec.hpp"

namespace b2a {

void Encoder::u64(std::uint64_t value) {
    while (value >= 0x80) {
        out_.push_back(static_cast<std::uint8_t>(value | 0x80U));
        value >>= 7U;
    }
    out_.push_back(static_cast<std::uint8_t>(value));
}

void Encoder::text(std::string_view value) {
    u64(value.size());
    raw(as_bytes(value));
}

std::uint64_t Decoder::u64() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && ok_ && !in_.empty(); shift += 7) {
        auto const byte = in_.front();
        in_ = in_.subspan(1);
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if ((byte & 0x80U) == 0) return value;
    }
    ok_ = false;
    return 0;
}

std::string_view Decoder::text() {
    auto const size = u64();
    return as_text(raw(size));
}

ByteView Decoder::raw(std::size_t size) {
    if (!ok_ || size > in_.size()) {
        ok_ = false;
        return {};
    }
    auto const out = in_.first(size);
    in_ = in_.subspan(size);
    return out;
}

std::size_t Decoder::count() {
    auto const value = u64();
    if (value > in_.size()) {
        ok_ = false;
        return 0;
    }
    return value;
}

}  // namespace b2a
