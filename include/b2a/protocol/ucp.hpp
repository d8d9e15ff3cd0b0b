// SPDX-License-Identifier: Apache-2.0
// The Universal Commerce Protocol, business role, over REST: profile, catalog, checkout, order. One mount per I/O
// thread: everything referenced belongs to that thread and outlives the router.
#pragma once

#include "b2a/protocol/context.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/catalog.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/service/order.hpp"
#include "b2a/service/payment_port.hpp"
#include "b2a/web/router.hpp"

namespace b2a::protocol::ucp {

struct Deps {
    Site const& site;
    ContextFactory& contexts;
    service::CatalogService& catalog;
    service::CheckoutService& checkouts;
    service::OrderService& orders;
    service::PaymentPort const& payments;
};

/// Adds /.well-known/ucp, /ucp/v1/…, the hand-off page /checkout/{id} and the fallback of "/ucp".
void mount(web::Router& router, Deps const& deps);
/// The entry of the native descriptor's surface list.
Surface surface(Site const& site);

}  // namespace b2a::protocol::ucp
