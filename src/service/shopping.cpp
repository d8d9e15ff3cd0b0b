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

}  // namespace b2a::service
