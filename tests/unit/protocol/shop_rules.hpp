// SPDX-License-Identifier: Apache-2.0
// What the shop of the protocol tests permits.
#pragma once

#include <string_view>

namespace b2a::test {

inline constexpr std::string_view rules = R"(
[[rule]]
id = "read"
effect = "permit"
actions = ["catalog.search", "catalog.lookup", "catalog.product", "location.search", "cart.get", "checkout.get",
           "order.get"]
reason_code = "public_read"

[[rule]]
id = "prepare"
effect = "permit"
actions = ["cart.create", "cart.update", "cart.cancel", "checkout.create", "checkout.update", "checkout.cancel",
           "checkout.complete"]
reason_code = "agents_welcome"

[[rule]]
id = "operate"
effect = "permit"
actions = ["order.fulfill"]
reason_code = "operator"

[[rule]]
id = "bulk"
effect = "forbid"
actions = ["checkout.create"]
when.checkout.quantity_max.gte = 1000
reason_code = "bulk_order"
agent_message = "Ask for an offer."
)";

}  // namespace b2a::test
