// SPDX-License-Identifier: Apache-2.0
// The Agentic Commerce Protocol 2026-04-17, merchant side, over REST and as tools for MCP: discovery, checkout
// sessions, carts. One mount per I/O thread: everything referenced belongs to that thread or is shared and thread-safe,
// and outlives the router.
#pragma once

#include <memory>
#include <string>

#include "b2a/protocol/context.hpp"
#include "b2a/protocol/recognizer.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/protocol/tool.hpp"
#include "b2a/service/cart.hpp"
#include "b2a/service/catalog.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/service/in_flight.hpp"
#include "b2a/service/payment_port.hpp"
#include "b2a/web/router.hpp"

namespace b2a::protocol::acp {

struct Settings {
    std::string webhook_url;  // of the agent platform, which hears about its orders; empty: nobody does
};

struct Deps {
    Site const& site;
    Settings const& settings;
    ContextFactory& contexts;
    Recognizer& recognizer;
    service::CatalogService& catalog;
    service::CartService& carts;
    service::CheckoutService& checkouts;
    service::PaymentPort const& payments;
    service::InFlight& in_flight;
};

/// Adds /.well-known/acp.json, /acp/… and the fallback of "/acp". Gives the five operations of the MCP binding as
/// tools.
std::shared_ptr<ToolSet> mount(web::Router& router, Deps const& deps);
/// The entry of the native descriptor's surface list.
Surface surface(Site const& site);

}  // namespace b2a::protocol::acp
