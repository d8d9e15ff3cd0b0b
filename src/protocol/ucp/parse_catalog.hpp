// SPDX-License-Identifier: Apache-2.0
// Catalog requests of UCP: search, look-up by ids, one product with option selections.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"
#include "b2a/json/view.hpp"
#include "b2a/protocol/need.hpp"

#include "product_options.hpp"

namespace b2a::protocol::ucp {

struct PriceFilter {
    std::optional<std::int64_t> min;
    std::optional<std::int64_t> max;
    [[nodiscard]] bool empty() const noexcept { return !min && !max; }
};

struct CatalogFilters {
    std::vector<std::string> categories;
    PriceFilter price;
    [[nodiscard]] bool empty() const noexcept { return categories.empty() && price.empty(); }
};

struct SearchCommand {
    std::string query;
    CatalogFilters filters;
    std::string currency;  // context.currency as sent
    std::string cursor;
    std::size_t limit = 0;
    NeedReader needs;  // filters.<the brand's name>.need, as the native API has it
};

struct LookupCommand {
    std::vector<std::string> ids;  // without repetitions, in order
    CatalogFilters filters;
    std::string currency;
};

struct ProductCommand {
    std::string id;
    Selection selected;
    std::vector<std::string> preferences;
    CatalogFilters filters;
    std::string currency;
};

/// `vendor` is the brand's name: vendor_namespace().
Result<SearchCommand> parse_search(json::View body, std::string const& vendor);
Result<LookupCommand> parse_lookup(json::View body);
Result<ProductCommand> parse_product(json::View body);

}  // namespace b2a::protocol::ucp
