// SPDX-License-Identifier: Apache-2.0
// A store, with the names that UCP's Location has, so that what one system publishes another can import.
#include <algorithm>
#include <array>
#include <chrono>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/catalog/locations.hpp"

#include "importer/decimal.hpp"
#include "importer/native.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using json::Presence;
using json::Reader;

constexpr std::size_t number_bytes_max = 100;
constexpr std::size_t zone_bytes_max = 64;
constexpr std::size_t intervals_max = 50;
constexpr std::size_t exceptions_max = 200;
constexpr std::size_t amenities_max = 100;
constexpr std::int64_t pickup_hours_max = 24 * 30;
constexpr std::int32_t day_minutes = 24 * 60;
constexpr std::array<std::string_view, 7> day_names{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

std::optional<int> two_digits(std::string_view text) {
    return text.size() == 2 && text[0] != '+' && text[0] != '-' ? parse_int<int>(text) : std::nullopt;
}

/// "09:30" as minutes since midnight; "24:00" is the end of the day.
std::optional<std::int32_t> clock_time(std::string_view text) {
    auto const parts = split(text, ':');
    if (parts.size() != 2) return std::nullopt;
    auto const hour = two_digits(parts[0]);
    auto const minute = two_digits(parts[1]);
    if (!hour || !minute || *minute > 59) return std::nullopt;
    auto const minutes = *hour * 60 + *minute;
    if (minutes > day_minutes) return std::nullopt;
    return minutes;
}

/// Opening times that end by midnight; nullopt with a problem when there is something wrong.
template <class Interval>
bool read_interval(Reader& in, Interval& out) {
    auto const opens = clock_time(in.string("opens", number_bytes_max, Presence::required).value_or(""));
    auto const closes = clock_time(in.string("closes", number_bytes_max, Presence::required).value_or(""));
    if (!opens) in.problem("opens", "must be a time of day, \"09:30\"");
    if (!closes) in.problem("closes", "must be a time of day, \"18:00\"; \"24:00\" is midnight");
    if (!opens || !closes) return false;
    out.opens = *opens;
    out.closes = *closes == day_minutes - 1 ? day_minutes : *closes;  // 23:59 is how others write midnight
    if (out.opens < out.closes) return true;
    in.problem("closes", "must be after opens; a night is two entries, one for each day");
    return false;
}

std::vector<domain::DailyHours> read_hours(Reader& in) {
    std::vector<domain::DailyHours> out;
    in.objects("hours", intervals_max, [&](Reader& item) {
        allow_only(item, {"day", "opens", "closes"});
        domain::DailyHours hours;
        auto const day = item.string("day", number_bytes_max, Presence::required).value_or("");
        auto const found = std::find(day_names.begin(), day_names.end(), day);
        if (found == day_names.end()) return item.problem("day", shown(day) + " is no day, \"monday\"");
        hours.weekday = static_cast<std::uint8_t>(found - day_names.begin());
        if (read_interval(item, hours)) out.push_back(hours);
    });
    std::ranges::sort(out, {}, [](auto const& hours) { return std::pair(hours.weekday, hours.opens); });
    for (std::size_t i = 1; i < out.size(); ++i)
        if (out[i].weekday == out[i - 1].weekday && out[i].opens < out[i - 1].closes)
            in.problem("hours", "overlap on " + std::string(day_names[out[i].weekday]));
    return out;
}

bool is_date(std::string_view text) {
    auto const parts = split(text, '-');
    if (text.size() != 10 || parts.size() != 3 || parts[0].size() != 4) return false;
    auto const century = two_digits(parts[0].substr(0, 2));
    auto const year = two_digits(parts[0].substr(2));
    auto const month = two_digits(parts[1]);
    auto const day = two_digits(parts[2]);
    if (!century || !year || !month || !day) return false;
    return std::chrono::year_month_day(std::chrono::year(*century * 100 + *year),
                                       std::chrono::month(static_cast<unsigned>(*month)),
                                       std::chrono::day(static_cast<unsigned>(*day)))
        .ok();
}

std::string read_date(Reader& in, std::string_view key) {
    auto date = in.string(key, number_bytes_max, Presence::required).value_or("");
    if (!is_date(date)) in.problem(key, "must be a date, \"2026-12-24\"");
    return date;
}

std::vector<domain::ExceptionHours> read_exceptions(Reader& in) {
    std::vector<domain::ExceptionHours> out;
    in.objects("exception_hours", exceptions_max, [&](Reader& item) {
        allow_only(item, {"valid_from", "valid_through", "opens", "closes", "title"});
        domain::ExceptionHours exception;
        exception.from = read_date(item, "valid_from");
        exception.through = read_date(item, "valid_through");
        if (exception.through < exception.from) item.problem("valid_through", "must not be before valid_from");
        exception.title = read_line(item, "title", limits::product_title_bytes_max);
        exception.closed = !item.has("opens") && !item.has("closes");
        if (!exception.closed) read_interval(item, exception);
        out.push_back(std::move(exception));
    });
    return out;
}

domain::Address read_address(Reader& in) {
    domain::Address out;
    in.object(
        "address",
        [&](Reader& item) {
            allow_only(item, {"street_address", "extended_address", "address_locality", "address_region", "postal_code",
                              "address_country", "phone_number"});
            constexpr auto bytes_max = limits::buyer_field_bytes_max;
            out.street_address = read_line(item, "street_address", bytes_max);
            out.extended_address = read_line(item, "extended_address", bytes_max);
            out.locality = read_line(item, "address_locality", bytes_max, Presence::required);
            out.region = read_line(item, "address_region", bytes_max);
            out.postal_code = read_line(item, "postal_code", bytes_max);
            out.country = item.string("address_country", 2, Presence::required).value_or("");
            if (!out.country.empty() && !is_country(out.country))
                item.problem("address_country", "must be an ISO 3166-1 alpha-2 code");
            out.phone_number = read_line(item, "phone_number", bytes_max);
        },
        Presence::required);
    return out;
}

std::optional<std::int64_t> read_degrees(Reader& in, std::string_view key, std::int64_t most) {
    auto const number = in.raw(key);
    auto const text = number ? number->as_decimal_text() : std::nullopt;
    auto const degrees = text ? parse_micro(*text) : std::nullopt;
    if (degrees && *degrees >= -most && *degrees <= most) return degrees;
    auto const limit = std::to_string(most / 1'000'000);
    in.problem(key, "must be a number of degrees from -" + limit + " to " + limit);
    return std::nullopt;
}

std::optional<domain::GeoPoint> read_geo(Reader& in) {
    std::optional<domain::GeoPoint> out;
    in.object("geo", [&](Reader& item) {
        allow_only(item, {"latitude", "longitude"});
        auto const latitude = read_degrees(item, "latitude", 90'000'000);
        auto const longitude = read_degrees(item, "longitude", 180'000'000);
        if (latitude && longitude) out = domain::GeoPoint{*latitude, *longitude};
    });
    return out;
}

std::vector<domain::Amenity> read_amenities(Reader& in) {
    std::vector<domain::Amenity> out;
    in.objects("amenities", amenities_max, [&](Reader& item) {
        allow_only(item, {"id", "description"});
        domain::Amenity amenity;
        amenity.id = read_reverse_domain_name(item, "id", Presence::required);
        amenity.description = read_line(item, "description", limits::product_value_bytes_max, Presence::required);
        if (std::ranges::find(out, amenity.id, &domain::Amenity::id) != out.end()) item.problem("id", "comes twice");
        out.push_back(std::move(amenity));
    });
    return out;
}

}  // namespace

domain::Location read_location(Reader& in, Journal& journal) {
    allow_only(in, {"type", "id", "name", "address", "geo", "timezone", "hours", "exception_hours", "amenities",
                    "pickup", "pickup_hours", "excluded"});
    domain::Location out;
    out.id = in.string("id", limits::id_bytes_max, Presence::required).value_or("");
    if (!out.id.empty() && !is_clean_id(out.id)) in.problem("id", "is no usable identifier");
    out.name = read_line(in, "name", limits::product_title_bytes_max, Presence::required);
    out.address = read_address(in);
    out.geo = read_geo(in);
    out.hours = read_hours(in);
    out.exceptions = read_exceptions(in);
    out.timezone = in.string("timezone", zone_bytes_max).value_or("");
    if (out.timezone.empty() && !(out.hours.empty() && out.exceptions.empty()))
        in.problem("timezone", "is required with hours: an IANA name, \"Europe/Berlin\"");
    // Not a rejection, because the zones that a machine knows are not a matter of the file.
    if (!out.timezone.empty() && !catalog::knows_time_zone(out.timezone)) journal.warn();
    out.amenities = read_amenities(in);
    out.pickup = in.boolean("pickup").value_or(false);
    out.pickup_hours = static_cast<std::int32_t>(in.integer("pickup_hours", 0, pickup_hours_max).value_or(0));
    if (in.has("pickup_hours") && !out.pickup) in.problem("pickup_hours", "is for locations with pickup only");
    out.excluded =
        in.strings("excluded", limits::product_variants_max, limits::id_bytes_max).value_or(std::vector<std::string>());
    return out;
}

}  // namespace b2a::importer
