// SPDX-License-Identifier: Apache-2.0
// The native renderings of catalog objects. Each appends one complete JSON value; none reads a clock or a request.
#pragma once

#include <cstdint>
#include <string>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/protocol/native.hpp"
#include "b2a/protocol/site.hpp"

namespace b2a::protocol::native {

/// Of GS1's code lists: "AllergenTypeCode-AM", "LevelOfContainmentCode-CONTAINS"; empty for unknown.
std::string gs1_allergen(domain::Allergen allergen);
std::string gs1_containment(domain::AllergenStatus status);

/// Keys of the render cache.
enum class Format : std::uint8_t { product, product_ld, variant, variant_ld, summary };

/// What these renderings have to disclose; the paths are theirs. A summary shows a range of prices, no single one.
domain::Disclosures product_disclosures(catalog::Snapshot const& snapshot, std::uint32_t product);
domain::Disclosures variant_disclosures(catalog::Snapshot const& snapshot, std::uint32_t product,
                                        std::uint32_t variant);
domain::Disclosures summary_disclosures(catalog::Snapshot const& snapshot, std::uint32_t product);

void render_product(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product);
/// The variant with what it inherits from its product; `variant` is the snapshot's global index.
void render_variant(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product,
                    std::uint32_t variant);
/// What a search result shows of a product: enough to choose, with the address of the rest.
void render_summary(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product,
                    Currency currency);
/// One variant as native.hpp's render_product_ld() has products.
void render_variant_ld(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product,
                       std::uint32_t variant);

}  // namespace b2a::protocol::native
