// SPDX-License-Identifier: Apache-2.0
// Whatever is asked for: nothing that the need forbids gets into the basket, and never more than there is.
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/shopping/rebuild.hpp"

#include "unit/shopping/boutique.hpp"

namespace b2a::shopping {
namespace {

RebuildQuery any_query() {
    RebuildQuery query;
    query.need.currency = *rc::gen::element(testing::usd, test::eur);
    auto const count = *rc::gen::inRange(1, 8);
    for (int i = 0; i < count; ++i) {
        AskedLine line;
        line.by = *rc::gen::element(NamedBy::id, NamedBy::id, NamedBy::gtin, NamedBy::sku, NamedBy::text);
        line.name =
            *rc::gen::element<std::string>("jacket-m", "jacket-gone", "jacket-1-m", "butter-v", "mystery", "MO-1",
                                           "4006381333931", "spread", "rain jacket", "nothing", "jacket-0");
        line.quantity = *rc::gen::inRange<std::int64_t>(1, 8);
        query.lines.push_back(std::move(line));
    }
    if (*rc::gen::arbitrary<bool>()) query.need.avoid = {domain::Allergen::milk};
    if (*rc::gen::arbitrary<bool>()) query.need.colors = {"Black"};
    return query;
}

RC_GTEST_PROP(RebuildProperty, NothingThatTheNeedForbidsIsBought, ()) {
    auto const query = any_query();
    auto const& shop = *testing::boutique();
    auto const basket = rebuild(shop, query, testing::noon);
    RC_ASSERT(basket.ok());
    RC_ASSERT(basket->lines.size() == query.lines.size());
    std::map<std::uint32_t, std::int64_t> bought;
    for (auto const& line : basket->lines) {
        RC_ASSERT(line.variant.has_value() == (line.outcome != Rebuilt::gone));
        if (!line.variant) continue;
        for (auto const& verdict : line.constraints) RC_ASSERT(verdict.outcome == Outcome::holds);
        RC_ASSERT(line.quantity >= 1 && line.quantity <= query.lines[line.asked].quantity);
        RC_ASSERT(domain::find_offer(*line.variant->variant, query.need.currency) != nullptr);
        bought[line.variant->variant_index] += line.quantity;
    }
    for (auto const& [variant, quantity] : bought)
        if (auto const stock = shop.stock(variant)) RC_ASSERT(quantity <= *stock);
    auto const again = rebuild(shop, query, testing::noon);
    for (std::size_t i = 0; i < basket->lines.size(); ++i) {
        auto const& a = basket->lines[i].variant;
        auto const& b = again->lines[i].variant;
        RC_ASSERT(a.has_value() == b.has_value() && (!a || a->variant_index == b->variant_index));
    }
}

}  // namespace
}  // namespace b2a::shopping
