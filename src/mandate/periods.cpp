// SPDX-License-Identifier: Apache-2.0
#include "mandate/periods.hpp"

#include <array>
#include <chrono>
#include <utility>

namespace b2a::mandate {
namespace {

using namespace std::chrono;

Period between(sys_days begin, sys_days end) {
    return {to_rfc3339(Timestamp(begin)).substr(0, 10), Timestamp(end)};
}

Period weeks_at(sys_days day, int count) {
    constexpr sys_days first_monday{1970y / January / 5};
    auto const length = days{7 * count};
    auto const begin = first_monday + floor<days>((day - first_monday) / length * length);
    return between(begin, begin + length);
}

Period months_at(sys_days day, unsigned count) {
    year_month_day const date{day};
    auto const first = (static_cast<unsigned>(date.month()) - 1) / count * count + 1;
    auto const begin = date.year() / month{first} / 1;
    return between(begin, begin + months{count});
}

}  // namespace

std::optional<Frequency> frequency_from_text(std::string_view text) noexcept {
    constexpr std::array<std::pair<std::string_view, Frequency>, 7> names{{{"ON_DEMAND", Frequency::on_demand},
                                                                           {"DAILY", Frequency::daily},
                                                                           {"WEEKLY", Frequency::weekly},
                                                                           {"BIWEEKLY", Frequency::biweekly},
                                                                           {"MONTHLY", Frequency::monthly},
                                                                           {"QUARTERLY", Frequency::quarterly},
                                                                           {"ANNUALLY", Frequency::annually}}};
    for (auto const& [name, frequency] : names)
        if (name == text) return frequency;
    return std::nullopt;
}

std::optional<Period> period_at(Frequency frequency, Timestamp now) {
    auto const day = floor<days>(now);
    switch (frequency) {
        case Frequency::on_demand: return std::nullopt;
        case Frequency::daily: return between(day, day + days{1});
        case Frequency::weekly: return weeks_at(day, 1);
        case Frequency::biweekly: return weeks_at(day, 2);
        case Frequency::monthly: return months_at(day, 1);
        case Frequency::quarterly: return months_at(day, 3);
        case Frequency::annually: return months_at(day, 12);
    }
    return std::nullopt;
}

}  // namespace b2a::mandate
