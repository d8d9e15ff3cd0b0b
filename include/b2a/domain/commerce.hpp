// SPDX-License-Identifier: Apache-2.0
// What a brand says about selling, beside its products: promotions, shipping methods, taxes, shop identity. Imported
// with the catalog and versioned with it, so that one revision answers every price question.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/time.hpp"

namespace b2a::domain {

enum class PromotionKind : std::uint8_t { percentage, fixed, free_shipping };

struct Promotion {
    std::string code;  // matched without regard to case
    std::string title;
    PromotionKind kind = PromotionKind::percentage;
    std::int64_t rate_ppm = 0;   // percentage: 100,000 is 10 %
    std::vector<Money> amounts;  // fixed: one per currency
    std::optional<Timestamp> valid_from;
    std::optional<Timestamp> valid_until;
    bool stackable = false;  // may be combined with other codes
    friend bool operator==(Promotion const&, Promotion const&) = default;
};

struct ShippingMethod {
    std::string id;
    std::string title;
    std::string description;
    std::string carrier;
    std::vector<std::string> countries;  // ISO 3166-1 alpha-2; empty: everywhere
    std::vector<Money> prices;           // one per currency
    std::vector<Money> free_above;       // subtotal from which it costs nothing, one per currency, optional
    std::int32_t days_min = 0;
    std::int32_t days_max = 0;
    friend bool operator==(ShippingMethod const&, ShippingMethod const&) = default;
};

/// Tax added on top of net prices (inclusive taxes are part of the price and not itemised here).
struct TaxRate {
    std::string country;
    std::string region;  // empty: the whole country
    std::int64_t rate_ppm = 0;
    std::string title;
    friend bool operator==(TaxRate const&, TaxRate const&) = default;
};

struct Brand {
    std::string name;
    std::string title;
    std::string description;
    std::string url;
    friend bool operator==(Brand const&, Brand const&) = default;
};

}  // namespace b2a::domain
