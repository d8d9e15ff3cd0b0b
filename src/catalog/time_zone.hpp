// SPDX-License-Identifier: Apache-2.0
// Local time from the system's time zone database: TZif files (RFC 8536) with the rule at their end, read strictly. The
// standard library of the compilers we build with has no zones yet (docs/decisions/0008-time-zones.md).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace b2a::catalog {

/// A day of every year, in one of the three ways that POSIX writes it, and the local time at which something changes.
struct RuleDay {
    enum class Form : std::uint8_t { month_week_day, without_leap_day, with_leap_day };
    Form form = Form::month_week_day;
    int month = 1, week = 1, weekday = 0;  // month_week_day; week 5 is the last one, weekday 0 is Sunday
    int day = 0;                           // of the year: 1 to 365 without leap day, 0 to 365 with it
    std::chrono::seconds time{std::chrono::hours(2)};
};

/// What holds after the last recorded change ("CET-1CEST,M3.5.0,M10.5.0/3"); offsets are east of UTC.
struct ZoneRule {
    std::chrono::seconds standard{};
    struct Summer {
        std::chrono::seconds offset{};
        RuleDay start;
        RuleDay end;
    };
    std::optional<Summer> summer;

    static std::optional<ZoneRule> parse(std::string_view text);
    [[nodiscard]] std::chrono::seconds offset(std::chrono::sys_seconds time) const;
};

class TimeZone {
  public:
    /// nullopt for bytes that are no TZif file of version 2 or later.
    static std::optional<TimeZone> parse(std::string_view bytes);
    /// The zone of that IANA name, e.g. "Europe/Berlin".
    static std::optional<TimeZone> load(std::string_view name, std::string const& directory = "/usr/share/zoneinfo");

    /// Local time less UTC.
    [[nodiscard]] std::chrono::seconds offset(std::chrono::sys_seconds time) const;

  private:
    std::vector<std::int64_t> changes_;          // ascending
    std::vector<std::chrono::seconds> offsets_;  // before the first change, and after each
    std::optional<ZoneRule> rule_;
};

}  // namespace b2a::catalog
