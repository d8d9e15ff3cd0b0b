// SPDX-License-Identifier: Apache-2.0
// What the native API says about itself: the descriptor and the OpenAPI document.
#pragma once

#include <string>

#include "b2a/protocol/presentation.hpp"
#include "b2a/protocol/site.hpp"

namespace b2a::protocol::native {

void render_descriptor(std::string& out, Site const& site, catalog::Snapshot const& snapshot,
                       CatalogCensus::Counts const& counts);
/// proto-schemas/native/v1/openapi.json with this site's address as its server.
std::string openapi_document(Site const& site);

}  // namespace b2a::protocol::native
