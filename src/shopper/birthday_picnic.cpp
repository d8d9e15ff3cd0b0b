// SPDX-License-Identifier: Apache-2.0
// A picnic for the whole household on the next birthday: what everybody shares suits everybody, what each gets suits
// them, and each item proves it.
#include <fmt/format.h>

#include "b2a/json/writer.hpp"

#include "shopper/answer.hpp"
#include "shopper/composition.hpp"
#include "shopper/question.hpp"

namespace b2a::shopper {
namespace {

constexpr int days_to_deliver = 7;
constexpr std::int64_t people_per_main = 2;  // a picnic is shared

std::vector<SlotWish> const& picnic_slots() {
    static std::vector<SlotWish> const slots{{"main", "Prepared/Mains", 1, SlotFor::each},
                                             {"drink", "Drinks/Soft drinks", 1, SlotFor::each},
                                             {"salad", "Prepared/Salads", 2, SlotFor::everybody},
                                             {"bread", "Bakery/Bread", 2, SlotFor::everybody},
                                             {"fruit", "Fruit & Vegetables/Fruit", 1, SlotFor::everybody},
                                             {"cake", "Sweets/Cakes", 1, SlotFor::everybody}};
    return slots;
}

}  // namespace

Result<void> birthday_picnic(Trip& trip) {
    B2A_TRY(budget, budget_of(trip, "birthday-picnic"));
    auto const birthday = trip.household.next_birthday(trip.today, days_to_deliver);
    if (!birthday) return unreachable("nobody's birthday is known");
    std::vector<Person const*> everybody;
    for (auto const& person : trip.household.members) everybody.push_back(&person);

    Wish wish;
    wish.budget = budget;
    wish.ship_to = &trip.household.ship_to;
    wish.needed_by = birthday->second;
    trip.report.step(fmt::format("{}'s birthday is on {}: a picnic for {}, at most {}", birthday->first->name,
                                 to_text(birthday->second), everybody.size(), to_text(budget)));
    for (auto const& demand : food_demands(everybody))
        trip.report.detail(
            fmt::format("{}: {} {}", demand.member, demand.constraint == "allergen" ? "no" : "only", demand.subject));
    auto const body = slots_body({everybody, picnic_slots(), wish, "main", people_per_main, 1});
    B2A_TRY(found, compose_everywhere(trip, {body, budget}, [&](BasketLine const& line) {
                return food_demands(people_of(line, everybody));
            }));
    return order_found(trip, found, {{}, budget, wish.needed_by});
}

}  // namespace b2a::shopper
