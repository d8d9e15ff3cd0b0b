// SPDX-License-Identifier: Apache-2.0
// An M is not an M: sizes of a garment over brands, from measurements, then the candidates compared as purchases.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "b2a/json/writer.hpp"

#include "shopper/answer.hpp"
#include "shopper/question.hpp"
#include "shopper/scenarios.hpp"

namespace b2a::shopper {
namespace {

constexpr std::size_t brands_min = 3;
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
        Candidate one{text_at(item, {"product", "brand"}), text_at(item, {"product", "title"}), text_at(item, {"size"}),
                      integer_at(item, {"confidence_ppm"}).value_or(0), {}};
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

}  // namespace

Result<void> swimsuit_sizes(Trip& trip) {
    B2A_TRY(budget, budget_of(trip, "swimsuit-sizes"));
    B2A_TRY(person, person_for(trip, [](Person const& p) { return p.audience == "women" && !p.measurements.empty(); }));
    (void)budget;
    auto const question = fit_body(*person, trip.household.currency);
    std::set<std::string> brands;
    for (auto& gateway : trip.gateways) {
        trip.report.step("asked " + gateway.title() + " which sizes fit " + person->name + ":");
        auto const found = candidates_at(gateway, question, trip.report);
        if (!found) {
            trip.report.detail("no answer: " + found.error().detail);
            continue;
        }
        for (auto const& one : *found) brands.insert(one.brand);
    }
    if (brands.size() < brands_min) return unreachable("fewer than three brands have a size that fits");
    return unreachable("not yet");
}

}  // namespace b2a::shopper
