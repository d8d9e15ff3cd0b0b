// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/catalog.hpp"

#include <algorithm>
#include <unordered_set>

#include "b2a/base/limits.hpp"

#include "service/facts.hpp"

namespace b2a::service {
namespace {

catalog::SearchQuery capped(catalog::SearchQuery query, policy::ReadTerms const& terms) {
    query.limit = terms.page_max;
    return query;
}

/// An id may name a variant, a product, or both when the product has just that variant; the variant says more.
struct Named {
    std::uint32_t product_index = 0;
    std::optional<std::uint32_t> variant_index;
};

std::optional<Named> resolve(catalog::Snapshot const& snapshot, std::string_view id) {
    if (auto const variant = snapshot.find_variant(id)) return Named{variant->product_index, variant->variant_index};
    if (auto const product = snapshot.find_product(id)) return Named{*product, std::nullopt};
    return std::nullopt;
}

}  // namespace

CatalogService::CatalogService(catalog::Holder const& holder, Governance& governance) :
    view_(holder), governance_(governance) {}

Result<SearchView> CatalogService::search(RequestContext const& context, catalog::SearchQuery const& query) {
    B2A_TRY(terms, governance_.permit_read(context, read_facts(context, policy::Action::catalog_search)));
    auto const& snapshot = *view_.get();
    auto result = query.limit > terms.page_max ? snapshot.search(capped(query, terms)) : snapshot.search(query);
    if (!result) return std::move(result).error();
    return SearchView{&snapshot, std::move(*result)};
}

Result<ProductView> CatalogService::product(RequestContext const& context, std::string_view id) {
    auto const& snapshot = *view_.get();
    auto const named = resolve(snapshot, id);
    auto facts = read_facts(context, policy::Action::catalog_product);
    if (named) add_product(facts, snapshot.product_at(named->product_index));
    B2A_CHECK(governance_.permit_read(context, facts));
    if (!named) return Error(Code::not_found, "no such product", std::string(id.substr(0, limits::id_bytes_max)));
    return ProductView{&snapshot, named->product_index, named->variant_index};
}

Result<LookupView> CatalogService::lookup(RequestContext const& context, std::vector<std::string> const& ids) {
    if (ids.size() > limits::lookup_ids_max)
        return Error(Code::payload_too_large, "at most " + std::to_string(limits::lookup_ids_max) + " ids", "/ids");
    auto const& snapshot = *view_.get();
    LookupView view;
    view.snapshot = &snapshot;
    std::unordered_set<std::string_view> seen;
    for (auto const& id : ids) {
        if (!seen.insert(id).second) continue;
        auto const named = resolve(snapshot, id);
        if (!named) {
            view.missing.push_back(id);
            continue;
        }
        auto found = std::ranges::find(view.found, named->product_index, &LookupView::Found::product_index);
        if (found == view.found.end()) {
            view.found.push_back({named->product_index, {}});
            found = view.found.end() - 1;
        }
        auto const variant = named->variant_index.value_or(snapshot.first_variant(named->product_index));
        found->inputs.push_back({id, variant, named->variant_index.has_value()});
    }
    auto facts = read_facts(context, policy::Action::catalog_lookup);
    for (auto const& found : view.found) add_product(facts, snapshot.product_at(found.product_index));
    B2A_CHECK(governance_.permit_read(context, facts));
    return view;
}

Result<LocationView> CatalogService::locations(RequestContext const& context, catalog::LocationQuery const& query) {
    B2A_CHECK(governance_.permit_read(context, read_facts(context, policy::Action::location_search)));
    auto const& snapshot = *view_.get();
    auto result = catalog::search_locations(snapshot, query);
    if (!result) return std::move(result).error();
    return LocationView{&snapshot, std::move(*result)};
}

}  // namespace b2a::service
