// SPDX-License-Identifier: Apache-2.0
// An order as ACP shows it: `Order` of the published JSON Schema, with every optional part that is known.
#pragma once

#include "b2a/domain/order.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/site.hpp"

namespace b2a::protocol::acp {

/// The object with its `type`; amounts are positive, currencies in lower case, `total` is what was charged at first.
void write_order(json::Writer& json, domain::Order const& order, Site const& site);

}  // namespace b2a::protocol::acp
