// SPDX-License-Identifier: Apache-2.0
// Whatever the shop and the question: no basket has a line that breaks a constraint or of which nobody knows, nor costs
// more than the budget, and what it costs is what its lines cost.
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/shopping/compose.hpp"

#include "shop.hpp"

namespace b2a::shopping {
namespace {

using domain::Allergen;
using domain::AllergenStatus;

bool maybe() {
    return *rc::gen::arbitrary<bool>();
}

domain::Product any_product(std::size_t at) {
    auto product =
        maybe() ? test::a_dress("p" + std::to_string(at), "North") : test::a_product("p" + std::to_string(at));
    product.categories = {*rc::gen::element("A", "B")};
    if (maybe()) {
        auto& food = product.food.emplace();
        for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
            food.allergens.set(static_cast<Allergen>(*rc::gen::inRange(0, 3)),
                               static_cast<AllergenStatus>(*rc::gen::inRange(0, 4)));
        if (maybe()) food.allergens.mark_complete();
    }
    if (maybe()) product.attributes.push_back({"vegan", maybe()});
    if (maybe()) product.attributes.push_back({"color", std::string(*rc::gen::element("Black", "Blue", "Red"))});
    if (maybe())
        product.edges = {{domain::EdgeType::goes_with, "p" + std::to_string(*rc::gen::inRange(0, 8)), "file:edges",
                          static_cast<std::uint32_t>(*rc::gen::inRange(0, 1'000'001))}};
    for (auto& variant : product.variants) {
        auto const minor = *rc::gen::inRange(0, 30) * 100;
        variant.offers[0] = {{minor, test::usd}, {minor, test::usd}};
        if (*rc::gen::inRange(0, 8) == 0) variant.delivery = domain::Delivery::digital;
    }
    return product;
}

std::shared_ptr<catalog::Snapshot const> any_shop() {
    catalog::CatalogData data;
    data.size_charts = {test::a_chart()};
    auto post = test::a_method("post", *rc::gen::inRange(1, 6));
    if (maybe()) post.free_above = {{*rc::gen::inRange(1, 60) * 100, test::usd}};
    data.shipping = {post, test::a_method("courier", 1)};
    data.shipping[1].prices = {{*rc::gen::inRange(0, 20) * 100, test::usd}};
    if (maybe()) data.taxes = {{"US", "", *rc::gen::inRange(0, 200'000), "Tax"}};
    if (maybe()) data.promotions.emplace_back().id = "auto";
    if (!data.promotions.empty()) {
        data.promotions[0].rate_ppm = *rc::gen::inRange(0, 500'000);
        if (maybe()) data.promotions[0].subtotal_min = {{*rc::gen::inRange(1, 40) * 100, test::usd}};
    }
    catalog::StockLevels stock;
    for (std::size_t i = 0; i < 8; ++i) {
        data.products.push_back(any_product(i));
        if (maybe()) stock[data.products.back().variants[0].id] = *rc::gen::inRange(0, 4);
    }
    return catalog::Snapshot::build(std::move(data), stock);
}

Member any_member(std::string id) {
    auto member = test::a_member(std::move(id));
    if (maybe()) member.sizes = {{*rc::gen::element("S", "M"), std::nullopt}};
    if (maybe()) member.avoid = {static_cast<Allergen>(*rc::gen::inRange(0, 3))};
    if (maybe()) member.diets = {domain::Diet::vegan};
    return member;
}

ComposeSlot any_slot(std::size_t at, std::vector<Member> const& members) {
    ComposeSlot slot;
    slot.name = "s" + std::to_string(at);
    slot.categories = {*rc::gen::element("A", "B")};
    if (maybe()) slot.products = {"p" + std::to_string(*rc::gen::inRange(0, 8))};
    slot.required = maybe();
    slot.quantity = *rc::gen::inRange(1, 3);
    if (maybe()) slot.price_max_minor = *rc::gen::inRange(0, 30) * 100;
    if (maybe()) slot.per_person = true;
    else if (!members.empty() && maybe()) slot.member = members.front().id;
    return slot;
}

ComposeQuery any_query() {
    ComposeQuery query;
    query.need = test::a_need();
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) query.need.members.push_back(any_member(std::to_string(i)));
    if (maybe()) query.need.avoid = {static_cast<Allergen>(*rc::gen::inRange(0, 3))};
    query.need.accept_traces = maybe();
    if (maybe()) query.need.budget_max_minor = *rc::gen::inRange(0, 100) * 100;
    if (maybe()) query.need.ship_to = Destination{*rc::gen::element("US", "BR"), "", ""};
    if (maybe()) query.need.price_max_minor = *rc::gen::inRange(0, 30) * 100;
    for (std::size_t i = 0; i < *rc::gen::inRange<std::size_t>(1, 4); ++i)
        query.slots.push_back(any_slot(i, query.need.members));
    query.days = *rc::gen::inRange<std::uint32_t>(1, 3);
    if (maybe())
        query.rules = {{ComposeRule::Type::max_per_product, {}, *rc::gen::inRange<std::uint32_t>(1, 3), {}, {}}};
    if (maybe())
        query.rules.push_back(
            {ComposeRule::Type::same_color, {}, 1, {}, maybe() ? std::optional<std::int64_t>(9'000) : std::nullopt});
    query.work_max = 100'000;
    return query;
}

std::optional<std::size_t> index_of(Need const& need, std::string const& member) {
    for (std::size_t m = 0; m < need.members.size(); ++m)
        if (need.members[m].id == member) return m;
    return std::nullopt;
}

bool is_free_from(domain::Product const& product, Allergen allergen, bool accept_traces) {
    auto const status = product.food ? product.food->allergens.status(allergen) : AllergenStatus::unknown;
    return status == AllergenStatus::free_from || (accept_traces && status == AllergenStatus::may_contain);
}

void check_line(catalog::Snapshot const& shop, ComposeQuery const& query, ComposedLine const& line) {
    auto const member = index_of(query.need, line.member);
    for (auto const& verdict : line.constraints) RC_ASSERT(verdict.outcome == Outcome::holds);
    auto const assessor = Assessor::prepare(shop, query.need, test::monday);
    RC_ASSERT(assessor->outcome(line.ref.variant_index, member) == Outcome::holds);
    if (!shop.is_worn(line.ref.variant_index)) {
        for (auto const allergen : query.need.avoid)
            RC_ASSERT(is_free_from(*line.ref.product, allergen, query.need.accept_traces));
        for (std::size_t m = 0; m < query.need.members.size(); ++m)
            if (!member || *member == m)
                for (auto const allergen : query.need.members[m].avoid)
                    RC_ASSERT(is_free_from(*line.ref.product, allergen, query.need.accept_traces));
    }
    auto const& slot = query.slots.at(line.slot);
    RC_ASSERT(line.quantity == slot.quantity);
    if (slot.price_max_minor) RC_ASSERT(line.unit_minor <= *slot.price_max_minor);
    RC_ASSERT(line.unit_minor == domain::find_offer(*line.ref.variant, test::usd)->price.minor);
}

void check_basket(catalog::Snapshot const& shop, ComposeQuery const& query, Basket const& basket) {
    std::int64_t goods = 0;
    std::int64_t points = 0;
    std::map<std::uint32_t, std::int64_t> pieces;
    std::map<std::string, std::uint32_t> uses;
    for (auto const& line : basket.lines) {
        check_line(shop, query, line);
        goods += line.unit_minor * line.quantity;
        pieces[line.ref.variant_index] += line.quantity;
        ++uses[line.ref.product->id];
        for (auto const& factor : line.factors) points += factor.points;
    }
    for (auto const& bond : basket.bonds) points += bond.points;
    RC_ASSERT(points == basket.score);
    for (auto const& [variant, count] : pieces)
        if (auto const stock = shop.stock(variant)) RC_ASSERT(count <= *stock);
    for (auto const& rule : query.rules)
        for (auto const& [product, count] : uses)
            if (rule.type == ComposeRule::Type::max_per_product) RC_ASSERT(count <= rule.count);
    std::int64_t sum = 0;
    for (auto const& total : basket.landed.totals) {
        if (total.kind == domain::TotalKind::subtotal) RC_ASSERT(total.minor == goods);
        if (total.kind != domain::TotalKind::total) sum += total.minor;
    }
    if (!basket.lines.empty()) RC_ASSERT(basket.landed.total.minor == sum);
    if (query.need.budget_max_minor) RC_ASSERT(basket.landed.total.minor <= *query.need.budget_max_minor);
}

RC_GTEST_PROP(ComposeProperty, NoBasketBreaksAConstraint, ()) {
    auto const shop = any_shop();
    auto const query = any_query();
    auto const result = compose(*shop, query, test::monday);
    if (!result.ok()) RC_FAIL(result.error().detail + " at " + result.error().pointer);
    for (auto const* basket : {&result->best, &result->runner_up})
        if (*basket) check_basket(*shop, query, **basket);
    if (result->best && result->runner_up) RC_ASSERT(result->runner_up->score <= result->best->score);
    RC_CLASSIFY(result->best.has_value(), "possible");
}

/// A question with what a relaxation gives up.
ComposeQuery relaxed(ComposeQuery query, Relaxation const& relaxation) {
    std::vector<std::size_t> slots, rules;
    for (auto const& concession : relaxation) switch (concession.kind) {
            case Concession::Kind::budget: query.need.budget_max_minor = concession.minor; break;
            case Concession::Kind::price_max:
                query.need.price_max_minor.reset();
                for (auto& slot : query.slots) slot.price_max_minor.reset();
                break;
            case Concession::Kind::slot: slots.push_back(concession.index); break;
            case Concession::Kind::rule: rules.push_back(concession.index); break;
            default: break;
        }
    std::ranges::sort(slots, std::greater<>());
    for (auto const at : slots) query.slots.erase(query.slots.begin() + static_cast<std::ptrdiff_t>(at));
    std::ranges::sort(rules, std::greater<>());
    for (auto const at : rules) query.rules.erase(query.rules.begin() + static_cast<std::ptrdiff_t>(at));
    return query;
}

RC_GTEST_PROP(ComposeProperty, WhatIsAdvisedHelps, ()) {
    auto const shop = any_shop();
    auto const query = any_query();
    auto const result = compose(*shop, query, test::monday);
    if (!result.ok()) RC_FAIL(result.error().detail + " at " + result.error().pointer);
    if (result->best) RC_ASSERT(result->relaxations.empty());
    for (auto const& relaxation : result->relaxations) {
        auto const other = relaxed(query, relaxation);
        RC_ASSERT(compose(*shop, other, test::monday)->best.has_value());
        auto const budget = std::ranges::find(relaxation, Concession::Kind::budget, &Concession::kind);
        if (budget == relaxation.end()) continue;
        auto less = other;
        less.need.budget_max_minor = *budget->minor - 1;
        RC_ASSERT(*budget->minor == 0 || !compose(*shop, less, test::monday)->best.has_value());
    }
}

}  // namespace
}  // namespace b2a::shopping
