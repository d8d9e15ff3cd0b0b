// SPDX-License-Identifier: Apache-2.0
// What a brand says about selling, beside its products: promotions, shipping methods, taxes, stores, shop identity.
// Imported with the catalog and versioned with it, so that one revision answers every price question.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/time.hpp"
#include "b2a/domain/address.hpp"

namespace b2a::domain {

enum class PromotionKind : std::uint8_t { percentage, fixed, free_shipping };

/// With a code it waits for the buyer to name it; without one it applies by itself. A promotion for a claim
/// (`eligibility`) applies to those who make the claim, and stays provisional until the claim is attested.
struct Promotion {
    std::string id;    // stable name; the code where there is one
    std::string code;  // matched without regard to case; empty: automatic
    std::string title;
    PromotionKind kind = PromotionKind::percentage;
    std::int64_t rate_ppm = 0;   // percentage: 100,000 is 10 %
    std::vector<Money> amounts;  // fixed: one per currency
    std::optional<Timestamp> valid_from;
    std::optional<Timestamp> valid_until;
    bool stackable = false;           // may be combined with other codes
    std::string eligibility;          // reverse-domain claim, "org.example.student"; empty: for everybody
    std::vector<Money> subtotal_min;  // the items must cost this much, one per currency; empty: no minimum
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

/// Does it go to a country (ISO 3166-1 alpha-2)?
bool serves(ShippingMethod const& method, std::string_view country) noexcept;

struct DeliveryWindow {
    Timestamp earliest{};
    Timestamp latest{};
};
/// What is promised to who orders at `now`: days of the calendar.
DeliveryWindow delivery_window(ShippingMethod const& method, Timestamp now) noexcept;

/// Tax added on top of net prices (inclusive taxes are part of the price and not itemised here).
struct TaxRate {
    std::string country;
    std::string region;  // empty: the whole country
    std::int64_t rate_ppm = 0;
    std::string title;
    friend bool operator==(TaxRate const&, TaxRate const&) = default;
};

/// Opening times of one weekday, local to the location: minutes since midnight, opens < closes ≤ 1440.
struct DailyHours {
    std::uint8_t weekday = 0;  // 0 is Monday
    std::int32_t opens = 0;
    std::int32_t closes = 0;
    friend bool operator==(DailyHours const&, DailyHours const&) = default;
};

/// Other times, or none, on the dates from `from` to `through` (inclusive, "2026-12-24").
struct ExceptionHours {
    std::string from;
    std::string through;
    bool closed = true;
    std::int32_t opens = 0;
    std::int32_t closes = 0;
    std::string title;
    friend bool operator==(ExceptionHours const&, ExceptionHours const&) = default;
};

struct Amenity {
    std::string id;  // reverse-domain name
    std::string description;
    friend bool operator==(Amenity const&, Amenity const&) = default;
};

/// Millionths of a degree, WGS 84.
struct GeoPoint {
    std::int64_t latitude_e6 = 0;
    std::int64_t longitude_e6 = 0;
    friend bool operator==(GeoPoint const&, GeoPoint const&) = default;
};

/// A store of the brand that buyers may visit. Stock is the brand's as a whole: what is in stock can be picked up.
struct Location {
    std::string id;
    std::string name;
    Address address;
    std::optional<GeoPoint> geo;
    std::string timezone;  // IANA name; set when hours are
    std::vector<DailyHours> hours;
    std::vector<ExceptionHours> exceptions;
    std::vector<Amenity> amenities;
    bool pickup = false;                // orders can be collected here
    std::int32_t pickup_hours = 0;      // until an order is ready
    std::vector<std::string> excluded;  // variant ids that are not available here
    friend bool operator==(Location const&, Location const&) = default;
};

struct Brand {
    std::string name;
    std::string title;
    std::string description;
    std::string url;
    friend bool operator==(Brand const&, Brand const&) = default;
};

}  // namespace b2a::domain
