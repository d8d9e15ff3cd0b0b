// SPDX-License-Identifier: Apache-2.0
// Time as a value. Clock is injected from app; nothing else asks the system for the time (checked by the tidy test).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace b2a {

using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// RFC 3339 in UTC with milliseconds, e.g. "2026-11-24T06:02:52.123Z".
std::string to_rfc3339(Timestamp time);
/// Accepts any RFC 3339 offset and up to nine fraction digits; nullopt for anything else.
std::optional<Timestamp> from_rfc3339(std::string_view text);

inline std::int64_t to_micros(Timestamp time) noexcept {
    return time.time_since_epoch().count();
}
inline Timestamp from_micros(std::int64_t micros) noexcept {
    return Timestamp{std::chrono::microseconds{micros}};
}

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
};

/// Monotonic point after which work is no longer wanted.
using Deadline = std::chrono::steady_clock::time_point;

}  // namespace b2a
