// SPDX-License-Identifier: Apache-2.0
// The native view of carts, checkouts and orders. Statuses have the domain's names, amounts are {amount, currency} in
// minor units, and what changes a price is signed: subtotal plus adjustments is the total. Paths of messages and
// disclosures lead into the answer that holds them.
#pragma once

#include <string>
#include <vector>

#include "b2a/protocol/site.hpp"
#include "b2a/service/cart.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/service/payment_port.hpp"

namespace b2a::protocol::native {

/// What every checkout says beside itself.
struct Frame {
    Site const& site;
    std::vector<service::HandlerInfo> const& handlers;
};

std::string render_cart(service::CartOutcome const& outcome, Site const& site);
std::string render_checkout(service::CheckoutOutcome const& outcome, Frame const& frame);
std::string render_order(domain::Order const& order, Site const& site);

}  // namespace b2a::protocol::native
