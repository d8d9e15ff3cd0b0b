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
    B2A_TRY(answer, gateway.get(fmt::format("/b2a/v1/search?q={}&available=true&currency={}&limit=1",
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

/// What a line was asked by.
std::string asked_name(json::View line) {
    for (auto const* by : {"title", "text", "gtin", "sku", "id"})
        if (auto name = text_at(line, {"asked", by}); !name.empty()) return name;
    return "a line";
}

/// One side of a difference: a text, or whether it is so at all.
std::string side_of(json::View difference, std::string_view name) {
    auto const side = at(difference, {name});
    auto const flag = side ? side->as_bool() : std::nullopt;
    if (flag) return *flag ? "yes" : "no";
    auto const text = text_at(difference, {name});
    return text.empty() ? "nothing" : text;
}

void tell_differences(json::View line, Report& report) {
    auto const read = each_at(line, {"differences"}, [&](json::View difference) -> Result<void> {
        report.detail(fmt::format("    {}: {} instead of {}", text_at(difference, {"name"}), side_of(difference, "now"),
                                  side_of(difference, "was")));
        return {};
    });
    auto const was = money_at(line, {"price_change", "was"});
    auto const now = money_at(line, {"price_change", "now"});
    if (was && now && *was != *now) report.detail(fmt::format("    {} instead of {}", to_text(*now), to_text(*was)));
    if (!read) report.detail("    " + read.error().detail);
}

/// One line of the answer, told, and put into the basket where it can be bought.
Result<void> take_line(json::View line, std::vector<Item>& basket, Report& report) {
    static constexpr std::string_view outcomes[] = {"exact", "newer_model", "substitute", "gone"};
    auto const outcome = text_at(line, {"outcome"});
    if (std::ranges::find(outcomes, outcome) == std::end(outcomes)) return misbehaved("a line without an outcome");
    auto const change = text_at(line, {"change"});
    auto const why = change.empty() ? std::string() : " (" + change + ")";
    if (outcome == "gone") {
        report.detail(fmt::format("{}: gone{}", asked_name(line), why));
        return {};
    }
    Item item{text_at(line, {"variant", "id"}), integer_at(line, {"quantity"}).value_or(0)};
    if (item.variant_id.empty() || item.quantity < 1 || item.quantity > limits::line_quantity_max)
        return misbehaved("a line without its item or quantity");
    report.detail(fmt::format("{}: {}{}, {} x {}", asked_name(line), outcome, why, item.quantity,
                              text_at(line, {"variant", "title"})));
    if (outcome != "exact") tell_differences(line, report);
    B2A_TRY(verdicts, read_verdicts(line));
    for (auto const& verdict : verdicts)
        if (verdict.constraint == "allergen") report.detail("    " + to_text(verdict));
    if (auto const objected = objection(verdicts, {})) {
        report.detail("    not taken: " + *objected);
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
