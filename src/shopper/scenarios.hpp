// SPDX-License-Identifier: Apache-2.0
// What the shopper can be sent to do. A scenario asks every gateway, says what it heard and why it chose, and is done
// only when an order is placed and its receipt verified; any other end is an error that says why.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"

#include "shopper/gateway.hpp"
#include "shopper/household.hpp"
#include "shopper/purchase.hpp"
#include "shopper/report.hpp"

namespace b2a::shopper {

struct Trip {
    std::vector<Gateway>& gateways;  // at least one
    Household const& household;
    Report& report;
    Day today;
    std::optional<Money> budget;  // instead of the household's
    std::string person;           // whom it is for, instead of the scenario's own choice
    std::string order;            // of the past, for rebuild-basket
};

struct Scenario {
    std::string_view name;
    std::string_view goal;
    Result<void> (*run)(Trip&);
};

/// By name: birthday-picnic, evening-look, lunch-week, rebuild-basket, swimsuit-sizes.
std::vector<Scenario> const& scenarios();

Result<void> birthday_picnic(Trip& trip);
Result<void> evening_look(Trip& trip);
Result<void> lunch_week(Trip& trip);
Result<void> rebuild_basket(Trip& trip);
Result<void> swimsuit_sizes(Trip& trip);

/// What may be spent: the trip's own budget, else the household's for that scenario; unreachable where there is none.
Result<Money> budget_of(Trip const& trip, std::string const& scenario);
/// The person whom the trip names; else the first one whom `suits` likes.
Result<Person const*> person_for(Trip const& trip, bool (*suits)(Person const&));

}  // namespace b2a::shopper
