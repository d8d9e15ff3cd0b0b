// SPDX-License-Identifier: Apache-2.0
// The operator's hand on orders: what the warehouse and the returns desk report, and the notices that tell platforms.
#pragma once

#include "b2a/base/bytes.hpp"
#include "b2a/web/router.hpp"

namespace b2a::app {

struct Shared;
struct Lane;

/// POST /admin/v1/orders/{id}/fulfillment and /adjustments, GET /admin/v1/notices, POST /admin/v1/notices/replay.
void add_order_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token);

}  // namespace b2a::app
