// SPDX-License-Identifier: Apache-2.0
// Questions about what belongs to what: walks through the product graph, looks and occasions.
#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/service/shopping.hpp"

#include "service/facts.hpp"

namespace b2a::service {
namespace {

bool has_occasion(domain::Look const& look, std::string const& occasion) {
    return std::ranges::any_of(look.occasions, [&](auto const& known) { return iequals(known, occasion); });
}

/// The page of `all`, which is in ascending order of ids, that begins behind `after`.
template <class Record, class Matches>
void take_page(std::vector<Record> const& all, DocumentQuery const& query, std::size_t page_max, Matches matches,
               DocumentPage<Record>& page) {
    auto const limit = std::min({query.limit, page_max, limits::page_size_max});
    for (auto at = std::ranges::upper_bound(all, query.after, {}, &Record::id); at != all.end(); ++at) {
        if (!matches(*at)) continue;
        page.more = page.items.size() == limit;
        if (page.more) return;
        page.items.push_back(&*at);
    }
}

}  // namespace

Result<TraverseView> ShoppingService::traverse(RequestContext const& context, catalog::TraverseQuery query) {
    B2A_TRY(terms, governance_.permit_read(context, read_facts(context, policy::Action::catalog_search)));
    auto const& snapshot = *view_.get();
    query.limit = std::min(query.limit, terms.page_max);
    B2A_TRY(result, catalog::traverse(snapshot, query));
    return TraverseView{&snapshot, std::move(result)};
}

Result<DocumentPage<domain::Look>> ShoppingService::looks(RequestContext const& context, DocumentQuery const& query) {
    B2A_TRY(terms, governance_.permit_read(context, read_facts(context, policy::Action::catalog_search)));
    DocumentPage<domain::Look> page;
    page.snapshot = view_.get().get();
    auto const matches = [&](domain::Look const& look) {
        if (!query.brand.empty() && !iequals(look.brand, query.brand)) return false;
        return query.occasion.empty() || has_occasion(look, query.occasion);
    };
    take_page(page.snapshot->data().looks, query, terms.page_max, matches, page);
    return page;
}

Result<LookView> ShoppingService::look(RequestContext const& context, std::string_view id) {
    B2A_CHECK(governance_.permit_read(context, read_facts(context, policy::Action::catalog_product)));
    auto const& snapshot = *view_.get();
    auto const& looks = snapshot.data().looks;
    auto const found = std::ranges::lower_bound(looks, id, {}, &domain::Look::id);
    if (found == looks.end() || found->id != id)
        return Error(Code::not_found, "no such look", std::string(id.substr(0, limits::id_bytes_max)));
    return LookView{&snapshot, &*found};
}

Result<DocumentPage<domain::Occasion>> ShoppingService::occasions(RequestContext const& context,
                                                                  DocumentQuery const& query) {
    B2A_TRY(terms, governance_.permit_read(context, read_facts(context, policy::Action::catalog_search)));
    DocumentPage<domain::Occasion> page;
    page.snapshot = view_.get().get();
    take_page(
        page.snapshot->data().occasions, query, terms.page_max, [](domain::Occasion const&) { return true; }, page);
    return page;
}

}  // namespace b2a::service
