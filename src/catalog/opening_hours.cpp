// SPDX-License-Identifier: Apache-2.0
#include "catalog/opening_hours.hpp"

#include <algorithm>
#include <string>

namespace b2a::catalog {
namespace {

/// "2026-12-24": dates of this form compare as text.
std::string date_text(std::chrono::year_month_day date) {
    auto const padded = [](unsigned number, std::size_t width) {
        auto text = std::to_string(number);
        return text.insert(0, width - std::min(width, text.size()), '0');
    };
    return padded(static_cast<unsigned>(std::max(static_cast<int>(date.year()), 0)), 4) + '-' +
           padded(static_cast<unsigned>(date.month()), 2) + '-' + padded(static_cast<unsigned>(date.day()), 2);
}

}  // namespace

bool is_open(domain::Location const& location, TimeZone const& zone, Timestamp time) {
    auto const instant = std::chrono::floor<std::chrono::seconds>(time);
    auto const local = instant + zone.offset(instant);
    auto const day = std::chrono::floor<std::chrono::days>(local);
    auto const minute = std::chrono::floor<std::chrono::minutes>(local - day).count();
    auto const holds = [&](auto const& interval) { return interval.opens <= minute && minute < interval.closes; };

    auto const date = date_text(std::chrono::year_month_day(day));
    bool exceptional = false;
    bool open = false;
    for (auto const& exception : location.exceptions) {
        if (date < exception.from || exception.through < date) continue;
        if (exception.closed) return false;
        exceptional = true;
        open = open || holds(exception);
    }
    if (exceptional) return open;
    auto const weekday = std::chrono::weekday(day).iso_encoding() - 1;  // 0 is Monday
    return std::ranges::any_of(location.hours,
                               [&](auto const& hours) { return hours.weekday == weekday && holds(hours); });
}

}  // namespace b2a::catalog
