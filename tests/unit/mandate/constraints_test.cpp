// SPDX-License-Identifier: Apache-2.0
#include "mandate/constraints.hpp"

#include "mandate/periods.hpp"
#include "unit/mandate/maker.hpp"

namespace b2a::mandate::testing {
namespace {

/// The fault of a purchase of two mugs for 30 USD under `constraint`.
std::optional<Fault> fault_of(Value const& constraint, std::function<void(Recipe&)> const& change = {}) {
    Recipe recipe;
    recipe.constraints = Value::array({constraint});
    if (change) change(recipe);
    return recipe.fault();
}
constexpr auto fine = std::nullopt;

std::vector<Draw> draws_of(Value const& constraints, Timestamp now = at(now_seconds)) {
    Recipe recipe;
    recipe.constraints = constraints;
    recipe.now = now;
    recipe.open["iat"] = 1'700'000'000;
    recipe.open["exp"] = 1'900'000'000;
    recipe.binding["iat"] = 1'700'000'000;
    auto const judgement = recipe.judge(recipe.build());
    EXPECT_NE(judgement.accepted(), nullptr) << judgement.refusal()->detail;
    return judgement.accepted() == nullptr ? std::vector<Draw>{} : judgement.accepted()->draws;
}

TEST(Constraints, LineItemsAreAFlow) {
    using Items = std::vector<Purchase::Item>;
    auto const both = [](std::int64_t quantity) { return Requirement{{"red", "blue"}, quantity}; };
    EXPECT_TRUE(fulfils(Items{{"red", 1}, {"socks", 1}}, {both(1), {{"socks"}, 1}}));
    EXPECT_FALSE(fulfils(Items{{"red", 1}, {"blue", 1}}, {both(1), {{"socks"}, 1}}));
    EXPECT_FALSE(fulfils(Items{{"red", 1}}, {both(1), {{"socks"}, 1}})) << "not in full";
    EXPECT_FALSE(fulfils(Items{{"red", 2}, {"socks", 1}}, {both(1), {{"socks"}, 1}})) << "more than was asked for";
    EXPECT_FALSE(fulfils({}, {}));
    // A greedy match would give red to the first requirement and leave the second without.
    EXPECT_TRUE(fulfils(Items{{"red", 1}, {"blue", 1}}, {both(1), {{"red"}, 1}}));
    EXPECT_TRUE(fulfils(Items{{"red", 2}, {"blue", 3}}, {both(4), {{"red"}, 1}}));
    EXPECT_FALSE(fulfils(Items{{"red", 1}, {"blue", 3}}, {both(2), {{"red"}, 2}}));
    EXPECT_TRUE(fulfils(Items{{"red", 1}, {"red", 1}}, {both(1), both(1)})) << "two lines of one item";
}

TEST(Constraints, LineItemsOfAMandate) {
    EXPECT_EQ(fault_of(Recipe::items({{"mug", "cup"}}, 2)), fine);
    EXPECT_EQ(fault_of(Recipe::items({{"mug"}}, 1)), Fault::items);
    EXPECT_EQ(fault_of(Recipe::items({{"cup"}}, 2)), Fault::items);
    EXPECT_EQ(fault_of({{"type", "checkout.line_items"}, {"items", Value::array()}}), Fault::constraint_unresolved);
    auto hidden = Recipe::items({{"mug"}}, 2);
    hidden["items"][0]["acceptable_items"] = Value::array({{{"...", digest("x")}}});
    EXPECT_EQ(fault_of(hidden), Fault::constraint_unresolved) << "nothing is disclosed";
    auto partly = Recipe::items({{"mug"}}, 2);
    partly["items"][0]["acceptable_items"].push_back({{"...", digest("x")}});
    EXPECT_EQ(fault_of(partly), fine) << "enough is disclosed";
    auto requirement = Recipe::items({{"mug"}}, 2);
    requirement["items"].push_back({{"...", digest("x")}});
    EXPECT_EQ(fault_of(requirement), Fault::constraint_unresolved);
    auto zero = Recipe::items({{"mug"}}, 0);
    EXPECT_EQ(fault_of(zero), Fault::constraint_unresolved);
}

TEST(Constraints, MerchantsAndPayees) {
    for (auto const* type : {"checkout.allowed_merchants", "payment.allowed_payees"}) {
        auto const of = [&](Value const& entry) { return Value{{"type", type}, {"allowed", Value::array({entry})}}; };
        EXPECT_EQ(fault_of(of({{"id", "shop.example"}, {"name", "X"}})), fine);
        EXPECT_EQ(fault_of(of({{"name", "Shop"}, {"website", "https://SHOP.example/"}})), fine);
        EXPECT_EQ(fault_of(of({{"id", "other"}, {"website", "https://shop.example"}})), Fault::merchant)
            << "an id that is there decides";
        EXPECT_EQ(fault_of(of({{"id", ""}, {"name", "Shop"}})), Fault::merchant);
        EXPECT_EQ(fault_of(of({{"name", "Shop"}})), Fault::merchant);
        EXPECT_EQ(fault_of(of({{"...", digest("x")}})), Fault::constraint_unresolved);
        EXPECT_EQ(fault_of({{"type", type}}), Fault::constraint_unresolved);
    }
}

TEST(Constraints, AmountsAreIntegersInOneCurrency) {
    auto const of = [](Value const& max, Value const& more = Value::object()) {
        Value out{{"type", "payment.amount_range"}, {"currency", "USD"}, {"max", max}};
        out.update(more);
        return out;
    };
    EXPECT_EQ(fault_of(of(3000)), fine);
    EXPECT_EQ(fault_of(of(2999)), Fault::amount);
    EXPECT_EQ(fault_of(of(5000, {{"min", 3000}})), fine);
    EXPECT_EQ(fault_of(of(5000, {{"min", 3001}})), Fault::amount);
    EXPECT_EQ(fault_of(of(5000, {{"currency", "EUR"}})), Fault::amount);
    for (Value const& max : {Value(30.5), Value("3000"), Value(nullptr), Value(1e300)})
        EXPECT_EQ(fault_of(of(max)), Fault::constraint_unresolved) << max;
    EXPECT_EQ(fault_of(of(5000, {{"min", 1.5}})), Fault::constraint_unresolved);
}

TEST(Constraints, InstrumentsPispsAndDates) {
    auto const instrument = [](std::string const& id) {
        return Value{{"type", "payment.allowed_payment_instruments"}, {"allowed", Value::array({{{"id", id}}})}};
    };
    EXPECT_EQ(fault_of(instrument("card_1")), fine);
    EXPECT_EQ(fault_of(instrument("card_2")), Fault::instrument);
    EXPECT_EQ(fault_of({{"type", "payment.allowed_pisps"}, {"allowed", Value::array({{{"domain_name", "x"}}})}}),
              Fault::instrument);
    // 1'800'000'000 is 2027-01-15T08:00:00Z.
    auto const date = [](char const* name, char const* value) {
        return Value{{"type", "payment.execution_date"}, {name, value}};
    };
    EXPECT_EQ(fault_of(date("not_before", "2027-01-15")), fine);
    EXPECT_EQ(fault_of(date("not_before", "2027-01-16")), Fault::date);
    EXPECT_EQ(fault_of(date("not_after", "2027-01-15")), fine) << "the whole day";
    EXPECT_EQ(fault_of(date("not_after", "2027-01-15T07:59:59Z")), Fault::date);
    EXPECT_EQ(fault_of(date("not_after", "soon")), Fault::constraint_unresolved);
    EXPECT_EQ(fault_of({{"type", "payment.reference"}, {"conditional_transaction_id", digest("x")}}),
              Fault::other_checkout);
}

TEST(Constraints, UnknownOrHiddenFails) {
    EXPECT_EQ(fault_of({{"type", "checkout.delivery_window"}}), Fault::constraint_unresolved);
    EXPECT_EQ(fault_of({{"max", 1}}), Fault::constraint_unresolved);
    EXPECT_EQ(fault_of("x"), Fault::constraint_unresolved);
    EXPECT_EQ(fault_of({{"...", digest("x")}}), Fault::constraint_unresolved);
    auto partly = Recipe::items({{"mug"}}, 2);
    partly["_sd"] = Value::array({digest("x")});
    EXPECT_EQ(fault_of(partly), Fault::constraint_unresolved);
    EXPECT_EQ(fault_of({{"type", "payment.agent_recurrence"}, {"frequency", "HOURLY"}}), Fault::constraint_unresolved);
}

TEST(Constraints, BudgetsAreDrawnInMinorUnits) {
    auto const budget = [](Value const& max, char const* currency = "USD") {
        return Value{{"type", "payment.budget"}, {"max", max}, {"currency", currency}};
    };
    auto const draws =
        draws_of(Value::array({budget(100.5), {{"type", "payment.agent_recurrence"}, {"frequency", "ON_DEMAND"}}}));
    ASSERT_EQ(draws.size(), 1U) << "it may be used again";
    EXPECT_EQ(draws[0].name, "mandate/budget");
    EXPECT_EQ(draws[0].amount, 3000);
    EXPECT_EQ(draws[0].cap, 10050);
    EXPECT_EQ(draws_of(Value::array({budget(100)})).size(), 2U) << "without a recurrence it has one use";
    EXPECT_EQ(fault_of(budget(30)), fine);
    EXPECT_EQ(fault_of(budget(29.99)), Fault::amount);
    EXPECT_EQ(fault_of(budget(100, "EUR")), Fault::amount);
    EXPECT_EQ(fault_of(budget(100.505)), Fault::constraint_unresolved) << "a tenth of a cent";
    EXPECT_EQ(fault_of(budget("100")), Fault::constraint_unresolved);
    EXPECT_EQ(fault_of(budget(-1)), Fault::constraint_unresolved);
    EXPECT_EQ(fault_of(budget(1e30)), Fault::constraint_unresolved);
    EXPECT_EQ(fault_of(budget(100, "XYZ")), Fault::constraint_unresolved);
}

TEST(Constraints, RecurrenceIsOneUseAPeriod) {
    auto const draws = [](char const* time) {
        return draws_of(
            Value::array({{{"type", "payment.agent_recurrence"}, {"frequency", "MONTHLY"}, {"max_occurrences", 12}}}),
            *from_rfc3339(time));
    };
    auto const first = draws("2026-11-03T10:00:00Z");
    auto const again = draws("2026-11-30T23:59:59Z");
    auto const later = draws("2026-12-01T00:00:00Z");
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[0].name, "mandate/occurrences");
    EXPECT_EQ(first[0].cap, 12);
    EXPECT_EQ(first[0].key, later[0].key);
    EXPECT_EQ(first[1].cap, 1);
    EXPECT_EQ(first[1].key, again[1].key);
    EXPECT_NE(first[1].key, later[1].key);
    EXPECT_EQ(first[1].expires, *from_rfc3339("2026-12-01T00:00:00Z"));
    EXPECT_EQ(fault_of({{"type", "payment.agent_recurrence"}, {"frequency", "DAILY"}, {"max_occurrences", 0}}),
              Fault::used_up);
}

TEST(Periods, AreThoseOfTheCalendar) {
    auto const period = [](char const* frequency, char const* time) {
        auto const got = period_at(*frequency_from_text(frequency), *from_rfc3339(time));
        return got ? got->name + " " + to_rfc3339(got->end).substr(0, 10) : std::string();
    };
    EXPECT_EQ(period("DAILY", "2026-11-24T23:59:59Z"), "2026-11-24 2026-11-25");
    EXPECT_EQ(period("WEEKLY", "2026-11-24T00:00:00Z"), "2026-11-23 2026-11-30") << "from Monday";
    EXPECT_EQ(period("WEEKLY", "2026-11-23T00:00:00Z"), "2026-11-23 2026-11-30");
    EXPECT_EQ(period("MONTHLY", "2028-02-29T12:00:00Z"), "2028-02-01 2028-03-01");
    EXPECT_EQ(period("QUARTERLY", "2026-11-24T00:00:00Z"), "2026-10-01 2027-01-01");
    EXPECT_EQ(period("ANNUALLY", "2026-11-24T00:00:00Z"), "2026-01-01 2027-01-01");
    EXPECT_EQ(period("BIWEEKLY", "2026-11-24T00:00:00Z").size(), 21U);
    EXPECT_EQ(period("ON_DEMAND", "2026-11-24T00:00:00Z"), "");
}

}  // namespace
}  // namespace b2a::mandate::testing
