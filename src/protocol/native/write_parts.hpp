// SPDX-License-Identifier: Apache-2.0
// JSON of variants, as native product, variant and search documents share it.
#pragma once

#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/product.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/site.hpp"

namespace b2a::protocol::native {

/// Members of a variant, without the surrounding braces.
void write_variant_members(json::Writer& json, Site const& site, catalog::Snapshot const& snapshot,
                           domain::Product const& product, domain::Variant const& variant, std::uint32_t variant_index);
/// "price" of an offer and what belongs to it: the unit price, and where a reduction may be announced the price before
/// it. A list price never stands alone (docs/transparency.md).
void write_offer_members(json::Writer& json, domain::Product const& product, domain::Variant const& variant,
                         domain::Offer const& offer, domain::LegalTerms const& terms);
/// "matching_variant_count" and "matching_variants" of a product: the first of them, by their global indexes.
void write_matching_variants(json::Writer& json, catalog::Snapshot const& snapshot, Site const& site, Currency currency,
                             std::uint32_t product_index, std::vector<std::uint32_t> const& variants);
/// {"id","title","options","price"?,…,"availability"}: a VariantSummary.
void write_variant_summary(json::Writer& json, catalog::Snapshot const& snapshot, Site const& site, Currency currency,
                           catalog::VariantRef const& ref);
/// "in_stock" or "out_of_stock"; a variant without an offer is "not_for_sale".
std::string_view availability_text(catalog::Snapshot const& snapshot, domain::Variant const& variant,
                                   std::uint32_t variant_index) noexcept;

}  // namespace b2a::protocol::native
