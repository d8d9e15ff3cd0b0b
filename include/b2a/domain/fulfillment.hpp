// SPDX-License-Identifier: Apache-2.0
// How goods reach the buyer: shipped to an address, or collected at a location.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/time.hpp"
#include "b2a/domain/address.hpp"

namespace b2a::domain {

/// Where goods go: an address the buyer named, or one of the brand's locations (its id and name).
struct Destination {
    std::string id;
    std::string name;  // of a location
    Address address;
    friend bool operator==(Destination const&, Destination const&) = default;
};

struct ShippingOption {
    std::string id;
    std::string title;
    std::string description;
    std::string carrier;
    std::int64_t minor = 0;
    Timestamp earliest{};
    Timestamp latest{};
    friend bool operator==(ShippingOption const&, ShippingOption const&) = default;
};

enum class FulfillmentKind : std::uint8_t { shipping, pickup };
std::string_view to_text(FulfillmentKind kind) noexcept;

/// How some of the lines reach the buyer. All of its lines travel together: one group on the wire.
struct FulfillmentMethod {
    std::string id;  // "shipping", "pickup": at most one of a kind
    FulfillmentKind kind = FulfillmentKind::shipping;
    std::vector<std::string> line_ids;  // physical lines only, in the order of the lines
    std::vector<Destination> destinations;
    std::string selected_destination_id;
    std::vector<ShippingOption> options;  // computed
    std::string selected_option_id;
    friend bool operator==(FulfillmentMethod const&, FulfillmentMethod const&) = default;
};

struct Fulfillment {
    std::vector<FulfillmentMethod> methods;  // together they hold every physical line once; empty without any
    bool pickup_available = false;           // some location offers pickup for every physical line
    friend bool operator==(Fulfillment const&, Fulfillment const&) = default;
};

Destination const* selected_destination(FulfillmentMethod const& method) noexcept;
ShippingOption const* selected_option(FulfillmentMethod const& method) noexcept;
/// Where the purchase goes for tax and policy: the shipping destination, else the pickup location; nullptr if neither.
Destination const* main_destination(Fulfillment const& fulfillment) noexcept;

}  // namespace b2a::domain
