// SPDX-License-Identifier: Apache-2.0
// An evening look: the brands say what belongs together, their charts say which size, the shopper takes the look that
// fills most places for least.
#include <fmt/format.h>

#include "b2a/json/writer.hpp"

#include "shopper/answer.hpp"
#include "shopper/composition.hpp"
#include "shopper/question.hpp"

namespace b2a::shopper {
namespace {

std::string look_body(Person const& person, Wish const& wish) {
    std::string body;
    json::Writer out(body);
    out.begin_object();
    write_people(out, {&person}, Telling::sizes);
    write_need(out, wish);
    out.member("occasion", "evening").member("currency", wish.budget->currency.code()).end_object();
    return body;
}

}  // namespace

Result<void> evening_look(Trip& trip) {
    B2A_TRY(budget, budget_of(trip, "evening-look"));
    B2A_TRY(person, person_for(trip, [](Person const& p) { return !p.styles.empty() && !p.measurements.empty(); }));
    Wish wish;
    wish.styles = person->styles;
    wish.budget = budget;
    wish.ship_to = &trip.household.ship_to;
    trip.report.step(fmt::format("an evening look for {}, at most {}", person->name, to_text(budget)));
    B2A_TRY(found, compose_everywhere(trip, {look_body(*person, wish), budget},
                                      [](BasketLine const&) { return std::vector<Demand>{}; }));
    return order_found(trip, found, {{}, budget, std::nullopt});
}

}  // namespace b2a::shopper
