// SPDX-License-Identifier: Apache-2.0
// The native surface: /.well-known/b2a, /b2a/v1/… and /media/… over REST, the same operations as tools, and what the
// shop says about itself as resources and prompts. One mount per I/O thread: everything referenced belongs to that
// thread or is shared and thread-safe, and outlives the router.
#pragma once

#include <memory>

#include "b2a/protocol/recognizer.hpp"
#include "b2a/protocol/resource.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/protocol/tool.hpp"
#include "b2a/service/cart.hpp"
#include "b2a/service/catalog.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/service/fit.hpp"
#include "b2a/service/order.hpp"
#include "b2a/service/oversight.hpp"
#include "b2a/service/payment_port.hpp"
#include "b2a/service/provenance.hpp"
#include "b2a/service/shopping.hpp"
#include "b2a/web/router.hpp"

namespace b2a::protocol::native {

struct Deps {
    Site const& site;
    ContextFactory& contexts;
    Recognizer& recognizer;
    service::CatalogService& catalog;
    service::FitService& fit;
    service::ShoppingService& shopping;
    service::DecisionService& decisions;
    service::ProvenanceService& provenance;
    service::CartService& carts;
    service::CheckoutService& checkouts;
    service::OrderService& orders;
    service::PaymentPort const& payments;
};

/// What the surface brings to transports that wrap others' operations.
struct Mounted {
    std::shared_ptr<ToolSet> tools;
    std::shared_ptr<ResourceSet> resources;
    std::shared_ptr<PromptSet> prompts;
};

/// Adds the routes and the problem+json fallbacks of "/b2a" and "/".
Mounted mount(web::Router& router, Deps const& deps);
/// The tree of amounts as JSON, for agents here and for the operator under /admin/v1.
void render_provenance(std::string& out, Site const& site, service::ProvenanceView const& view);
/// A product as schema.org JSON-LD, one JSON value: Product, or ProductGroup with hasVariant when there are several
/// variants; allergens in GS1 terms. `product` is the snapshot's index.
void render_product_ld(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product);
/// The entry of the descriptor's surface list.
Surface surface(Site const& site);

}  // namespace b2a::protocol::native
