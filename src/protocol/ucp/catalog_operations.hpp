// SPDX-License-Identifier: Apache-2.0
// The three catalog operations after parsing: ask the service, choose the variants to show, render.
#pragma once

#include <string>

#include "b2a/protocol/presentation.hpp"
#include "b2a/protocol/render_cache.hpp"
#include "b2a/protocol/vendor.hpp"
#include "b2a/service/catalog.hpp"
#include "b2a/service/shopping.hpp"

#include "render_catalog.hpp"
#include "terms.hpp"

namespace b2a::protocol::ucp {

class CatalogOperations {
  public:
    CatalogOperations(Site const& site, service::CatalogService& catalog, service::ShoppingService& shopping) :
        site_(site), catalog_(catalog), shopping_(shopping) {}

    /// The brand's name for what UCP has no word for.
    [[nodiscard]] std::string vendor() const { return vendor_namespace(site_); }

    /// Each appends the body of a successful answer; on an error what was written is of no use.
    Result<void> search(service::RequestContext const& context, Terms const& terms, SearchCommand const& command,
                        std::string& out);
    Result<void> lookup(service::RequestContext const& context, Terms const& terms, LookupCommand const& command,
                        std::string& out);
    Result<void> product(service::RequestContext const& context, Terms const& terms, ProductCommand const& command,
                         std::string& out);

  private:
    /// The currency to show, and what to tell the caller when it is not the one wished for.
    struct Pricing {
        Currency currency;
        std::string notice;
    };
    Pricing pricing(std::string const& wished, CatalogFilters& filters);
    static VariantIndexes choices_of(Shop const& shop, catalog::Hit const& hit);
    /// A search for nobody, or for those whose need was told; then each hit has a judgement.
    Result<service::NeedSearchView> find(service::RequestContext const& context, catalog::SearchQuery const& query,
                                         std::optional<shopping::Need> const& need);
    bool write_hit(json::Writer& json, Shop const& shop, catalog::Hit const& hit, service::JudgedHit const* judged);

    Site const& site_;
    service::CatalogService& catalog_;
    service::ShoppingService& shopping_;
    RenderCache cache_;
    CatalogCensus census_;
};

}  // namespace b2a::protocol::ucp
