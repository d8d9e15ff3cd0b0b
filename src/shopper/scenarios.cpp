// SPDX-License-Identifier: Apache-2.0
#include "shopper/scenarios.hpp"

#include <algorithm>

#include "shopper/answer.hpp"

namespace b2a::shopper {

std::vector<Scenario> const& scenarios() {
    static std::vector<Scenario> const list{
        {"birthday-picnic", "A picnic for everybody, with what each of them must avoid", &birthday_picnic},
        {"evening-look", "An evening look in the right sizes, within the budget", &evening_look},
        {"lunch-week", "Five lunches that keep to a diet, within the budget", &lunch_week},
        {"rebuild-basket", "A past basket as it can be bought today", &rebuild_basket},
        {"swimsuit-sizes", "The swimsuit that fits best, over brands that number differently", &swimsuit_sizes},
    };
    return list;
}

Result<Money> budget_of(Trip const& trip, std::string const& scenario) {
    if (trip.budget) return *trip.budget;
    auto const found = trip.household.budgets.find(scenario);
    if (found == trip.household.budgets.end()) return unreachable("the household has no budget for " + scenario);
    return Money{found->second, trip.household.currency};
}

Result<Person const*> person_for(Trip const& trip, bool (*suits)(Person const&)) {
    if (!trip.person.empty()) {
        auto const* const named = trip.household.find(trip.person);
        if (!named) return Error(Code::invalid_request, trip.person + " is not in the household");
        return named;
    }
    auto const found = std::ranges::find_if(trip.household.members, suits);
    if (found == trip.household.members.end()) return unreachable("the household has nobody for that");
    return &*found;
}

}  // namespace b2a::shopper
