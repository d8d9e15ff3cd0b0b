// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "catalog/time_zone.hpp"

namespace b2a::catalog {
namespace {

using std::chrono::seconds;
using std::chrono::sys_days;

/// Reads from left to right; every step says whether what it wanted was there.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}
    [[nodiscard]] bool at_end() const { return text_.empty(); }
    bool take(char c) {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }

    /// "CET", or anything in angle brackets: "<+0330>".
    bool name() {
        if (take('<')) {
            auto const end = text_.find('>');
            if (end == std::string_view::npos || end == 0) return false;
            text_.remove_prefix(end + 1);
            return true;
        }
        std::size_t length = 0;
        while (length < text_.size() && is_letter(text_[length])) ++length;
        text_.remove_prefix(length);
        return length >= 3;
    }

    std::optional<int> number(int least, int most) {
        int value = 0;
        auto const digits = text_.substr(0, 3);
        if (digits.empty() || digits.front() < '0' || digits.front() > '9') return std::nullopt;
        auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc{} || value < least || value > most) return std::nullopt;
        text_.remove_prefix(static_cast<std::size_t>(end - digits.data()));
        return value;
    }

    /// "2", "-1:30", "+00:19:32".
    std::optional<seconds> duration(int hours_max) {
        bool const negative = take('-');
        if (!negative) take('+');
        auto const hours = number(0, hours_max);
        if (!hours) return std::nullopt;
        seconds total = std::chrono::hours(*hours);
        for (seconds const unit : {seconds(60), seconds(1)}) {
            if (!take(':')) break;
            auto const count = number(0, 59);
            if (!count) return std::nullopt;
            total += *count * unit;
        }
        return negative ? -total : total;
    }

    std::optional<RuleDay> day() {
        RuleDay out;
        if (take('M')) {
            auto const month = number(1, 12);
            if (!month || !take('.')) return std::nullopt;
            auto const week = number(1, 5);
            if (!week || !take('.')) return std::nullopt;
            auto const weekday = number(0, 6);
            if (!weekday) return std::nullopt;
            out.month = *month, out.week = *week, out.weekday = *weekday;
        } else {
            bool const leapless = take('J');
            out.form = leapless ? RuleDay::Form::without_leap_day : RuleDay::Form::with_leap_day;
            auto const count = number(leapless ? 1 : 0, 365);
            if (!count) return std::nullopt;
            out.day = *count;
        }
        if (!take('/')) return out;
        auto const time = duration(167);
        if (!time) return std::nullopt;
        out.time = *time;
        return out;
    }

  private:
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    std::string_view text_;
};

sys_days date_of(RuleDay const& day, std::chrono::year year) {
    sys_days const first = year / std::chrono::January / 1;
    switch (day.form) {
        case RuleDay::Form::with_leap_day: return first + std::chrono::days(day.day);
        case RuleDay::Form::without_leap_day:
            return first + std::chrono::days(day.day - 1 + (year.is_leap() && day.day >= 60 ? 1 : 0));
        case RuleDay::Form::month_week_day: break;
    }
    auto const month = std::chrono::month(static_cast<unsigned>(day.month));
    auto const weekday = std::chrono::weekday(static_cast<unsigned>(day.weekday));
    if (day.week == 5) return sys_days(year / month / weekday[std::chrono::last]);
    return sys_days(year / month / weekday[static_cast<unsigned>(day.week)]);
}

}  // namespace

std::optional<ZoneRule> ZoneRule::parse(std::string_view text) {
    constexpr int offset_hours_max = 24;
    Scanner scan(text);
    ZoneRule rule;
    if (!scan.name()) return std::nullopt;
    auto const west = scan.duration(offset_hours_max);
    if (!west) return std::nullopt;
    rule.standard = -*west;
    if (scan.at_end()) return rule;

    Summer summer;
    if (!scan.name()) return std::nullopt;
    summer.offset = rule.standard + std::chrono::hours(1);
    if (!scan.take(',')) {
        auto const summer_west = scan.duration(offset_hours_max);
        if (!summer_west || !scan.take(',')) return std::nullopt;
        summer.offset = -*summer_west;
    }
    auto const start = scan.day();
    if (!start || !scan.take(',')) return std::nullopt;
    auto const end = scan.day();
    if (!end || !scan.at_end()) return std::nullopt;
    summer.start = *start;
    summer.end = *end;
    rule.summer = summer;
    return rule;
}

seconds ZoneRule::offset(std::chrono::sys_seconds time) const {
    if (!summer) return standard;
    auto const today = std::chrono::floor<std::chrono::days>(time + standard);
    auto const year = std::chrono::year_month_day(today).year();
    auto const start = date_of(summer->start, year) + summer->start.time - standard;
    auto const end = date_of(summer->end, year) + summer->end.time - summer->offset;
    // South of the equator summer goes over the turn of the year.
    bool const is_summer = start < end ? start <= time && time < end : !(end <= time && time < start);
    return is_summer ? summer->offset : standard;
}

}  // namespace b2a::catalog
