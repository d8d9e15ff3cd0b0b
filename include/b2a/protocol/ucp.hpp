// SPDX-License-Identifier: Apache-2.0
// The Universal Commerce Protocol, business role, in two versions over REST and as tools for MCP: profile, negotiation,
// catalog, locations, carts, checkouts, orders and their webhooks. One mount per I/O thread: everything referenced
// belongs to that thread or is shared and thread-safe, and outlives the router.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "b2a/identity/key_holder.hpp"
#include "b2a/protocol/context.hpp"
#include "b2a/protocol/recognizer.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/protocol/tool.hpp"
#include "b2a/service/cart.hpp"
#include "b2a/service/catalog.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/service/directory.hpp"
#include "b2a/service/notices.hpp"
#include "b2a/service/order.hpp"
#include "b2a/service/payment_port.hpp"
#include "b2a/service/shopping.hpp"
#include "b2a/web/router.hpp"

namespace b2a::protocol::ucp {

/// How the brand wants its platforms.
struct Settings {
    std::string root_version = "2026-08-25";  // served at /.well-known/ucp
    bool require_signatures = false;          // for changes and orders; reads of the catalog stay open
    bool registered_only = false;             // others are profile_not_trusted
    std::vector<std::string> registered;      // profile URLs
    std::string merchant_id;                  // as mandates name us; empty: the host of our origin
    identity::KeySet mandate_issuers;         // that may sign mandates beside the platforms themselves
};
/// The versions served, ascending, as text; for configuration checks.
std::vector<std::string> supported_versions();

struct Deps {
    Site const& site;
    Settings const& settings;
    ContextFactory& contexts;
    service::Directory& directory;
    Recognizer& recognizer;
    identity::KeyHolder const& keys;
    service::CatalogService& catalog;
    service::ShoppingService& shopping;
    service::CartService& carts;
    service::CheckoutService& checkouts;
    service::OrderService& orders;
    service::PaymentPort const& payments;
};

/// Adds /.well-known/ucp, /ucp/v1/…, /ucp/permalink/…, the hand-off page /checkout/{id} and the fallback of "/ucp"; in
/// a sandbox also the profiles of its ready-made platforms. Gives the same operations as tools.
std::shared_ptr<ToolSet> mount(web::Router& router, Deps const& deps);
/// The same operations, and some that change parts of a checkout, for a transport that has conversations: `spoken` is
/// the protocol that their callers speak, by which stops and rules know them.
std::shared_ptr<ToolSet> conversation_tools(Deps const& deps, policy::Protocol spoken);
/// The entry of the native descriptor's surface list.
Surface surface(Site const& site);

/// How a version is advertised where other protocols carry it (the agent card of A2A).
struct Announcement {
    std::string version;
    std::string uri;     // of the version's reference
    std::string params;  // {"capabilities": …}
};
std::vector<Announcement> announcements();

/// Order notices in the dialects "ucp/<version>", signed with the ring's current key.
std::unique_ptr<service::OrderNoticePort> make_order_notices(Site const& site, identity::KeyHolder const& keys);

/// The platform profiles that a sandbox serves itself, so that the directory need not fetch from its own listener.
std::vector<service::Directory::Pinned> sandbox_platforms(Site const& site);

}  // namespace b2a::protocol::ucp
