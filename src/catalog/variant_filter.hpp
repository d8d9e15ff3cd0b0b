// SPDX-License-Identifier: Apache-2.0
// The variants that a query accepts, as bits: the intersection of its filters, and what its demands leave of it.
#pragma once

#include "b2a/catalog/query.hpp"

#include "catalog/index.hpp"

namespace b2a::catalog {

/// Sets of one thread, kept from one query to the next.
struct FilterScratch {
    Words accepted, values;
};

/// Errors: those of Snapshot::search() that the query itself has.
Result<void> check(SearchQuery const& query);
/// What passes all filters, in `scratch.accepted`. Demands are not asked.
WordSpan filter_variants(Index const& index, SearchQuery const& query, FilterScratch& scratch);
/// Leaves what answers the demand; `scratch` is for `values` only.
void keep(Index const& index, Demand const& demand, WordSpan accepted, Words& values);

}  // namespace b2a::catalog
