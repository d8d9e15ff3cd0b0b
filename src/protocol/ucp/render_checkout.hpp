// SPDX-License-Identifier: Apache-2.0
// Carts, checkouts and orders to JSON, in the version and with the extensions of the terms. Signals and credentials
// have no way in: the domain does not keep them.
#pragma once

#include <string>

#include "b2a/service/cart.hpp"
#include "b2a/service/checkout.hpp"

#include "render_parts.hpp"

namespace b2a::protocol::ucp {

std::string render_cart(service::CartOutcome const& outcome, Frame const& frame);
std::string render_checkout(service::CheckoutOutcome const& outcome, Frame const& frame);
std::string render_order(domain::Order const& order, Frame const& frame);

/// Where a person continues, and where a finished checkout shows its order.
std::string hand_off_url(Site const& site, CheckoutId id);

/// "fulfillment":{…} of a checkout; nothing when nothing has to travel.
void write_fulfillment(json::Writer& json, Version version, domain::Checkout const& checkout);

}  // namespace b2a::protocol::ucp
