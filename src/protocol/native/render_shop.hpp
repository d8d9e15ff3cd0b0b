// SPDX-License-Identifier: Apache-2.0
// What the shop says about itself: its brands, and the terms on which it sells.
#pragma once

#include <string>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/site.hpp"

namespace b2a::protocol::native {

/// "brands":[…]
void write_brands(json::Writer& json, catalog::Snapshot const& snapshot);
void render_brand(std::string& out, domain::Brand const& brand);
/// {"brands":[…]}
void render_brands(std::string& out, catalog::Snapshot const& snapshot);
/// Returns, guarantee, shipping, collection, taxes, and where the brand's own documents are. Facts and links, no prose.
void render_policies(std::string& out, Site const& site, catalog::Snapshot const& snapshot);

}  // namespace b2a::protocol::native
