// SPDX-License-Identifier: Apache-2.0
// Whom the shopper shops for: people with sizes, allergies, diets, birthdays and tastes, where things are sent, what
// may be spent. It stays on the shopper's side; a gateway hears no more of it than a question needs.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"

namespace b2a::shopper {

using Day = std::chrono::year_month_day;

/// A garment that fits.
struct WornSize {
    std::string brand;
    std::string size;
    std::string garment;
};

struct Person {
    std::string id;  // "anna": what requests call them
    std::string name;
    std::optional<Day> birthday;
    std::string audience;                                            // "women", "men", "children"; empty: not told
    std::vector<std::pair<std::string, std::int64_t>> measurements;  // "chest" in mm
    std::vector<WornSize> owns;
    std::vector<std::string> avoid;
    std::vector<std::string> diets;
    std::vector<std::string> colors;
    std::vector<std::string> styles;
};

struct Address {
    std::string street_address;
    std::string address_locality;
    std::string address_region;
    std::string postal_code;
    std::string address_country;
};

struct Buyer {
    std::string first_name;
    std::string last_name;
    std::string email;
};

/// Something to buy again, or for the first time: by its GTIN or in words.
struct Wanted {
    std::string gtin;
    std::string text;
    std::int64_t quantity = 1;
};

struct Household {
    std::string name;
    Currency currency;
    Buyer buyer;
    Address ship_to;
    std::string payment_token;                    // what the household's wallet gave out for one payment
    std::map<std::string, std::int64_t> budgets;  // by scenario, in minor units of `currency`
    std::vector<std::string> log_keys;            // verifier keys of gateways' logs that are known from elsewhere
    std::vector<Wanted> usual;                    // what it buys every time
    std::vector<Wanted> list;                     // what it wants besides
    std::vector<Person> members;

    [[nodiscard]] Person const* find(std::string_view id) const noexcept;
    /// The first one whose birthday is at least `days` after `today`, and the day.
    [[nodiscard]] std::optional<std::pair<Person const*, Day>> next_birthday(Day today, int days) const;
};

/// invalid_request, with a JSON pointer, for anything but a household within its bounds.
Result<Household> parse_household(std::string_view json);

/// The made-up family of the demonstration, config/demo/household.json.
std::string_view demo_household() noexcept;

std::string to_text(Day day);  // "2026-12-20"
std::optional<Day> parse_day(std::string_view text);

}  // namespace b2a::shopper
