// SPDX-License-Identifier: Apache-2.0
// A compact binary form for rows that only we read: varints, length-prefixed text. Decoder never reads past its input
// and reports failure once, at the end (`ok()`), so that callers stay free of per-field checks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "b2a/base/bytes.hpp"

namespace b2a {

class Encoder {
  public:
    void u64(std::uint64_t value);  // LEB128
    void i64(std::int64_t value) {  // zig-zag
        u64((static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63));
    }
    void boolean(bool value) { u64(value ? 1 : 0); }
    void text(std::string_view value);
    void bytes(ByteView value) { text(as_text(value)); }
    /// Fixed-width field, no length prefix.
    void raw(ByteView value) { out_.insert(out_.end(), value.begin(), value.end()); }

    [[nodiscard]] Bytes const& view() const& noexcept { return out_; }
    [[nodiscard]] Bytes take() && noexcept { return std::move(out_); }

  private:
    Bytes out_;
};

class Decoder {
  public:
    explicit Decoder(ByteView in) : in_(in) {}

    std::uint64_t u64();
    std::int64_t i64() {
        auto const raw = u64();
        return static_cast<std::int64_t>((raw >> 1U) ^ (~(raw & 1U) + 1U));
    }
    bool boolean() { return u64() != 0; }
    std::string_view text();
    ByteView raw(std::size_t size);
    /// A count that is followed by at least `count` bytes; 0 and !ok() otherwise. Use it to reserve containers.
    std::size_t count();

    /// True if everything so far was present.
    [[nodiscard]] bool ok() const noexcept { return ok_; }
    /// True if everything was present and nothing is left.
    [[nodiscard]] bool done() const noexcept { return ok_ && in_.empty(); }

  private:
    ByteView in_;
    bool ok_ = true;
};

}  // namespace b2a
