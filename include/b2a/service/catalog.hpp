// SPDX-License-Identifier: Apache-2.0
// Reads of the catalog, after the policy pipeline. Immediate: nothing here waits. One instance per I/O thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/catalog/locations.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"

namespace b2a::service {

struct ProductView {
    catalog::Snapshot const* snapshot = nullptr;  // valid until the next call on this thread
    std::uint32_t product_index = 0;
    std::optional<std::uint32_t> variant_index;  // set when the id named a variant
};

struct LookupView {
    catalog::Snapshot const* snapshot = nullptr;
    struct Found {
        std::uint32_t product_index = 0;
        /// Variant (global index) → the requested ids that led to it; exact is false for a product id.
        struct Input {
            std::string id;
            std::uint32_t variant_index = 0;
            bool exact = false;
        };
        std::vector<Input> inputs;
    };
    std::vector<Found> found;          // one per product, in order of first mention
    std::vector<std::string> missing;  // unknown ids
};

struct SearchView {
    catalog::Snapshot const* snapshot = nullptr;
    catalog::SearchResult result;
};

struct LocationView {
    catalog::Snapshot const* snapshot = nullptr;
    catalog::LocationResult result;
};

class CatalogService {
  public:
    CatalogService(catalog::Holder const& holder, Governance& governance);

    Result<SearchView> search(RequestContext const& context, catalog::SearchQuery const& query);
    /// `id` may name a product or a variant. Errors: not_found.
    Result<ProductView> product(RequestContext const& context, std::string_view id);
    /// Errors: payload_too_large above limits::lookup_ids_max.
    Result<LookupView> lookup(RequestContext const& context, std::vector<std::string> const& ids);
    /// catalog::search_locations() behind the policy. Errors: those of it.
    Result<LocationView> locations(RequestContext const& context, catalog::LocationQuery const& query);

    /// The current snapshot without a policy question; for descriptors and health.
    catalog::Snapshot const& snapshot() { return *view_.get(); }

  private:
    catalog::View view_;
    Governance& governance_;
};

}  // namespace b2a::service
