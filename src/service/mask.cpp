// SPDX-License-Identifier: Apache-2.0
#include "service/mask.hpp"

#include <utility>

namespace b2a::service {
namespace {

void hide(domain::Buyer& buyer) {
    auto consent = std::move(buyer.consent);
    buyer = {};
    buyer.consent = std::move(consent);
}

void hide(std::vector<domain::FulfillmentMethod>& methods) {
    for (auto& method : methods) {
        if (method.kind != domain::FulfillmentKind::shipping) continue;  // our own locations are public
        for (auto& destination : method.destinations) {
            domain::Address shown;
            shown.country = std::move(destination.address.country);
            shown.region = std::move(destination.address.region);
            destination.address = std::move(shown);
            destination.name.clear();
        }
    }
}

}  // namespace

void apply_mask(policy::ReadTerms const& terms, domain::Checkout& checkout) {
    if (!terms.mask_buyer) return;
    hide(checkout.buyer);
    hide(checkout.fulfillment.methods);
}

void apply_mask(policy::ReadTerms const& terms, domain::Order& order) {
    if (!terms.mask_buyer) return;
    hide(order.buyer);
    hide(order.methods);
}

void apply_mask(policy::ReadTerms const& terms, domain::Cart& cart) {
    if (terms.mask_buyer) hide(cart.buyer);
}

}  // namespace b2a::service
