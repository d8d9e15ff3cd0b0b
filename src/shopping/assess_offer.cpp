// SPDX-License-Identifier: Apache-2.0
// What selling sets limits to: the price, the stock, where it may go and when it is there.
#include <algorithm>

#include "b2a/domain/commerce.hpp"

#include "shopping/check.hpp"

namespace b2a::shopping {
namespace {

using std::chrono::year_month_day;

class PriceCheck final : public Check {
  public:
    PriceCheck(Ground const& ground, std::int64_t max_minor) :
        Check(Constraint::price, to_text(Money{max_minor, ground.need.currency})),
        snapshot_(ground.snapshot),
        max_{max_minor, ground.need.currency} {}

    [[nodiscard]] std::optional<Outcome> judge(catalog::VariantRef const& ref) const override {
        auto const* offer = find_offer(*ref.variant, max_.currency);
        if (offer == nullptr) return Outcome::unknown;
        return offer->price.minor <= max_.minor ? Outcome::holds : Outcome::fails;
    }

    [[nodiscard]] Evidence evidence(catalog::VariantRef const& ref) const override {
        auto const* offer = find_offer(*ref.variant, max_.currency);
        if (offer == nullptr) return {"none", "", "no price in " + std::string(max_.currency.code())};
        auto const at = static_cast<std::size_t>(offer - ref.variant->offers.data());
        return {"offer", variant_path(snapshot_, ref) + "/offers/" + std::to_string(at) + "/price",
                to_text(offer->price)};
    }

    [[nodiscard]] catalog::Demand demand() const override { return catalog::demand::Price{max_.minor, max_.currency}; }

  private:
    catalog::Snapshot const& snapshot_;
    Money max_;
};

/// How much there is beyond what was asked for is nobody's business.
class StockCheck final : public Check {
  public:
    explicit StockCheck(Ground const& ground) :
        Check(Constraint::stock, std::to_string(ground.need.quantity)),
        snapshot_(ground.snapshot),
        quantity_(ground.need.quantity) {}

    [[nodiscard]] std::optional<Outcome> judge(catalog::VariantRef const& ref) const override {
        if (ref.variant->offers.empty()) return Outcome::fails;
        auto const stock = snapshot_.stock(ref.variant_index);
        return !stock || *stock >= quantity_ ? Outcome::holds : Outcome::fails;
    }

    [[nodiscard]] Evidence evidence(catalog::VariantRef const& ref) const override {
        auto path = variant_path(snapshot_, ref) + "/availability";
        if (ref.variant->offers.empty()) return {"offer", std::move(path), "not for sale"};
        auto const stock = snapshot_.stock(ref.variant_index);
        if (!stock) return {"stock", std::move(path), "not counted, always available"};
        return {"stock", std::move(path), *stock >= quantity_ ? "in stock" : *stock > 0 ? "too few" : "out of stock"};
    }

    [[nodiscard]] catalog::Demand demand() const override { return catalog::demand::Stock{quantity_}; }

  private:
    catalog::Snapshot const& snapshot_;
    std::int64_t quantity_;
};

bool has_price(domain::ShippingMethod const& method, Currency currency) {
    return std::ranges::any_of(method.prices,
                               [&](Money price) { return price.currency == currency && price.minor >= 0; });
}

std::string days_of(domain::ShippingMethod const& method) {
    return std::to_string(method.days_min) + " to " + std::to_string(std::max(method.days_min, method.days_max)) +
           " days";
}

/// The method that is there first; nullptr if none goes there. Ties by the order of the catalog.
domain::ShippingMethod const* fastest(Ground const& ground) {
    domain::ShippingMethod const* best = nullptr;
    if (!ground.need.ship_to) return best;
    auto const latest = [&](domain::ShippingMethod const& m) { return delivery_window(m, ground.now).latest; };
    for (auto const& method : ground.snapshot.data().shipping)
        if (serves(method, ground.need.ship_to->country) && has_price(method, ground.need.currency) &&
            (best == nullptr || latest(method) < latest(*best)))
            best = &method;
    return best;
}

class MarketCheck final : public Check {
  public:
    explicit MarketCheck(Ground const& ground) :
        Check(Constraint::market, ground.need.ship_to->country),
        snapshot_(ground.snapshot),
        currency_(ground.need.currency),
        method_(fastest(ground)) {}

    [[nodiscard]] std::optional<Outcome> judge(catalog::VariantRef const& ref) const override {
        if (find_offer(*ref.variant, currency_) == nullptr) return Outcome::fails;
        bool const reaches = ref.variant->delivery == domain::Delivery::digital || method_ != nullptr;
        return reaches ? Outcome::holds : Outcome::fails;
    }

    [[nodiscard]] Evidence evidence(catalog::VariantRef const& ref) const override {
        if (find_offer(*ref.variant, currency_) == nullptr)
            return {"offer", variant_path(snapshot_, ref) + "/offers", "no price in " + std::string(currency_.code())};
        if (ref.variant->delivery == domain::Delivery::digital)
            return {"delivery", variant_path(snapshot_, ref) + "/delivery", "digital"};
        if (method_ == nullptr) return {"shipping", "", "nothing is shipped there"};
        return {"shipping:" + method_->id, "", days_of(*method_)};
    }

    [[nodiscard]] catalog::Demand demand() const override {
        return catalog::demand::Delivery{currency_, method_ != nullptr};
    }

  private:
    catalog::Snapshot const& snapshot_;
    Currency currency_;
    domain::ShippingMethod const* method_;
};

std::string to_date(year_month_day day) {
    auto const text = to_rfc3339(Timestamp(std::chrono::sys_days(day)));
    return text.substr(0, text.find('T'));
}

class NeededByCheck final : public Check {
  public:
    explicit NeededByCheck(Ground const& ground) :
        Check(Constraint::needed_by, to_date(*ground.need.needed_by)),
        snapshot_(ground.snapshot),
        is_known_(ground.need.ship_to.has_value()),
        method_(fastest(ground)) {
        if (method_ == nullptr) return;
        arrival_ = std::chrono::floor<std::chrono::days>(delivery_window(*method_, ground.now).latest);
        in_time_ = arrival_ <= *ground.need.needed_by;
    }

    [[nodiscard]] std::optional<Outcome> judge(catalog::VariantRef const& ref) const override {
        if (ref.variant->delivery == domain::Delivery::digital) return Outcome::holds;
        if (!is_known_) return Outcome::unknown;
        return in_time_ ? Outcome::holds : Outcome::fails;
    }

    [[nodiscard]] Evidence evidence(catalog::VariantRef const& ref) const override {
        if (ref.variant->delivery == domain::Delivery::digital)
            return {"delivery", variant_path(snapshot_, ref) + "/delivery", "digital"};
        if (!is_known_) return {"none", "", "without ship_to nobody knows"};
        if (method_ == nullptr) return {"shipping", "", "nothing is shipped there"};
        return {"shipping:" + method_->id, "", "there on " + to_date(arrival_) + " at the latest"};
    }

    [[nodiscard]] catalog::Demand demand() const override {
        return catalog::demand::Delivery{std::nullopt, is_known_ && in_time_};
    }

  private:
    catalog::Snapshot const& snapshot_;
    bool is_known_;
    domain::ShippingMethod const* method_;
    year_month_day arrival_{};
    bool in_time_ = false;
};

}  // namespace

void add_offer_checks(Checks& checks, Ground const& ground) {
    auto const& need = ground.need;
    if (need.price_max_minor) checks.push_back(std::make_unique<PriceCheck>(ground, *need.price_max_minor));
    checks.push_back(std::make_unique<StockCheck>(ground));
    if (need.ship_to) checks.push_back(std::make_unique<MarketCheck>(ground));
    if (need.needed_by) checks.push_back(std::make_unique<NeededByCheck>(ground));
}

}  // namespace b2a::shopping
