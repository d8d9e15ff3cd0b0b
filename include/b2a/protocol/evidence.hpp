// SPDX-License-Identifier: Apache-2.0
// The audit log over HTTP: checkpoint, tiles and proofs in the formats of C2SP, entries and receipts for whom they
// name. Mounted on both listeners; who asks is for the mounting side to say.
#pragma once

#include <functional>

#include "b2a/protocol/site.hpp"
#include "b2a/service/evidence.hpp"
#include "b2a/web/router.hpp"

namespace b2a::protocol::evidence {

struct Deps {
    Site const& site;
    service::EvidenceService& evidence;
    std::function<Result<service::RequestContext>(web::Request const&)> context;
};

/// Adds the routes below "/audit". `deps` and what it refers to belong to the router's thread and outlive it.
void mount(web::Router& router, Deps const& deps);

}  // namespace b2a::protocol::evidence
