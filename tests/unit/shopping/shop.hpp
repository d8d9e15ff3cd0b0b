// SPDX-License-Identifier: Apache-2.0
// A small shop for questions about needs: a dress in sizes, food with and without declarations, a lamp.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "b2a/shopping/assess.hpp"

namespace b2a::test {

inline Currency const usd = *Currency::parse("USD");
inline Currency const eur = *Currency::parse("EUR");
inline Timestamp const monday = *from_rfc3339("2026-11-30T12:00:00Z");

inline domain::Variant a_variant(std::string id, std::vector<domain::OptionValue> options = {},
                                 std::int64_t minor = 1'000) {
    domain::Variant variant;
    variant.id = std::move(id);
    variant.options = std::move(options);
    variant.offers.push_back({{minor, usd}, {minor, usd}});
    return variant;
}

inline domain::Product a_product(std::string id, std::vector<domain::Variant> variants = {}) {
    domain::Product product;
    product.id = product.title = id;
    product.variants = std::move(variants);
    if (product.variants.empty()) product.variants.push_back(a_variant(id + "-v"));
    return product;
}

inline domain::Product a_food(std::string id, std::vector<std::pair<domain::Allergen, domain::AllergenStatus>> stated,
                              bool complete) {
    auto product = a_product(std::move(id));
    product.food.emplace();
    for (auto const& [allergen, status] : stated) product.food->allergens.set(allergen, status);
    if (complete) product.food->allergens.mark_complete();
    return product;
}

/// S, M and L for women of 840 to 959 mm around the chest, in steps of 40.
inline domain::SizeChart a_chart() {
    using enum domain::Measurement;
    domain::SizeChart chart;
    chart.id = "north-dresses";
    chart.brand = "North";
    chart.garment = domain::Garment::dress;
    chart.audience = domain::Audience::women;
    std::int32_t from = 840;
    for (auto const* label : {"S", "M", "L"}) {
        chart.rows.push_back(
            {label, {}, {{chest, from, from + 39}, {waist, from - 180, from - 141}, {hip, from + 80, from + 119}}});
        from += 40;
    }
    return chart;
}

inline domain::Product a_dress(std::string id, std::string brand) {
    std::vector<domain::Variant> variants;
    for (auto const* size : {"S", "M", "L"}) variants.push_back(a_variant(id + "-" + size, {{"size", size}}, 9'900));
    auto product = a_product(std::move(id), std::move(variants));
    product.brand = std::move(brand);
    product.attributes = {{"garment", std::string("dress")}, {"audience", std::string("women")}};
    return product;
}

inline domain::ShippingMethod a_method(std::string id, std::int32_t days_max) {
    domain::ShippingMethod method;
    method.id = std::move(id);
    method.countries = {"US"};
    method.prices = {{500, usd}};
    method.days_min = 1;
    method.days_max = days_max;
    return method;
}

inline shopping::Member a_member(std::string id) {
    shopping::Member member;
    member.id = std::move(id);
    return member;
}

inline shopping::Need a_need() {
    shopping::Need need;
    need.currency = usd;
    return need;
}

/// What an assessor says about one variant, found by ids.
class Judge {
  public:
    Judge(std::shared_ptr<catalog::Snapshot const> shop, shopping::Need need) :
        shop_(std::move(shop)),
        need_(std::move(need)),
        assessor_(shopping::Assessor::prepare(*shop_, need_, monday).value()) {}

    [[nodiscard]] shopping::Outcome outcome(std::string_view variant,
                                            std::optional<std::size_t> member = std::nullopt) const {
        return assessor_.outcome(index(variant), member);
    }
    [[nodiscard]] std::vector<shopping::Verdict> all(std::string_view variant) const {
        return assessor_.verdicts(index(variant));
    }
    /// The verdict about one constraint; nothing if there is none.
    [[nodiscard]] std::optional<shopping::Verdict> about(shopping::Constraint constraint,
                                                         std::string_view variant) const {
        auto const verdicts = all(variant);
        auto const found = std::ranges::find(verdicts, constraint, &shopping::Verdict::constraint);
        return found == verdicts.end() ? std::nullopt : std::optional(*found);
    }

  private:
    [[nodiscard]] std::uint32_t index(std::string_view variant) const {
        return shop_->find_variant(variant).value().variant_index;
    }

    std::shared_ptr<catalog::Snapshot const> shop_;
    shopping::Need need_;
    shopping::Assessor assessor_;
};

}  // namespace b2a::test
