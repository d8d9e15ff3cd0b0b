// SPDX-License-Identifier: Apache-2.0
// A small shop for the domain tests: a few products, two shipping methods, one tax, some promotions.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "b2a/domain/checkout.hpp"

namespace b2a::domain::testing {

inline Currency usd() {
    return *Currency::parse("USD");
}
inline Currency eur() {
    return *Currency::parse("EUR");
}
inline Timestamp at_noon() {
    return from_micros(1'800'000'000'000'000);
}

class Shop {
  public:
    Shop() {
        sell("shirt", 2000, std::nullopt);
        sell("mug", 999, 5);
        sell("gone", 500, 0);
        sell("ebook", 700, std::nullopt, Delivery::digital);
        std::vector<Money> const standard{{500, usd()}, {450, eur()}};
        shipping = {{"std", "Standard", "", "Post", {"US", "DE"}, standard, {{10'000, usd()}}, 3, 5},
                    {"exp", "Express", "", "Fast", {"US"}, {{1500, usd()}}, {}, 1, 2}};
        taxes = {{"US", "CA", 72'500, "Sales tax"}};
        promotions = {
            {"SAVE10", "10 % off", PromotionKind::percentage, 100'000, {}, {}, {}, false},
            {"FIVE", "5 off", PromotionKind::fixed, 0, {{500, usd()}}, {}, {}, true},
            {"EXTRA", "20 % off", PromotionKind::percentage, 200'000, {}, {}, {}, true},
            {"OLD", "Past", PromotionKind::percentage, 100'000, {}, {}, at_noon(), false},
            {"SOON", "Future", PromotionKind::percentage, 100'000, {}, at_noon() + std::chrono::hours(1), {}, false},
            {"FREESHIP", "Free shipping", PromotionKind::free_shipping, 0, {}, {}, {}, false}};
    }

    void sell(std::string const& id, std::int64_t price, std::optional<std::int64_t> stock,
              Delivery delivery = Delivery::physical) {
        Product product;
        product.id = "p-" + id;
        product.title = "The " + id;
        product.media = {{"image", "https://shop.test/" + id + ".png", ""}};
        Variant variant;
        variant.id = id;
        variant.offers = {{{price, usd()}, {price, usd()}}};
        variant.declared_stock = stock;
        variant.delivery = delivery;
        product.variants = {variant};
        products.push_back(product);
    }

    Variant& variant(std::string const& id) {
        return std::ranges::find(products, "p-" + id, &Product::id)->variants.front();
    }

    LineFacts facts_of(std::string const& id) const {
        for (auto const& product : products)
            if (product.variants.front().id == id)
                return {&product.variants.front(), &product, product.variants.front().declared_stock};
        return {};
    }

    PricingFacts facts(CheckoutContent const& content) const {
        auto out = common();
        for (auto const& line : content.lines) out.lines.push_back(facts_of(line.variant_id));
        return out;
    }
    PricingFacts facts(Checkout const& checkout) const {
        auto out = common();
        for (auto const& line : checkout.lines) out.lines.push_back(facts_of(line.variant_id));
        return out;
    }

    Result<Checkout> apply(CheckoutContent const& content, Checkout base = Checkout()) const {
        if (base.lines.empty()) base.currency = usd();
        return apply_content(base, content, facts(content));
    }

    std::deque<Product> products;
    std::vector<ShippingMethod> shipping;
    std::vector<TaxRate> taxes;
    std::vector<Promotion> promotions;
    Timestamp now = at_noon();

  private:
    PricingFacts common() const { return {{}, &promotions, &shipping, &taxes, 7, now}; }
};

inline CheckoutContent content_of(std::vector<CheckoutContent::RequestedLine> lines) {
    CheckoutContent content;
    content.lines = std::move(lines);
    content.buyer.email = "ada@example.test";
    Destination home;
    home.id = "home";
    home.address.street_address = "1 Main St";
    home.address.locality = "Austin";
    home.address.region = "TX";
    home.address.postal_code = "78701";
    home.address.country = "US";
    content.destinations = {home};
    return content;
}

inline bool has(Checkout const& checkout, FindingCode code, std::string const& path = {}) {
    return std::ranges::any_of(checkout.findings, [&](auto const& finding) {
        return finding.code == code && (path.empty() || finding.path == path);
    });
}

}  // namespace b2a::domain::testing
