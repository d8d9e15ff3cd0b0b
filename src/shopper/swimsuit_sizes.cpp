// SPDX-License-Identifier: Apache-2.0
// An M is not an M: sizes of a garment over brands, from measurements, then the candidates compared as purchases.
#include <set>

#include <fmt/format.h>

#include "b2a/json/writer.hpp"

#include "shopper/answer.hpp"
#include "shopper/question.hpp"
#include "shopper/scenarios.hpp"
#include "shopper/verdicts.hpp"

namespace b2a::shopper {
namespace {

constexpr std::size_t brands_min = 3;
constexpr std::size_t compared_min = 2;  // what a gateway compares at least, and at most
constexpr std::size_t compared_max = 20;

struct Candidate {
    std::string brand;
    std::string title;
    std::string size;
    std::int64_t confidence_ppm = 0;
    std::string variant_id;
};

std::string fit_body(Person const& person, Currency currency) {
    std::string body;
    json::Writer out(body);
    out.begin_object().key("person").begin_object().key("measurements").begin_object();
    for (auto const& [name, mm] : person.measurements) out.member(name, mm);
    out.end_object().end_object().member("garment", "swimsuit").member_if("audience", person.audience);
    out.member("in_stock", true).member("currency", currency.code()).member("sizes_per_product", 1);
    out.member("limit", 20).end_object();
    return body;
}

/// Whether the chart that is shown says so too: the body within the range, for each measurement that decides.
Result<std::string> check_ranges(json::View item) {
    std::string shown;
    B2A_CHECK(each_at(item, {"deciding"}, [&](json::View part) -> Result<void> {
        auto const low = integer_at(part, {"range", "min_mm"});
        auto const high = integer_at(part, {"range", "max_mm"});
        auto const body_low = integer_at(part, {"body", "min_mm"});
        auto const body_high = integer_at(part, {"body", "max_mm"});
        auto const name = text_at(part, {"measurement"});
        if (!low || !high || !body_low || !body_high || *body_low < *low || *body_high > *high)
            return misbehaved("a size is said to fit, but its chart does not say so: " + name);
        shown += fmt::format("{}{} {} in {}-{}", shown.empty() ? "" : ", ", name, *body_low, *low, *high);
        return {};
    }));
    if (shown.empty()) return misbehaved("a size is said to fit without a reason");
    return std::move(shown);
}

/// Sizes that fit, each variant of them a candidate; all that is heard is told.
Result<std::vector<Candidate>> candidates_at(Gateway& gateway, std::string const& question, Report& report) {
    B2A_TRY(answer, gateway.post("/b2a/v1/fit", question));
    std::vector<Candidate> out;
    B2A_CHECK(each_at(answer.root, {"items"}, [&](json::View item) -> Result<void> {
        Candidate one{text_at(item, {"product", "brand"}),
                      text_at(item, {"product", "title"}),
                      text_at(item, {"size"}),
                      integer_at(item, {"confidence_ppm"}).value_or(0),
                      {}};
        auto const verdict = text_at(item, {"verdict"});
        if (verdict != "fits") {
            report.detail(fmt::format("{} {}: {} is {}", one.brand, one.title, one.size, verdict));
            return {};
        }
        B2A_TRY(shown, check_ranges(item));
        report.detail(fmt::format("{} {}: {} fits ({}; chart {})", one.brand, one.title, one.size, shown,
                                  text_at(item, {"evidence", "size_chart"})));
        return each_at(item, {"matching_variants"}, [&](json::View variant) -> Result<void> {
            one.variant_id = text_at(variant, {"id"});
            if (!one.variant_id.empty() && out.size() < compared_max) out.push_back(one);
            return {};
        });
    }));
    return std::move(out);
}

/// The household's weights: what it pays counts more than when it comes.
std::string compare_body(Trip const& trip, Person const& person, std::vector<Candidate> const& candidates,
                         Money budget) {
    std::string body;
    json::Writer out(body);
    out.begin_object().key("items").begin_array();
    for (auto const& one : candidates) out.value(one.variant_id);
    out.end_array();
    write_people(out, {&person}, Telling::sizes);
    Wish wish;
    wish.budget = budget;
    wish.ship_to = &trip.household.ship_to;
    write_need(out, wish);
    out.key("weights").begin_object().member("price", 5).member("delivery", 2).end_object();
    out.member("currency", budget.currency.code()).end_object();
    return body;
}

struct Best {
    std::size_t gateway = 0;
    std::string variant_id;
    std::string title;
    Money landed;
};

/// Tells what an item costs at the door, and whether it is the best so far: it keeps to everything, and costs least.
Result<void> weigh(json::View item, Best one, std::optional<Best>& best, Report& report) {
    one.variant_id = text_at(item, {"variant", "id"});
    one.title = text_at(item, {"variant", "title"});
    auto const landed = money_at(item, {"landed", "totals", "total"});
    if (one.variant_id.empty() || !landed) return misbehaved("a compared item without what it costs");
    one.landed = *landed;
    B2A_TRY(verdicts, read_verdicts(item));
    auto const why = objection(verdicts, {});
    report.detail(fmt::format("{}: {} at the door by {}{}", one.title, to_text(one.landed),
                              text_at(item, {"delivery", "latest"}).substr(0, 10), why ? "; not taken: " + *why : ""));
    if (why || (best && best->landed.currency != one.landed.currency)) return {};
    if (!best || one.landed.minor < best->landed.minor) best = std::move(one);
    return {};
}

void tell_decision(json::View answer, Report& report) {
    auto const winner = text_at(answer, {"winner", "variant_id"});
    if (!winner.empty()) report.detail("by the weights price 5, delivery 2, the gateway prefers " + winner);
    auto const read = each_at(answer, {"sensitivity"}, [&](json::View one) -> Result<void> {
        for (auto const* side : {"if_less", "if_more"}) {
            auto const weight = integer_at(one, {side, "weight"});
            if (weight)
                report.detail(fmt::format("with {} {} it would be {}", text_at(one, {"criterion"}), *weight,
                                          text_at(one, {side, "winner"})));
        }
        return {};
    });
    if (!read && !winner.empty()) report.detail(read.error().detail);
}

Result<void> compare_at(Trip& trip, std::size_t index, std::string const& body, std::optional<Best>& best) {
    B2A_TRY(answer, trip.gateways[index].post("/b2a/v1/compare", body));
    B2A_CHECK(each_at(answer.root, {"items"},
                      [&](json::View item) { return weigh(item, {index, {}, {}, {}}, best, trip.report); }));
    tell_decision(answer.root, trip.report);
    return {};
}

}  // namespace

Result<void> swimsuit_sizes(Trip& trip) {
    B2A_TRY(budget, budget_of(trip, "swimsuit-sizes"));
    B2A_TRY(person, person_for(trip, [](Person const& p) { return p.audience == "women" && !p.measurements.empty(); }));
    auto const question = fit_body(*person, budget.currency);
    std::set<std::string> brands;
    std::optional<Best> best;
    for (std::size_t i = 0; i < trip.gateways.size(); ++i) {
        auto& gateway = trip.gateways[i];
        trip.report.step("asked " + gateway.title() + " which sizes fit " + person->name + ":");
        auto const found = candidates_at(gateway, question, trip.report);
        if (!found) trip.report.detail("no answer: " + found.error().detail);
        if (!found || found->size() < compared_min) continue;
        for (auto const& one : *found) brands.insert(one.brand);
        trip.report.step(fmt::format("{} pieces at {} compared, delivered:", found->size(), gateway.title()));
        auto const compared = compare_at(trip, i, compare_body(trip, *person, *found, budget), best);
        if (!compared) trip.report.detail("no answer: " + compared.error().detail);
    }
    if (brands.size() < brands_min) return unreachable("fewer than three brands have a size that fits");
    if (!best) return unreachable("no size that fits can be had within the budget");
    auto& gateway = trip.gateways[best->gateway];
    trip.report.step(fmt::format("chosen over {} brands: {} from {}", brands.size(), best->title, gateway.title()));
    B2A_CHECK(buy(gateway, trip.household, {{{best->variant_id, 1}}, budget, std::nullopt}, trip.report));
    return {};
}

}  // namespace b2a::shopper
