// SPDX-License-Identifier: Apache-2.0
// How far an order has come, for those who count parcels instead of events: pure views of the order's append-only
// records.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "b2a/domain/order.hpp"

namespace b2a::domain {

/// `processing`: something has happened, not everything has left. `shipped`: everything has left. `completed`:
/// everything has arrived, or came back after it had. `canceled`: nothing is left, and nothing ever arrived.
enum class OrderStage : std::uint8_t { created, processing, shipped, completed, canceled };
OrderStage stage_of(Order const& order);

/// What travels together: the units of one shipping event, or of one method that have not left yet, or the digital
/// lines. The pointers lead into the order.
struct Parcel {
    enum class Stage : std::uint8_t { pending, processing, shipped, delivered };
    std::string id;                             // stays the same over later versions of the order
    FulfillmentMethod const* method = nullptr;  // nullptr: digital
    Stage stage = Stage::pending;
    std::vector<LineQuantity> lines;
    std::vector<FulfillmentEvent const*> events;  // that concern it, in their order
    FulfillmentEvent const* departure = nullptr;  // the event that it left with; has the carrier
};

/// Every unit that has left is in one parcel for each shipping event; those still held that have not left are in one a
/// method. An arrival is credited to the parcel of its tracking number, else to the ones that left first.
std::vector<Parcel> parcels_of(Order const& order);

/// What completed adjustments have given back to the buyer, in minor units of the order's currency; never negative.
std::int64_t refunded(Order const& order);

}  // namespace b2a::domain
