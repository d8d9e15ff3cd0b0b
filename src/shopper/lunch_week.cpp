// SPDX-License-Identifier: Apache-2.0
// Five lunches for somebody with a diet: a different main dish each day, within the budget.
#include <fmt/format.h>

#include "b2a/json/writer.hpp"

#include "shopper/answer.hpp"
#include "shopper/composition.hpp"
#include "shopper/question.hpp"

namespace b2a::shopper {
namespace {

constexpr std::int64_t lunches = 5;

std::vector<SlotWish> const& lunch_slots() {
    static std::vector<SlotWish> const slots{{"main", "Prepared/Mains", 1, SlotFor::everybody},
                                             {"drink", "Drinks/Soft drinks", 1, SlotFor::everybody}};
    return slots;
}

}  // namespace

Result<void> lunch_week(Trip& trip) {
    B2A_TRY(budget, budget_of(trip, "lunch-week"));
    B2A_TRY(person, person_for(trip, [](Person const& p) { return !p.diets.empty(); }));
    std::vector<Person const*> const eaters{person};
    Wish wish;
    wish.budget = budget;
    wish.ship_to = &trip.household.ship_to;
    std::string diets;
    for (auto const& diet : person->diets) diets += (diets.empty() ? "" : ", ") + diet;
    trip.report.step(fmt::format("{} lunches for {} ({}), at most {}", lunches, person->name, diets, to_text(budget)));
    auto const body = slots_body({eaters, lunch_slots(), wish, "main", 1, lunches});
    B2A_TRY(found, compose_everywhere(trip, {body, budget},
                                      [&](BasketLine const& line) { return food_demands(people_of(line, eaters)); }));
    return order_found(trip, found, {{}, budget, std::nullopt});
}

}  // namespace b2a::shopper
