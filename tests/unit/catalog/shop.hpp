// SPDX-License-Identifier: Apache-2.0
// Small catalogs for tests, built step by step.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "b2a/catalog/snapshot.hpp"

namespace b2a::test {

inline Currency const usd = *Currency::parse("USD");
inline Currency const eur = *Currency::parse("EUR");

inline domain::Variant a_variant(std::string id, std::vector<domain::OptionValue> options = {},
                                 std::vector<Money> prices = {{1'000, usd}}) {
    domain::Variant variant;
    variant.id = std::move(id);
    variant.options = std::move(options);
    for (auto const price : prices) variant.offers.push_back({price, price});
    return variant;
}

/// One variant named after the product, unless the test adds its own.
inline domain::Product a_product(std::string id, std::string title, std::vector<domain::Variant> variants = {}) {
    domain::Product product;
    product.id = std::move(id);
    product.title = std::move(title);
    product.variants = std::move(variants);
    if (product.variants.empty()) product.variants.push_back(a_variant(product.id + "-v"));
    return product;
}

inline std::shared_ptr<catalog::Snapshot const> a_shop(std::vector<domain::Product> products,
                                                       catalog::StockLevels const& stock = {},
                                                       std::uint64_t revision = 1) {
    catalog::CatalogData data;
    data.revision = revision;
    data.products = std::move(products);
    return catalog::Snapshot::build(std::move(data), stock);
}

/// The product ids of one page, in its order.
inline std::vector<std::string> ids_of(catalog::Snapshot const& shop, catalog::SearchQuery const& query) {
    std::vector<std::string> ids;
    auto const result = shop.search(query);
    for (auto const& hit : result.value().hits) ids.push_back(shop.product_at(hit.product_index).id);
    return ids;
}

inline catalog::SearchQuery text_query(std::string text) {
    catalog::SearchQuery query;
    query.text = std::move(text);
    return query;
}

/// The ids of the variants in a hit.
inline std::vector<std::string> variants_of(catalog::Snapshot const& shop, catalog::Hit const& hit) {
    std::vector<std::string> ids;
    auto const& product = shop.product_at(hit.product_index);
    auto const first = shop.first_variant(hit.product_index);
    for (auto const v : hit.variants) ids.push_back(product.variants.at(v - first).id);
    return ids;
}

}  // namespace b2a::test
