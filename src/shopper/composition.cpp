// SPDX-License-Identifier: Apache-2.0
#include "shopper/composition.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "b2a/base/limits.hpp"
#include "b2a/json/writer.hpp"

#include "shopper/answer.hpp"

namespace b2a::shopper {
namespace {

Result<BasketLine> read_line(json::View view) {
    BasketLine line;
    line.slot = text_at(view, {"slot"});
    line.member = text_at(view, {"member"});
    line.variant_id = text_at(view, {"variant", "id"});
    line.title = text_at(view, {"variant", "title"});
    auto const quantity = integer_at(view, {"quantity"});
    line.day = integer_at(view, {"day"}).value_or(1);
    auto const price = money_at(view, {"unit_price"});
    if (line.variant_id.empty() || !price || !quantity || *quantity < 1 || *quantity > limits::line_quantity_max)
        return misbehaved("a line of a basket without its item, price or quantity");
    line.quantity = *quantity;
    line.price = *price;
    B2A_TRY(verdicts, read_verdicts(view));
    line.verdicts = std::move(verdicts);
    B2A_CHECK(each_at(view, {"reasons"}, [&](json::View reason) -> Result<void> {
        auto const text = reason.as_string();
        if (text && text->size() <= limits::shopper_text_bytes_max) line.reasons.emplace_back(*text);
        return {};
    }));
    return std::move(line);
}

Result<Money> sum_of(std::vector<BasketLine> const& lines) {
    Money sum{0, lines.front().price.currency};
    for (auto const& line : lines) {
        B2A_TRY(part, multiply(line.price, line.quantity));
        B2A_TRY(next, add(sum, part));
        sum = next;
    }
    return sum;
}

void tell(Report& report, Basket const& basket) {
    for (auto const& line : basket.lines) {
        report.detail(fmt::format("{}{}{}: {} x {} at {}", line.day > 1 ? fmt::format("day {}, ", line.day) : "",
                                  line.slot, line.member.empty() ? "" : " for " + line.member, line.quantity,
                                  line.title, to_text(line.price)));
        for (auto const& verdict : line.verdicts) report.detail("    " + to_text(verdict));
        for (auto const& reason : line.reasons) report.detail("    because " + reason);
    }
    report.detail(fmt::format("together {}, delivered {}{}", to_text(basket.total), to_text(basket.landed),
                              basket.optimal ? "; the gateway says that nothing better is possible" : ""));
    if (!basket.rest.empty()) report.detail("second best: " + basket.rest);
}

/// Why the shopper does not stand behind that basket.
std::optional<std::string> objection(Basket const& basket, DemandsOf const& demands, Money budget) {
    if (basket.total.currency != budget.currency) return "it is in another currency";
    if (std::max(basket.total.minor, basket.landed.minor) > budget.minor) return "it costs more than the budget";
    for (auto const& line : basket.lines)
        if (auto const why = objection(line.verdicts, demands(line))) return line.title + ": " + *why;
    return std::nullopt;
}

Result<std::optional<Basket>> ask(Gateway& gateway, std::string const& body, Report& report) {
    B2A_TRY(answer, gateway.post("/b2a/v1/compose", body));
    B2A_TRY(basket, read_basket(answer.root));
    if (!basket) {
        report.detail("nothing satisfies all of it");
        for (auto const& advice : read_advice(answer.root)) report.detail(advice);
    }
    return std::move(basket);
}

}  // namespace

Result<std::optional<Basket>> read_basket(json::View answer) {
    auto const best = at(answer, {"best"});
    if (!best || best->is(json::Kind::null)) return std::optional<Basket>();
    Basket basket;
    B2A_CHECK(each_at(*best, {"lines"}, [&](json::View view) -> Result<void> {
        B2A_TRY(line, read_line(view));
        basket.lines.push_back(std::move(line));
        return {};
    }));
    if (basket.lines.empty()) return misbehaved("a basket without lines");
    B2A_TRY(sum, sum_of(basket.lines));
    basket.total = sum;
    auto const landed = money_at(*best, {"totals", "total"});
    if (money_at(*best, {"totals", "subtotal"}) != std::optional(sum) || !landed)
        return misbehaved("the lines of the basket do not add up to its total");
    basket.landed = *landed;
    if (auto const second = money_at(answer, {"runner_up", "totals", "total"}))
        basket.rest = "for " + to_text(*second) + " in all";
    basket.optimal = at(answer, {"optimal"}).value_or(json::View()).as_bool().value_or(false);
    return std::optional(std::move(basket));
}

std::vector<std::string> read_advice(json::View answer) {
    std::vector<std::string> out;
    auto const concession = [](json::View one) {
        auto const to = money_at(one, {"to"});
        auto const subject = text_at(one, {"subject"});
        return text_at(one, {"kind"}) + (subject.empty() ? "" : " of " + subject) + (to ? " of " + to_text(*to) : "");
    };
    auto const relaxations = each_at(answer, {"relaxations"}, [&](json::View relaxation) -> Result<void> {
        std::string text;
        B2A_CHECK(each_at(relaxation, {"concessions"}, [&](json::View one) -> Result<void> {
            text += (text.empty() ? "" : " and another ") + concession(one);
            return {};
        }));
        out.push_back("it would be possible with another " + text);
        return {};
    });
    auto const blocked = each_at(answer, {"blocked_by"}, [&](json::View one) -> Result<void> {
        out.push_back(fmt::format("in the way of {}: {} {} {} fails {} times and is unknown {} times",
                                  text_at(one, {"slot"}), text_at(one, {"constraint"}), text_at(one, {"subject"}),
                                  text_at(one, {"member"}), integer_at(one, {"fails"}).value_or(0),
                                  integer_at(one, {"unknown"}).value_or(0)));
        return {};
    });
    if (!relaxations || !blocked) out.emplace_back("the rest of its advice is malformed");
    return out;
}

Result<Found> compose_everywhere(Trip& trip, ComposeQuestion const& question, DemandsOf const& demands) {
    std::optional<Found> found;
    for (std::size_t i = 0; i < trip.gateways.size(); ++i) {
        auto& gateway = trip.gateways[i];
        trip.report.step("asked " + gateway.title() + ":");
        auto basket = ask(gateway, question.body, trip.report);
        if (!basket) {
            trip.report.detail("no basket: " + basket.error().detail);
            continue;
        }
        if (!*basket) continue;
        tell(trip.report, **basket);
        if (auto const why = objection(**basket, demands, question.budget)) {
            trip.report.detail("not taken: " + *why);
            continue;
        }
        auto const rank = [](Basket const& b) {
            return std::pair(-static_cast<std::int64_t>(b.lines.size()), b.landed.minor);
        };
        if (!found || rank(**basket) < rank(found->basket)) found = Found{i, *std::move(*basket)};
    }
    if (!found) return unreachable("no gateway has a basket that keeps to everything");
    return *std::move(found);
}

Result<void> order_found(Trip& trip, Found const& found, Errand errand) {
    auto& gateway = trip.gateways[found.gateway];
    trip.report.step("chosen: " + gateway.title());
    for (auto const& line : found.basket.lines) errand.items.push_back({line.variant_id, line.quantity});
    B2A_CHECK(buy(gateway, trip.household, errand, trip.report));
    return {};
}

std::string slots_body(SlotQuestion const& question) {
    std::string body;
    json::Writer out(body);
    out.begin_object();
    write_people(out, question.people, Telling::food);
    write_need(out, question.wish);
    out.key("slots").begin_array();
    for (auto const& slot : question.slots) {
        out.begin_object().member("name", slot.name).key("categories").begin_array().value(slot.category).end_array();
        out.member("quantity", slot.quantity).member("per_person", slot.whose == SlotFor::each);
        out.member("required", true).end_object();
    }
    out.end_array();
    if (!question.varied.empty()) {
        out.key("rules").begin_array().begin_object().member("type", "max_per_product");
        out.key("slots").begin_array().value(question.varied).end_array();
        out.member("count", question.times_max).end_object().end_array();
    }
    if (question.days > 1) out.member("days", question.days);
    if (question.wish.budget) out.member("currency", question.wish.budget->currency.code());
    out.end_object();
    return body;
}

std::vector<Person const*> people_of(BasketLine const& line, std::vector<Person const*> const& all) {
    std::vector<Person const*> out;
    for (auto const* person : all)
        if (person->id == line.member) out.push_back(person);
    return line.member.empty() || out.empty() ? all : out;
}

}  // namespace b2a::shopper
