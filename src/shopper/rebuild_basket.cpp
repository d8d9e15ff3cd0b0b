// SPDX-License-Identifier: Apache-2.0
// A past order as it can be bought today, together with a list of codes and words: the same where it is still there,
// else what replaced it, else what can stand in for it, and what is gone is said to be gone.
#include <algorithm>

#include <fmt/format.h>

#include "b2a/base/limits.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/web/message.hpp"

#include "shopper/answer.hpp"
#include "shopper/question.hpp"
#include "shopper/scenarios.hpp"
#include "shopper/verdicts.hpp"

namespace b2a::shopper {
namespace {

/// The people whose allergies and diets count: what is bought for the household may end on anybody's plate.
std::vector<Person const*> everybody(Household const& household) {
    std::vector<Person const*> out;
    for (auto const& person : household.members)
        if (!person.avoid.empty()) out.push_back(&person);
    return out;
}

std::string name_of(Wanted const& wanted) {
    return wanted.gtin.empty() ? "\"" + wanted.text + "\"" : "GTIN " + wanted.gtin;
}

/// The first variant in stock that a search for the words finds.
Result<Item> find(Gateway& gateway, Wanted const& wanted, Currency currency) {
    B2A_TRY(answer, gateway.get(fmt::format("/b2a/v1/search?q={}&in_stock=true&currency={}&limit=1",
                                            web::percent_encode(wanted.text), currency.code())));
    Item item{{}, wanted.quantity};
    B2A_CHECK(each_at(answer.root, {"items"}, [&](json::View found) -> Result<void> {
        return each_at(found, {"matching_variants"}, [&](json::View variant) -> Result<void> {
            if (item.variant_id.empty()) item.variant_id = text_at(variant, {"id"});
            return {};
        });
    }));
    if (item.variant_id.empty()) return unreachable("nothing is found for " + name_of(wanted));
    return std::move(item);
}

/// A past to start from: an order of what the household always buys.
Result<std::string> first_order(Trip& trip, Gateway& gateway, Money budget) {
    Errand errand{{}, budget, std::nullopt};
    for (auto const& wanted : trip.household.usual) {
        if (wanted.text.empty()) continue;
        B2A_TRY(item, find(gateway, wanted, trip.household.currency));
        trip.report.detail(fmt::format("{} x {} for {}", item.quantity, item.variant_id, name_of(wanted)));
        errand.items.push_back(item);
    }
    B2A_TRY(placed, buy(gateway, trip.household, errand, trip.report));
    return std::move(placed.id);
}

void write_frame(json::Writer& out, Trip const& trip) {
    if (auto const people = everybody(trip.household); !people.empty()) write_people(out, people, Telling::food);
    Wish wish;
    wish.ship_to = &trip.household.ship_to;
    write_need(out, wish);
    out.member("currency", trip.household.currency.code());
}

std::string order_body(Trip const& trip, std::string const& order) {
    std::string body;
    json::Writer out(body);
    out.begin_object().member("order_id", order);
    write_frame(out, trip);
    out.end_object();
    return body;
}

std::string list_body(Trip const& trip) {
    std::string body;
    json::Writer out(body);
    out.begin_object().key("items").begin_array();
    for (auto const& wanted : trip.household.list) {
        out.begin_object().member_if("gtin", wanted.gtin).member_if("text", wanted.text);
        out.member("quantity", wanted.quantity).end_object();
    }
    out.end_array();
    write_frame(out, trip);
    out.end_object();
    return body;
}

/// One line of the answer, told, and put into the basket where it can be bought.
Result<void> take_line(json::View line, std::vector<Item>& basket, Report& report) {
    static constexpr std::string_view outcomes[] = {"exact", "newer_model", "substitute", "gone"};
    auto const outcome = text_at(line, {"outcome"});
    if (std::ranges::find(outcomes, outcome) == std::end(outcomes)) return misbehaved("a line without an outcome");
    auto const asked = text_at(line, {"asked", "name"});
    if (outcome == "gone") {
        report.detail(fmt::format("{}: gone", asked));
        return {};
    }
    auto const quantity = integer_at(line, {"quantity"});
    Item item{text_at(line, {"variant", "id"}), quantity.value_or(0)};
    if (item.variant_id.empty() || item.quantity < 1 || item.quantity > limits::line_quantity_max)
        return misbehaved("a line without its item or quantity");
    report.detail(fmt::format("{}: {}, {} x {}", asked, outcome, item.quantity, text_at(line, {"variant", "title"})));
    B2A_TRY(verdicts, read_verdicts(line));
    if (auto const why = objection(verdicts, {})) {
        report.detail("    not taken: " + *why);
        return {};
    }
    basket.push_back(std::move(item));
    return {};
}

Result<void> rebuild(Gateway& gateway, std::string const& body, std::vector<Item>& basket, Report& report) {
    B2A_TRY(answer, gateway.post("/b2a/v1/rebuild", body));
    return each_at(answer.root, {"lines"}, [&](json::View line) { return take_line(line, basket, report); });
}

}  // namespace

Result<void> rebuild_basket(Trip& trip) {
    B2A_TRY(budget, budget_of(trip, "rebuild-basket"));
    auto& gateway = trip.gateways.front();
    auto order = trip.order;
    if (order.empty()) {
        trip.report.step("a first order at " + gateway.title() + ", to have a past:");
        B2A_TRY(placed, first_order(trip, gateway, budget));
        order = std::move(placed);
    }
    std::vector<Item> basket;
    trip.report.step("order " + order + " as it can be bought today:");
    B2A_CHECK(rebuild(gateway, order_body(trip, order), basket, trip.report));
    if (!trip.household.list.empty()) {
        trip.report.step("and what is on the list:");
        B2A_CHECK(rebuild(gateway, list_body(trip), basket, trip.report));
    }
    B2A_CHECK(buy(gateway, trip.household, {basket, budget, std::nullopt}, trip.report));
    return {};
}

}  // namespace b2a::shopper
