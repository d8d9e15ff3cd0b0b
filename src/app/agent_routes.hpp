// SPDX-License-Identifier: Apache-2.0
// The register of agents on the operator listener, and our own keys on the agents' one.
#pragma once

#include "b2a/base/bytes.hpp"
#include "b2a/web/router.hpp"

namespace b2a::app {

struct Shared;
struct Lane;

/// GET and POST /admin/v1/agents, GET, PATCH and DELETE /admin/v1/agents/{id}.
void add_agent_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token);
/// GET /.well-known/http-message-signatures-directory: the keys that sign our messages, signed by each of them.
void add_key_directory(web::Router& router, Shared& shared);

}  // namespace b2a::app
