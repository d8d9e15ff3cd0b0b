// SPDX-License-Identifier: Apache-2.0
// Shops and needs as rapidcheck makes them up.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "shop.hpp"

namespace b2a::test {

template <class E>
E any_of_first(int count) {
    return static_cast<E>(*rc::gen::inRange(0, count));
}

inline domain::Product any_product(std::size_t at) {
    auto product =
        *rc::gen::arbitrary<bool>() ? a_dress("p" + std::to_string(at), "North") : a_product("p" + std::to_string(at));
    if (*rc::gen::arbitrary<bool>()) {
        auto& food = product.food.emplace();
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
            food.allergens.set(any_of_first<domain::Allergen>(4), any_of_first<domain::AllergenStatus>(4));
        if (*rc::gen::arbitrary<bool>()) food.allergens.mark_complete();
        if (*rc::gen::arbitrary<bool>())
            food.diets = {{any_of_first<domain::Diet>(5), any_of_first<domain::DietStatus>(3), ""}};
    }
    if (*rc::gen::arbitrary<bool>()) product.attributes.push_back({"vegan", *rc::gen::arbitrary<bool>()});
    if (*rc::gen::arbitrary<bool>())
        product.attributes.push_back({"color", std::string(*rc::gen::element("Black", "Navy", "Red stripe"))});
    for (auto& variant : product.variants) variant.offers[0].price.minor = *rc::gen::inRange(1, 30) * 1'000;
    return product;
}

inline std::shared_ptr<catalog::Snapshot const> any_shop() {
    catalog::CatalogData data;
    data.size_charts = {a_chart()};
    data.shipping = {a_method("post", *rc::gen::inRange(1, 6))};
    catalog::StockLevels stock;
    for (std::size_t i = 0; i < 6; ++i) {
        data.products.push_back(any_product(i));
        if (*rc::gen::arbitrary<bool>()) stock[data.products.back().variants[0].id] = *rc::gen::inRange(0, 4);
    }
    return catalog::Snapshot::build(std::move(data), stock);
}

inline shopping::Member any_member(std::string id) {
    auto member = a_member(std::move(id));
    if (*rc::gen::arbitrary<bool>())
        RC_ASSERT(member.body.measure(domain::Measurement::chest, *rc::gen::inRange(700, 1'100)).ok());
    if (*rc::gen::arbitrary<bool>()) member.sizes = {{*rc::gen::element("S", "M", "40"), std::nullopt}};
    if (*rc::gen::arbitrary<bool>()) member.avoid = {any_of_first<domain::Allergen>(4)};
    if (*rc::gen::arbitrary<bool>()) member.diets = {any_of_first<domain::Diet>(5)};
    return member;
}

inline shopping::Need any_need() {
    auto need = a_need();
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) need.members.push_back(any_member(std::to_string(i)));
    if (*rc::gen::arbitrary<bool>()) need.avoid = {any_of_first<domain::Allergen>(4)};
    need.accept_traces = *rc::gen::arbitrary<bool>();
    if (*rc::gen::arbitrary<bool>()) need.colors = {*rc::gen::element("blue", "Black")};
    if (*rc::gen::arbitrary<bool>()) need.price_max_minor = *rc::gen::inRange(0, 30) * 1'000;
    if (*rc::gen::arbitrary<bool>()) need.ship_to = shopping::Destination{*rc::gen::element("US", "BR"), "", ""};
    if (*rc::gen::arbitrary<bool>())
        need.needed_by = std::chrono::sys_days(std::chrono::floor<std::chrono::days>(monday)) +
                         std::chrono::days(*rc::gen::inRange(0, 7));
    need.quantity = *rc::gen::inRange(1, 4);
    return need;
}

}  // namespace b2a::test
