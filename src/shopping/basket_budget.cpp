// SPDX-License-Identifier: Apache-2.0
#include "shopping/basket_budget.hpp"

#include <algorithm>

#include "b2a/shopping/landed.hpp"

namespace b2a::shopping {
namespace {

/// Goods that cost so much and are nothing else.
domain::Product goods_of(std::int64_t minor, Currency currency, domain::Delivery delivery) {
    domain::Product product;
    product.id = "goods";
    auto& variant = product.variants.emplace_back();
    variant.id = delivery == domain::Delivery::digital ? "digital" : "physical";
    variant.delivery = delivery;
    variant.offers.push_back({Money{minor, currency}, Money{minor, currency}});
    return product;
}

}  // namespace

BasketTotals::BasketTotals(catalog::Snapshot const& snapshot, Need const& need, Timestamp now, Travel travel) :
    snapshot_(snapshot), need_(need), now_(now), travel_(travel), steps_{0} {
    auto const note = [&](std::vector<Money> const& amounts) {
        for (auto const& amount : amounts)
            if (amount.currency == need.currency && amount.minor > 0) steps_.push_back(amount.minor);
    };
    for (auto const& method : snapshot.data().shipping) note(method.free_above);
    for (auto const& promotion : snapshot.data().promotions) note(promotion.subtotal_min);
    std::ranges::sort(steps_);
    steps_.erase(std::unique(steps_.begin(), steps_.end()), steps_.end());
}

Result<std::int64_t> BasketTotals::total(std::int64_t goods) const {
    auto const first = goods_of(goods, need_.currency,
                                travel_ == Travel::shipped ? domain::Delivery::physical : domain::Delivery::digital);
    auto const second = goods_of(0, need_.currency, domain::Delivery::physical);
    auto const& data = snapshot_.data();
    domain::PricingFacts facts;
    LandedQuery query{{}, need_.currency, need_.ship_to, need_.needed_by, {}, now_};
    auto const add = [&](domain::Product const& product) {
        facts.lines.push_back({&product.variants.front(), &product, std::nullopt});
        query.lines.push_back({product.variants.front().id, 1});
    };
    add(first);
    if (travel_ == Travel::mixed) add(second);
    facts.promotions = &data.promotions;
    facts.shipping = &data.shipping;
    facts.taxes = &data.taxes;
    facts.legal = &data.legal;
    facts.catalog_revision = snapshot_.revision();
    facts.now = now_;
    B2A_TRY(landed, landed_cost(facts, query));
    return landed.total.minor;
}

std::vector<CostSpan> BasketTotals::within(std::int64_t budget, std::int64_t most) const {
    std::vector<CostSpan> spans;
    auto const fits = [&](std::int64_t goods) {
        auto const all = total(goods);
        return all.ok() && *all <= budget;
    };
    for (std::size_t i = 0; i < steps_.size() && steps_[i] <= most; ++i) {
        if (!fits(steps_[i])) continue;
        // Between two steps the total grows with the goods.
        auto low = steps_[i];
        auto high = i + 1 < steps_.size() ? std::min(steps_[i + 1] - 1, most) : most;
        while (low < high) {
            auto const middle = low + (high - low + 1) / 2;
            if (fits(middle)) low = middle;
            else high = middle - 1;
        }
        if (!spans.empty() && spans.back().max + 1 == steps_[i]) spans.back().max = low;
        else spans.push_back({steps_[i], low});
    }
    return spans;
}

}  // namespace b2a::shopping
