// SPDX-License-Identifier: Apache-2.0
// From items to an order with a verified receipt. Before paying, the shopper holds the gateway to what was agreed: the
// same items and quantities, a total within the budget, delivery in time. After paying, to what it did: the order, its
// entry in the log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"

#include "shopper/gateway.hpp"
#include "shopper/household.hpp"
#include "shopper/report.hpp"

namespace b2a::shopper {

struct Item {
    std::string variant_id;
    std::int64_t quantity = 1;
    friend bool operator==(Item const&, Item const&) = default;
};

struct Errand {
    std::vector<Item> items;
    std::optional<Money> budget;  // of everything, delivery and taxes included
    std::optional<Day> needed_by;
};

struct PlacedOrder {
    std::string id;
    Money total;
    std::uint64_t entry = 0;  // index in the gateway's log
};

/// Quantities of the same variant added up, in the order of first mention.
std::vector<Item> merged(std::vector<Item> const& items);

Result<PlacedOrder> buy(Gateway& gateway, Household const& household, Errand const& errand, Report& report);

}  // namespace b2a::shopper
