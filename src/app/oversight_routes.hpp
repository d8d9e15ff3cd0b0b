// SPDX-License-Identifier: Apache-2.0
// The operator's hand on governance: stops, approvals, rules, decisions.
#pragma once

#include "b2a/base/bytes.hpp"
#include "b2a/web/router.hpp"

namespace b2a::app {

struct Shared;
struct Lane;

/// /admin/v1/stops, /admin/v1/approvals, /admin/v1/policy and /admin/v1/decisions/{id}; docs/operations.md has the
/// list.
void add_oversight_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token);

}  // namespace b2a::app
