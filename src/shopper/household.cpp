// SPDX-License-Identifier: Apache-2.0
#include "shopper/household.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>

#include <fmt/format.h>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/json/reader.hpp"

#include "embedded/shopper_data.hpp"

namespace b2a::shopper {
namespace {

using json::Presence;
using json::Reader;
constexpr auto text_max = limits::buyer_field_bytes_max;
constexpr auto values_max = limits::shopper_values_max;

/// A member that nobody reads is a mistake of whoever wrote the file, and might have been an allergy.
void allow_only(Reader& in, std::initializer_list<std::string_view> names) {
    in.view().each_member([&](std::string_view name, json::View) {
        if (std::ranges::find(names, name) == names.end()) in.problem(name, "is not known here");
    });
}

std::string text(Reader& in, std::string_view name, Presence presence = Presence::optional) {
    auto value = in.string(name, text_max, presence).value_or("");
    if (presence == Presence::required && value.empty() && in.has(name)) in.problem(name, "must not be empty");
    return value;
}

std::vector<std::string> list(Reader& in, std::string_view name) {
    return in.strings(name, values_max, text_max).value_or(std::vector<std::string>{});
}

void read_measurements(Reader& in, Person& person) {
    in.object("measurements", [&](Reader& r) {
        r.view().each_member([&](std::string_view name, json::View) {
            if (person.measurements.size() == values_max || name.size() > text_max)
                return r.problem("", "holds too much");
            auto const mm = r.integer(name, 1, limits::shopper_measurement_mm_max, Presence::required);
            person.measurements.emplace_back(name, mm.value_or(0));
        });
    });
}

Person read_person(Reader& in) {
    allow_only(in,
               {"id", "name", "birthday", "audience", "measurements", "owns", "avoid", "diets", "colors", "styles"});
    Person person;
    person.id = text(in, "id", Presence::required);
    person.name = text(in, "name");
    if (person.name.empty()) person.name = person.id;
    if (auto const day = text(in, "birthday"); !day.empty()) {
        person.birthday = parse_day(day);
        if (!person.birthday) in.problem("birthday", "is no date like 1988-03-14");
    }
    person.audience = text(in, "audience");
    read_measurements(in, person);
    in.objects("owns", values_max, [&](Reader& r) {
        allow_only(r, {"brand", "size", "garment"});
        person.owns.push_back({text(r, "brand", Presence::required), text(r, "size", Presence::required),
                               text(r, "garment", Presence::required)});
    });
    person.avoid = list(in, "avoid");
    person.diets = list(in, "diets");
    person.colors = list(in, "colors");
    person.styles = list(in, "styles");
    return person;
}

std::vector<Wanted> read_wanted(Reader& in, std::string_view name) {
    std::vector<Wanted> out;
    in.objects(name, values_max, [&](Reader& r) {
        allow_only(r, {"gtin", "text", "quantity"});
        Wanted one{text(r, "gtin"), text(r, "text"), 1};
        one.quantity = r.integer("quantity", 1, limits::line_quantity_max).value_or(1);
        if (one.gtin.empty() == one.text.empty()) r.problem("", "has either a gtin or a text");
        out.push_back(std::move(one));
    });
    return out;
}

void read_budgets(Reader& in, Household& household) {
    in.object("budgets", [&](Reader& r) {
        r.view().each_member([&](std::string_view name, json::View) {
            if (household.budgets.size() == values_max) return r.problem("", "holds too much");
            auto const minor = r.integer(name, 1, money_minor_max, Presence::required);
            household.budgets.emplace(name, minor.value_or(0));
        });
    });
}

void read_delivery(Reader& in, Household& household) {
    in.object(
        "buyer",
        [&](Reader& r) {
            allow_only(r, {"first_name", "last_name", "email"});
            household.buyer = {text(r, "first_name"), text(r, "last_name"), text(r, "email", Presence::required)};
        },
        Presence::required);
    in.object(
        "ship_to",
        [&](Reader& r) {
            allow_only(r, {"street_address", "address_locality", "address_region", "postal_code", "address_country"});
            household.ship_to = {text(r, "street_address", Presence::required),
                                 text(r, "address_locality", Presence::required), text(r, "address_region"),
                                 text(r, "postal_code"), text(r, "address_country", Presence::required)};
        },
        Presence::required);
}

/// That day of that year; the first of March in a year without the 29th of February.
Day anniversary(Day birthday, std::chrono::year year) {
    Day const day = year / birthday.month() / birthday.day();
    return day.ok() ? day : Day{year / std::chrono::March / 1};
}

}  // namespace

Person const* Household::find(std::string_view id) const noexcept {
    auto const found = std::ranges::find(members, id, &Person::id);
    return found == members.end() ? nullptr : &*found;
}

std::optional<std::pair<Person const*, Day>> Household::next_birthday(Day today, int days) const {
    using std::chrono::sys_days;
    auto const earliest = sys_days(today) + std::chrono::days(days);
    std::optional<std::pair<Person const*, Day>> best;
    for (auto const& person : members) {
        if (!person.birthday) continue;
        auto day = anniversary(*person.birthday, today.year());
        while (sys_days(day) < earliest) day = anniversary(*person.birthday, day.year() + std::chrono::years(1));
        if (!best || sys_days(day) < sys_days(best->second)) best.emplace(&person, day);
    }
    return best;
}

Result<Household> parse_household(std::string_view json) {
    if (json.size() > limits::shopper_household_bytes_max)
        return Error(Code::payload_too_large, "the household file is too large");
    json::Document document;
    B2A_TRY(root, document.parse(json));
    Reader in(root);
    allow_only(in, {"name", "currency", "buyer", "ship_to", "payment_token", "budgets", "log_keys", "usual", "list",
                    "members"});
    Household household;
    household.name = text(in, "name");
    auto const currency = Currency::parse(text(in, "currency", Presence::required));
    if (currency) household.currency = *currency;
    else in.problem("currency", "is no ISO 4217 code");
    read_delivery(in, household);
    household.payment_token = text(in, "payment_token", Presence::required);
    read_budgets(in, household);
    household.log_keys = list(in, "log_keys");
    household.usual = read_wanted(in, "usual");
    household.list = read_wanted(in, "list");
    std::set<std::string> ids;
    in.objects(
        "members", limits::shopper_members_max,
        [&](Reader& r) {
            auto person = read_person(r);
            if (!ids.insert(person.id).second) r.problem("id", "is there twice");
            household.members.push_back(std::move(person));
        },
        Presence::required);
    B2A_CHECK(in.finish());
    if (household.members.empty()) return Error(Code::invalid_request, "a household has somebody in it", "/members");
    return std::move(household);
}

std::string_view demo_household() noexcept {
    return shopper_data::household;
}

std::string to_text(Day day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    auto const year = parse_int<int>(text.substr(0, 4));
    auto const month = parse_int<unsigned>(text.substr(5, 2));
    auto const day = parse_int<unsigned>(text.substr(8, 2));
    if (!year || *year < 1 || !month || !day) return std::nullopt;
    Day const out{std::chrono::year(*year), std::chrono::month(*month), std::chrono::day(*day)};
    return out.ok() ? std::optional(out) : std::nullopt;
}

}  // namespace b2a::shopper
