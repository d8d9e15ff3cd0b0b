// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/compare.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/shopping/boutique.hpp"

namespace b2a::shopping {
namespace {

using testing::boutique;
using testing::noon;

CompareQuery of(std::vector<std::string> items, std::vector<Weight> weights = {}) {
    CompareQuery query;
    query.items = std::move(items);
    query.weights = std::move(weights);
    query.need.currency = testing::usd;
    return query;
}

Comparison compared(CompareQuery const& query) {
    auto out = compare(*boutique(), query, noon);
    EXPECT_TRUE(out.ok()) << (out ? "" : out.error().detail + " " + out.error().pointer);
    return out ? std::move(*out) : Comparison();
}

std::string refused_at(CompareQuery const& query) {
    auto const out = compare(*boutique(), query, noon);
    return out ? "" : out.error().pointer + " " + out.error().reason;
}

std::string winner_of(Comparison const& comparison) {
    if (!comparison.arbitration || comparison.arbitration->ranking.empty()) return "";
    return comparison.items[comparison.arbitration->ranking.front()].ref.variant->id;
}

Row const& row(Comparison const& comparison, std::string_view name) {
    static Row const none;
    auto const found = std::ranges::find(comparison.rows, name, &Row::name);
    return found == comparison.rows.end() ? none : *found;
}

TEST(Compare, AttributesStandInOneUnitAndSayWhetherTheyDiffer) {
    auto const out = compared(of({"jacket-m", "other-m", "butter-v"}));
    auto const& weight = row(out, "weight");
    ASSERT_EQ(weight.cells.size(), 3U);
    EXPECT_EQ(std::get<Number>(weight.cells[0].value), (Number{500'000, "g"}));
    EXPECT_EQ(std::get<Number>(weight.cells[1].value), (Number{340'194, "g"}));
    EXPECT_FALSE(weight.cells[2].known());
    EXPECT_TRUE(weight.differs);
    auto const same = compared(of({"jacket-m", "jacket-l"}));
    EXPECT_FALSE(row(same, "waterproof").differs);
    EXPECT_FALSE(row(same, "color").differs);
    EXPECT_TRUE(row(same, "size").differs);
}

TEST(Compare, SameWorthInAnotherUnitIsNoDifference) {
    auto data = testing::boutique_data();
    data.products[0].attributes[2].value = domain::Quantity{5, 1, "kg"};
    data.products[1].attributes[2].value = domain::Quantity{500, 0, "g"};
    auto const shop = catalog::Snapshot::build(std::move(data), {});
    auto const out = compare(*shop, of({"jacket-m", "other-m"}), noon).value();
    EXPECT_FALSE(row(out, "weight").differs);
}

TEST(Compare, AProductStandsForItsBestVariant) {
    auto query = of({"other", "jacket"});
    EXPECT_EQ(compared(query).items[0].ref.variant->id, "other-s") << "the cheapest in stock";
    query.need.members = {{}};
    query.need.members[0].id = "anna";
    query.need.members[0].sizes = {{"M", std::nullopt}};
    auto const out = compared(query);
    EXPECT_EQ(out.items[0].ref.variant->id, "other-m");
    EXPECT_EQ(out.items[1].ref.variant->id, "jacket-m");
}

TEST(Compare, WeightsDecideAndSayWhatWouldChangeThat) {
    auto query = of({"jacket-m", "other-m", "light-m"}, {{"price", 1}});
    EXPECT_EQ(winner_of(compared(query)), "jacket-m");
    query.weights = {{"price", 1}, {"attribute:weight", -3}};
    auto const out = compared(query);
    EXPECT_EQ(winner_of(out), "light-m");
    auto const criterion = std::ranges::find(out.criteria, "price", &Criterion::name) - out.criteria.begin();
    auto const turn = out.arbitration->sensitivity.at(static_cast<std::size_t>(criterion)).above;
    ASSERT_TRUE(turn);
    query.weights[0].weight = turn->weight;
    EXPECT_EQ(winner_of(compared(query)), out.items[turn->winner].ref.variant->id);
    query.weights[0].weight = turn->weight - 1;
    EXPECT_EQ(winner_of(compared(query)), "light-m");
}

TEST(Compare, WithoutWeightsNobodyWins) {
    EXPECT_FALSE(compared(of({"jacket-m", "other-m"})).arbitration);
}

TEST(Compare, WhatFailsOrIsUnknownNeverWins) {
    auto query = of({"butter-v", "margarine-v", "mystery-v"}, {{"nutrient:fat", 5}});
    EXPECT_EQ(winner_of(compared(query)), "butter-v");
    query.need.avoid = {domain::Allergen::milk};
    auto const out = compared(query);
    EXPECT_EQ(winner_of(out), "margarine-v");
    EXPECT_EQ(out.arbitration->ranking.size(), 1U) << "unknown is not free from it";
    EXPECT_FALSE(out.items[2].may_win);
    EXPECT_FALSE(out.items[1].dominated_by);
}

TEST(Compare, WhatCannotBeBoughtAsAskedForDoesNotWin) {
    auto query = of({"jacket-gone", "jacket-m"}, {{"price", 1}});
    EXPECT_EQ(winner_of(compared(query)), "jacket-m");
    query.need.quantity = 6;
    auto const out = compared(query);
    EXPECT_EQ(winner_of(out), "");
    EXPECT_FALSE(out.items[1].enough_stock);
    EXPECT_EQ(out.items[1].landed->total.minor, 60'000);
    query.need.quantity = 1;
    query.need.ship_to = Destination{"NZ", {}, {}};
    EXPECT_EQ(winner_of(compared(query)), "") << "nobody ships there";
}

TEST(Compare, ABudgetIsOfEverythingAtTheDoor) {
    auto query = of({"jacket-m", "other-s"}, {{"price", 1}});
    query.need.ship_to = Destination{"US", "NY", {}};
    query.need.budget_max_minor = 11'000;
    auto const out = compared(query);
    EXPECT_EQ(out.items[0].landed->total.minor, 11'550);
    EXPECT_EQ(out.items[0].constraints.back().outcome, Outcome::fails);
    EXPECT_EQ(out.items[1].constraints.back().outcome, Outcome::holds);
    EXPECT_EQ(winner_of(out), "other-s");
}

TEST(Compare, TheParetoSetCountsWhatHoldsAboveWhatFails) {
    auto query = of({"butter-v", "margarine-v", "mystery-v"});
    query.need.avoid = {domain::Allergen::milk};
    auto const out = compared(query);
    EXPECT_FALSE(out.items[1].dominated_by);
    EXPECT_EQ(out.items[0].dominated_by, 1U) << "dearer, and it contains milk";
    EXPECT_EQ(out.items[2].dominated_by, 1U);
}

TEST(Compare, ReturnsFollowTheLaw) {
    auto data = testing::boutique_data();
    data.legal.exempt = {{"Deli", domain::WithdrawalExemption::perishable}};
    auto shop = catalog::Snapshot::build(data, {});
    auto out = compare(*shop, of({"jacket-m", "butter-v", "pattern"}), noon).value();
    EXPECT_EQ(out.items[0].returns.days, 14);
    EXPECT_EQ(out.items[1].returns.days, 0);
    EXPECT_EQ(out.items[1].returns.exemption, domain::WithdrawalExemption::perishable);
    EXPECT_EQ(out.items[2].returns.exemption, domain::WithdrawalExemption::digital_content);
    data.legal.eu_consumer_law = false;
    shop = catalog::Snapshot::build(data, {});
    EXPECT_FALSE(compare(*shop, of({"jacket-m", "butter-v"}), noon).value().items[0].returns.by_law);
}

TEST(Compare, RefusesWhatMakesNoSense) {
    EXPECT_EQ(refused_at(of({"jacket-m", "nothing"})), "/items/1 unknown_item");
    EXPECT_EQ(refused_at(of({"jacket-m", "jacket-m"})), "/items/1 same_item");
    EXPECT_EQ(refused_at(of({"jacket-m", "other-m"}, {{"delivery", 1}})), "/weights/delivery no_destination");
    EXPECT_EQ(refused_at(of({"jacket-m", "other-m"}, {{"attribute:a/b", 1}})),
              "/weights/attribute:a~1b unknown_criterion");
    EXPECT_EQ(refused_at(of({"jacket-m", "other-m"}, {{"attribute:color", 1}})),
              "/weights/attribute:color unknown_criterion")
        << "a text has no better end";
    auto query = of({"jacket-m", "other-m"});
    query.shipping_method = "balloon";
    EXPECT_EQ(refused_at(query), "/shipping_method unknown_shipping_method");
}

TEST(Compare, UnitPricesOfAnotherKindDoNotCount) {
    auto data = testing::boutique_data();
    for (auto& product : data.products)
        if (product.id == "mystery") product.food->net_content = "500 ml";
    auto const shop = catalog::Snapshot::build(std::move(data), {});
    auto const query = of({"butter-v", "margarine-v", "mystery-v"}, {{"unit_price", 1}});
    auto const out = compare(*shop, query, noon).value();
    EXPECT_EQ(winner_of(out), "margarine-v") << "1,400 a kilogram; 780 a litre is another thing";
    EXPECT_EQ(out.items[1].unit_price->amount.minor, 1'400);
}

RC_GTEST_PROP(CompareProperty, NothingUnsuitableEverWins, ()) {
    auto const ids = *rc::gen::suchThat(rc::gen::unique<std::vector<std::string>>(rc::gen::element<std::string>(
                                            "jacket-m", "jacket-l", "jacket-gone", "other-s", "light-m", "butter-v",
                                            "margarine-v", "mystery-v", "pattern")),
                                        [](auto const& items) { return items.size() >= 2; });
    auto query = of(ids, {{"price", *rc::gen::inRange<std::int64_t>(0, 5)}, {"returns", 1}});
    if (*rc::gen::arbitrary<bool>()) query.need.avoid = {domain::Allergen::milk};
    if (*rc::gen::arbitrary<bool>()) query.need.colors = {"Black"};
    if (*rc::gen::arbitrary<bool>()) query.need.budget_max_minor = *rc::gen::inRange<std::int64_t>(100, 20'000);
    query.need.quantity = *rc::gen::inRange<std::int64_t>(1, 7);
    auto const out = compare(*boutique(), query, noon);
    RC_ASSERT(out.ok());
    for (auto const i : out->arbitration->ranking)
        for (auto const& verdict : out->items[i].constraints) RC_ASSERT(verdict.outcome == Outcome::holds);
}

}  // namespace
}  // namespace b2a::shopping
