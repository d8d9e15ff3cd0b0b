// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/time.hpp"

#include <fmt/format.h>

#include "b2a/base/text.hpp"

namespace b2a {
namespace {

/// Exactly `width` digits at `at`, advanced past them.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t width) {
    if (at + width > text.size()) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
        auto const c = text[at + i];
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    at += width;
    return value;
}

bool skip(std::string_view text, std::size_t& at, std::string_view any_of) {
    if (at >= text.size() || any_of.find(text[at]) == std::string_view::npos) return false;
    ++at;
    return true;
}

std::optional<std::chrono::minutes> offset(std::string_view text, std::size_t& at) {
    if (skip(text, at, "Zz")) return std::chrono::minutes{0};
    if (at >= text.size() || (text[at] != '+' && text[at] != '-')) return std::nullopt;
    int const sign = text[at++] == '-' ? -1 : 1;
    auto const hours = digits(text, at, 2);
    if (!hours || *hours > 23 || !skip(text, at, ":")) return std::nullopt;
    auto const minutes = digits(text, at, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    return std::chrono::minutes{sign * (*hours * 60 + *minutes)};
}

}  // namespace

std::string to_rfc3339(Timestamp time) {
    using namespace std::chrono;
    auto const day = floor<days>(time);
    year_month_day const date{day};
    hh_mm_ss const clock{floor<milliseconds>(time - day)};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::optional<Timestamp> from_rfc3339(std::string_view text) {
    using namespace std::chrono;
    std::size_t at = 0;
    auto const y = digits(text, at, 4);
    if (!y || !skip(text, at, "-")) return std::nullopt;
    auto const mo = digits(text, at, 2);
    if (!mo || !skip(text, at, "-")) return std::nullopt;
    auto const d = digits(text, at, 2);
    if (!d || !skip(text, at, "Tt ")) return std::nullopt;
    auto const h = digits(text, at, 2);
    if (!h || !skip(text, at, ":")) return std::nullopt;
    auto const mi = digits(text, at, 2);
    if (!mi || !skip(text, at, ":")) return std::nullopt;
    auto const s = digits(text, at, 2);
    if (!s) return std::nullopt;

    std::int64_t micros = 0;
    if (skip(text, at, ".")) {
        std::int64_t scale = 100'000;
        auto const begin = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            micros += (text[at++] - '0') * scale;
            scale /= 10;
        }
        if (at == begin || at - begin > 9) return std::nullopt;
    }
    auto const shift = offset(text, at);
    year_month_day const date{year{*y}, month{static_cast<unsigned>(*mo)}, day{static_cast<unsigned>(*d)}};
    if (!shift || at != text.size() || !date.ok() || *h > 23 || *mi > 59 || *s > 60) return std::nullopt;
    return Timestamp{sys_days{date}} + hours{*h} + minutes{*mi} + seconds{*s} + microseconds{micros} - *shift;
}

}  // namespace b2a
