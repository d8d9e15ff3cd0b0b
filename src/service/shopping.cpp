// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/shopping.hpp"

#include "service/facts.hpp"

namespace b2a::service {

ShoppingService::ShoppingService(catalog::Holder const& holder, Governance& governance) :
    view_(holder), governance_(governance) {}

Result<catalog::Snapshot const*> ShoppingService::permitted(RequestContext const& context) {
    B2A_CHECK(governance_.permit_read(context, read_facts(context, policy::Action::catalog_search)));
    return view_.get().get();
}

Result<catalog::Snapshot const*> ShoppingService::permitted(RequestContext const& context,
                                                            std::vector<std::string_view> const& ids) {
    auto const& snapshot = *view_.get();
    auto facts = read_facts(context, policy::Action::catalog_lookup);
    for (auto const id : ids) {
        if (auto const variant = snapshot.find_variant(id)) add_product(facts, *variant->product);
        else if (auto const product = snapshot.find_product(id)) add_product(facts, snapshot.product_at(*product));
    }
    B2A_CHECK(governance_.permit_read(context, facts));
    return &snapshot;
}

}  // namespace b2a::service
