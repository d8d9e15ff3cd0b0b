// SPDX-License-Identifier: Apache-2.0
// Catalog objects as UCP shows them. UCP wants a price on every variant, so variants without any offer are left out,
// and a product of which none is left does not exist here (docs/protocols/ucp.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/site.hpp"

#include "parse_catalog.hpp"
#include "product_options.hpp"

namespace b2a::protocol::ucp {

/// What one rendering is made for.
struct Shop {
    Site const& site;
    catalog::Snapshot const& snapshot;
    Currency currency;  // preferred; a variant without an offer in it shows another one
};

/// Local indexes of the variants that have a price and pass the filters, in catalog order.
VariantIndexes sellable_variants(Shop const& shop, std::uint32_t product_index, CatalogFilters const& filters);

/// Which requested ids led to a variant.
struct LookupInput {
    std::string id;
    bool exact = false;
};

struct ProductShape {
    std::uint32_t product_index = 0;
    VariantIndexes variants;                       // shown, the featured one first
    VariantIndexes choices;                        // whose options are listed
    std::vector<std::vector<LookupInput>> inputs;  // look-up: parallel to variants
    Selection const* selected = nullptr;           // product detail: the effective selection
};
void write_product(json::Writer& json, Shop const& shop, ProductShape const& shape);

}  // namespace b2a::protocol::ucp
