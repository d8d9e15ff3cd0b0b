// SPDX-License-Identifier: Apache-2.0
// What the operator may see of amounts: where each of a checkout or an order comes from, and the history of an offer.
#pragma once

#include "b2a/base/bytes.hpp"
#include "b2a/web/router.hpp"

namespace b2a::app {

struct Shared;
struct Lane;

void add_provenance_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token);

}  // namespace b2a::app
