// SPDX-License-Identifier: Apache-2.0
// The rights of buyers on the operator listener.
#pragma once

#include "b2a/base/bytes.hpp"
#include "b2a/web/router.hpp"

namespace b2a::app {

struct Shared;
struct Lane;

/// POST /admin/v1/privacy/export and /erase, each with {"email": "…"} or {"order": "ord_…"}.
void add_privacy_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token);

}  // namespace b2a::app
