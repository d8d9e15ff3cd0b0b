// SPDX-License-Identifier: Apache-2.0
// Id<Tag>: 16 bytes, UUIDv7 (RFC 9562 §5.7: time-ordered, so B-tree inserts stay at the right edge), written as
// "<prefix>_<26 Crockford base32>". Ids of different kinds do not convert into one another.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "b2a/base/encoding.hpp"
#include "b2a/base/random.hpp"
#include "b2a/base/time.hpp"

namespace b2a {

std::array<std::uint8_t, 16> uuid7(Timestamp now, Random& random);
/// "8-4-4-4-12" hex form of 16 bytes.
std::string to_uuid_text(std::array<std::uint8_t, 16> const& bytes);

template <class Tag>
class Id {
  public:
    Id() = default;
    explicit Id(std::array<std::uint8_t, 16> bytes) : bytes_(bytes) {}
    static Id make(Timestamp now, Random& random) { return Id(uuid7(now, random)); }

    static std::optional<Id> parse(std::string_view text) {
        constexpr std::string_view prefix = Tag::prefix;
        if (text.size() != prefix.size() + 27 || !text.starts_with(prefix) || text[prefix.size()] != '_')
            return std::nullopt;
        auto bytes = from_base32(text.substr(prefix.size() + 1));
        if (!bytes) return std::nullopt;
        return Id(*bytes);
    }

    [[nodiscard]] std::string text() const { return std::string(Tag::prefix) + '_' + to_base32(bytes_); }
    [[nodiscard]] std::array<std::uint8_t, 16> const& bytes() const noexcept { return bytes_; }
    [[nodiscard]] bool is_nil() const noexcept { return bytes_ == std::array<std::uint8_t, 16>{}; }

    friend auto operator<=>(Id const&, Id const&) = default;

  private:
    std::array<std::uint8_t, 16> bytes_{};
};

struct CheckoutTag {
    static constexpr std::string_view prefix = "chk";
};
struct OrderTag {
    static constexpr std::string_view prefix = "ord";
};
struct CartTag {
    static constexpr std::string_view prefix = "crt";
};
struct NoticeTag {
    static constexpr std::string_view prefix = "ntc";
};
struct DecisionTag {
    static constexpr std::string_view prefix = "dec";
};
struct StopTag {
    static constexpr std::string_view prefix = "stp";
};
struct RequestTag {
    static constexpr std::string_view prefix = "req";
};

using CheckoutId = Id<CheckoutTag>;
using OrderId = Id<OrderTag>;
using CartId = Id<CartTag>;
using NoticeId = Id<NoticeTag>;
using DecisionId = Id<DecisionTag>;
using StopId = Id<StopTag>;
using RequestId = Id<RequestTag>;

}  // namespace b2a

template <class Tag>
struct std::hash<b2a::Id<Tag>> {
    std::size_t operator()(b2a::Id<Tag> const& id) const noexcept {
        std::size_t h = 0;  // the tail of a UUIDv7 is random: it is its own hash
        std::memcpy(&h, id.bytes().data() + 8, sizeof h);
        return h;
    }
};
