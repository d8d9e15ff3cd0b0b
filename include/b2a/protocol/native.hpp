// SPDX-License-Identifier: Apache-2.0
// The native REST surface: /.well-known/b2a, /b2a/v1/… and /media/…. One mount per I/O thread: everything
// referenced belongs to that thread and outlives the router.
#pragma once

#include "b2a/protocol/recognizer.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/catalog.hpp"
#include "b2a/service/fit.hpp"
#include "b2a/service/oversight.hpp"
#include "b2a/service/provenance.hpp"
#include "b2a/web/router.hpp"

namespace b2a::protocol::native {

struct Deps {
    Site const& site;
    ContextFactory& contexts;
    Recognizer& recognizer;
    service::CatalogService& catalog;
    service::FitService& fit;
    service::DecisionService& decisions;
    service::ProvenanceService& provenance;
};

/// Adds the routes and the problem+json fallbacks of "/b2a" and "/".
void mount(web::Router& router, Deps const& deps);
/// The tree of amounts as JSON, for agents here and for the operator under /admin/v1.
void render_provenance(std::string& out, Site const& site, service::ProvenanceView const& view);
/// The entry of the descriptor's surface list.
Surface surface(Site const& site);

}  // namespace b2a::protocol::native
