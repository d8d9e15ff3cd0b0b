// SPDX-License-Identifier: Apache-2.0
// Gives the announced reductions of a catalog the lowest price of the 30 days before them. Only they are looked up: a
// catalog of 100,000 variants at their usual price costs one comparison each.
#pragma once

#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/price_history.hpp"

namespace b2a::store {

/// `newest_first(variant_id, currency, search)` feeds `search` the points of one offer until it has enough.
template <class NewestFirst>
Result<void> add_prior_prices(catalog::CatalogData& data, NewestFirst const& newest_first) {
    for (auto& product : data.products)
        for (auto& variant : product.variants)
            for (auto& offer : variant.offers) {
                if (offer.list.minor <= offer.price.minor) continue;
                domain::PriorPriceSearch search;
                B2A_CHECK(newest_first(variant.id, offer.price.currency, search));
                offer.prior = search.result();
            }
    return {};
}

}  // namespace b2a::store
