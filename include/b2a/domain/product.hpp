// SPDX-License-Identifier: Apache-2.0
// The product model: Brand → Product → Variant (the sellable unit) → Offer. Pure values without behaviour; catalogs are
// imported into it, the store keeps it, every protocol renders it. Text is plain and already cleaned (importer).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/time.hpp"
#include "b2a/domain/food.hpp"

namespace b2a::domain {

/// A decimal number with a UN/CEFACT or plain unit text, e.g. {1250, 2, "kg"} is 12.50 kg.
struct Quantity {
    std::int64_t mantissa = 0;
    std::int8_t scale = 0;
    std::string unit;
    friend bool operator==(Quantity const&, Quantity const&) = default;
};

using AttributeValue = std::variant<std::string, Quantity, bool>;

/// schema.org PropertyValue. A name that occurs several times is a multi-valued attribute.
struct Attribute {
    std::string name;  // snake_case: "material", "climate", "heel_height"
    AttributeValue value;
    friend bool operator==(Attribute const&, Attribute const&) = default;
};

struct Media {
    std::string type = "image";
    std::string url;
    std::string alt_text;
    friend bool operator==(Media const&, Media const&) = default;
};

struct Barcode {
    std::string type;  // "gtin13", "ean", …
    std::string value;
    friend bool operator==(Barcode const&, Barcode const&) = default;
};

struct OptionValue {
    std::string name;   // "size", "color"
    std::string label;  // "XS", "Black"
    friend bool operator==(OptionValue const&, OptionValue const&) = default;
};

/// The lowest price of the days [from, until) before a reduction began at `until`.
struct PriorPrice {
    std::int64_t minor = 0;
    Timestamp from{};
    Timestamp until{};
    friend bool operator==(PriorPrice const&, PriorPrice const&) = default;
};

/// A price in one currency. `list` is the price before reduction as the source has it, equal to `price` when there is
/// none: what may be announced is in disclosure.hpp.
struct Offer {
    Money price;
    Money list;
    std::optional<PriorPrice> prior = std::nullopt;  // found by the store in its history where `list` is above `price`
    friend bool operator==(Offer const&, Offer const&) = default;
};

enum class Delivery : std::uint8_t { physical, digital };

struct Variant {
    std::string id;  // globally unique over the whole store; line_items[].item.id of every protocol
    std::string sku;
    std::string title;
    std::vector<OptionValue> options;
    std::vector<Attribute> attributes;
    std::vector<Barcode> barcodes;
    std::vector<Media> media;
    std::vector<Offer> offers;                   // empty: can be found and compared, not bought
    std::optional<std::int64_t> declared_stock;  // as the source said; live stock is the store's. Absent: not tracked
    Delivery delivery = Delivery::physical;
    std::optional<Quantity> measure;  // net content, {750, 0, "ml"}: what the unit price is of
    friend bool operator==(Variant const&, Variant const&) = default;
};

enum class EdgeType : std::uint8_t {
    related,
    cross_sell,
    up_sell,
    goes_with,
    substitute_for,
    accessory_for,
    replaces,
    part_of_look
};
std::string_view to_text(EdgeType type) noexcept;
std::optional<EdgeType> edge_type_from_text(std::string_view text) noexcept;

/// A directed edge from this product; `source` says where it came from, e.g. "file:crosssell.csv".
struct Edge {
    EdgeType type = EdgeType::related;
    std::string target;  // product id
    std::string source;
    std::uint32_t score_ppm = 1'000'000;  // how sure the source is, or how close the two are
    friend bool operator==(Edge const&, Edge const&) = default;
};

struct Product {
    std::string id;  // unique over the whole store, and distinct from every variant id unless it has exactly that one
    std::string brand;
    std::string title;
    std::string description;
    std::string url;
    std::vector<std::string> categories;  // paths, "Men/Tops/Hoodies & Sweatshirts"
    std::vector<std::string> tags;
    std::vector<Attribute> attributes;
    std::vector<Media> media;
    std::optional<FoodInfo> food;
    std::vector<Edge> edges;
    std::vector<Variant> variants;  // at least one
    friend bool operator==(Product const&, Product const&) = default;
};

/// The offer of `variant` in `currency`, or nullptr.
Offer const* find_offer(Variant const& variant, Currency currency) noexcept;

}  // namespace b2a::domain
