// SPDX-License-Identifier: Apache-2.0
// A small shop for the domain tests: a few products, two shipping methods, one tax, some promotions.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "b2a/domain/cart.hpp"

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
        promotions = {percentage("SAVE10", 100'000), {}, percentage("EXTRA", 200'000), percentage("OLD", 100'000),
                      percentage("SOON", 100'000),   {}};
        promotions[1].id = promotions[1].code = "FIVE";
        promotions[1].title = "5 off";
        promotions[1].kind = PromotionKind::fixed;
        promotions[1].amounts = {{500, usd()}};
        promotions[1].stackable = promotions[2].stackable = true;
        promotions[3].valid_until = at_noon();
        promotions[4].valid_from = at_noon() + std::chrono::hours(1);
        promotions[5].id = promotions[5].code = "FREESHIP";
        promotions[5].title = "Free shipping";
        promotions[5].kind = PromotionKind::free_shipping;
        locations = {store("soho", "US", "NY", "10012"), store("austin", "US", "TX", "78704"),
                     store("berlin", "DE", "BE", "10115")};
    }

    static Promotion percentage(std::string const& code, std::int64_t rate_ppm) {
        Promotion promotion;
        promotion.id = promotion.code = promotion.title = code;
        promotion.rate_ppm = rate_ppm;
        return promotion;
    }

    /// One that nobody has to name.
    static Promotion automatic(std::string const& id, std::int64_t rate_ppm) {
        auto promotion = percentage(id, rate_ppm);
        promotion.code.clear();
        return promotion;
    }

    static Location store(std::string const& id, std::string const& country, std::string const& region,
                          std::string const& postal_code) {
        Location location;
        location.id = id;
        location.name = "Shop " + id;
        location.address.street_address = "2 Side St";
        location.address.country = country;
        location.address.region = region;
        location.address.postal_code = postal_code;
        location.pickup = true;
        location.pickup_hours = 4;
        return location;
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

    template <class Priced>
    PricingFacts facts(Priced const& priced) const {
        auto out = common();
        for (auto const& line : priced.lines) out.lines.push_back(facts_of(line.variant_id));
        return out;
    }

    Result<Checkout> apply(CheckoutContent const& content, Checkout base = Checkout()) const {
        if (base.lines.empty()) base.currency = usd();
        return apply_content(std::move(base), content, facts(content));
    }
    Result<Cart> fill(CheckoutContent const& content, Cart base = Cart()) const {
        if (base.lines.empty()) base.currency = usd();
        return apply_content(std::move(base), content, facts(content));
    }

    std::deque<Product> products;
    std::vector<ShippingMethod> shipping;
    std::vector<TaxRate> taxes;
    std::vector<Promotion> promotions;
    std::vector<Location> locations;
    bool claims_attested = false;
    Timestamp now = at_noon();
    LegalTerms legal;

  private:
    PricingFacts common() const {
        return {{},     &promotions, &shipping,
                &taxes, &locations,  claims_attested,
                7,      now,         claims_attested ? "https://agent.test" : "",
                &legal};
    }
};

inline CheckoutContent::RequestedMethod method_of(FulfillmentKind kind, std::vector<std::string> line_ids = {},
                                                  std::string destination = {}) {
    CheckoutContent::RequestedMethod method;
    method.kind = kind;
    method.line_ids = std::move(line_ids);
    method.selected_destination_id = std::move(destination);
    return method;
}

/// Goes to an address in Texas.
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
    content.methods.push_back(method_of(FulfillmentKind::shipping));
    content.methods[0].destinations = {home};
    return content;
}

template <class Priced>
bool has(Priced const& priced, FindingCode code, std::string const& path = {}) {
    return std::ranges::any_of(priced.findings, [&](auto const& finding) {
        return finding.code == code && (path.empty() || finding.path == path);
    });
}

}  // namespace b2a::domain::testing
