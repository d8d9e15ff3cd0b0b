// SPDX-License-Identifier: Apache-2.0
// Catalog objects as UCP shows them. UCP wants a price on every variant, so variants without any offer are left out,
// and a product of which none is left does not exist here (docs/protocols/ucp.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/disclosure.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/disclosures.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/shopping.hpp"

#include "parse_catalog.hpp"
#include "product_options.hpp"

namespace b2a::protocol::ucp {

/// What one rendering is made for.
struct Shop {
    Site const& site;
    catalog::Snapshot const& snapshot;
    Currency currency;  // preferred; a variant without an offer in it shows another one
    MeasureShape measures = MeasureShape::number;
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
    service::JudgedHit const* judged = nullptr;    // search for somebody: how the product stands to the need
};
void write_product(json::Writer& json, Shop const& shop, ProductShape const& shape);

/// What an answer shows of a product at `path`, for the rules that say what it has to disclose.
domain::ProductShown shown_of(Shop const& shop, ProductShape const& shape, std::string const& path,
                              domain::Detail detail);
/// False for most goods in a listing: nothing to look up.
bool may_need_disclosures(domain::Product const& product) noexcept;
/// Appends the bytes of each unit price that the answer has to hold.
void add_unit_price_members(std::vector<std::string>& out, Shop const& shop, domain::ProductShown const& shown);

}  // namespace b2a::protocol::ucp
