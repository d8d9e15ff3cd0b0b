// SPDX-License-Identifier: Apache-2.0
// What somebody needs, as their agent tells it with a request: whom it is for, what must hold, what may be spent.
// Facts of one question, never stored and never logged.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/catalog/fit.hpp"
#include "b2a/domain/fit.hpp"
#include "b2a/domain/food.hpp"
#include "b2a/domain/size.hpp"

namespace b2a::shopping {

/// A size that somebody wears, as shops write it.
struct StatedSize {
    std::string label;                       // "M", "38"
    std::optional<domain::Garment> garment;  // absent: of everything that comes in sizes
    friend bool operator==(StatedSize const&, StatedSize const&) = default;
};

/// One person of the household. A size is judged by measurements and owned garments where the brand has a chart, by
/// the stated labels where it has none.
struct Member {
    std::string id;  // "anna": what the request calls them
    domain::Body body;
    std::vector<catalog::OwnedGarment> owns;
    std::vector<StatedSize> sizes;
    std::optional<domain::Audience> audience;
    std::vector<domain::Allergen> avoid;
    std::vector<domain::Diet> diets;
};

struct Destination {
    std::string country;  // ISO 3166-1 alpha-2
    std::string region;
    std::string postal_code;
    friend bool operator==(Destination const&, Destination const&) = default;
};

/// Everything that is given must hold. `members` are those whom the request is for, out of its household.
struct Need {
    std::vector<Member> members;
    std::vector<domain::Allergen> avoid;  // of everybody, besides what each member avoids
    std::vector<domain::Diet> diets;
    bool accept_traces = false;       // may_contain is enough for who avoids; unknown never is
    std::vector<std::string> colors;  // OR-ed, like the two below
    std::vector<std::string> styles;
    std::vector<std::string> occasions;
    std::optional<std::int64_t> price_max_minor;   // of one piece, in `currency`
    std::optional<std::int64_t> budget_max_minor;  // of everything, delivery included where `ship_to` is known
    Currency currency;
    std::optional<Destination> ship_to;
    std::optional<std::chrono::year_month_day> needed_by;  // the day on which it must have arrived, UTC
    std::int64_t quantity = 1;                             // pieces of each
};

/// Equal for equal needs, whatever the catalog says about them.
std::uint64_t fingerprint(Need const& need);

}  // namespace b2a::shopping
