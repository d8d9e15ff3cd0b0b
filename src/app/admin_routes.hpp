// SPDX-License-Identifier: Apache-2.0
// The operator listener: health, readiness, metrics, the audit log by page. Health and metrics ask for no token, since
// orchestrators and scrapers carry none; everything else does when one is configured.
#pragma once

#include <functional>
#include <string>

#include "b2a/base/bytes.hpp"
#include "b2a/http/server.hpp"
#include "b2a/service/context.hpp"
#include "b2a/web/router.hpp"

namespace b2a::app {

struct Config;
struct Shared;
struct Lane;

/// SHA-256 of the operator's token; all zero when none is configured.
Result<Digest> load_operator_token(Config const& config);
/// Empty result when the request may go on; unauthenticated otherwise.
Result<void> check_operator(web::Request const& request, Digest const& token);

/// Who speaks on the operator listener, for the services.
service::RequestContext operator_context(Shared& shared, web::Request const& request);

void add_admin_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token,
                      std::function<http::Counters()> agent_counters);

}  // namespace b2a::app
