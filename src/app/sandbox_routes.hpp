// SPDX-License-Identifier: Apache-2.0
// POST /admin/v1/sandbox/…: every simulated event, on demand (product.md §9). Only the sandbox has these routes.
#pragma once

#include "b2a/base/bytes.hpp"
#include "b2a/web/router.hpp"

namespace b2a::app {

struct Shared;
struct Lane;

void add_sandbox_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token);

}  // namespace b2a::app
