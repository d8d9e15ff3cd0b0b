// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/cart.hpp"

#include "store/codec.hpp"
#include "store/codec_purchase.hpp"
#include "store/codec_v1.hpp"

namespace b2a::domain {

template <class A>
void fields(A& a, In<A, Fulfillment>& v) {
    if constexpr (A::reading) {
        if (a.version() < 2) {
            auto& method = store::codec::v1::add_shipment(v.methods);
            a(method.destinations), a(method.selected_destination_id), a(method.options), a(method.selected_option_id);
            return;
        }
    }
    a(v.methods), a(v.pickup_available);
}

template <class A>
void fields(A& a, In<A, Checkout>& v) {
    a(v.id), a(v.version), a(v.owner);
    a.choice(v.status, CheckoutStatus::canceled);
    a(v.currency), a(v.lines), a(v.buyer), a(v.context), a(v.attribution), a(v.discount_codes), a(v.discounts);
    a(v.fulfillment), a(v.payment), a(v.totals), a(v.findings), a(v.approval_required), a(v.created), a(v.expires);
    a(v.order_id), a(v.catalog_revision);
    a.since(2, v.subscription, v.cart_id);
    a.since(3, v.taxes, v.disclosures, v.mandate_required, v.mandate_strikes);
    a.since(4, v.terms);
    if constexpr (A::reading) {
        if (a.version() < 2) store::codec::v1::cover_lines(v.fulfillment.methods, v.lines);
    }
}

template <class A>
void fields(A& a, In<A, Cart>& v) {
    a(v.id), a(v.version), a(v.owner), a(v.canceled), a(v.currency), a(v.lines), a(v.buyer), a(v.context);
    a(v.attribution), a(v.discount_codes), a(v.discounts), a(v.totals), a(v.findings), a(v.created), a(v.expires);
    a(v.checkout_id), a(v.catalog_revision);
    a.since(3, v.disclosures);
}

}  // namespace b2a::domain

namespace b2a::store {

Bytes encode(domain::Checkout const& checkout) {
    return codec::write(checkout);
}
Bytes encode(domain::Cart const& cart) {
    return codec::write(cart);
}
Result<domain::Checkout> decode_checkout(ByteView body) {
    return codec::read<domain::Checkout>(body, "checkout");
}
Result<domain::Cart> decode_cart(ByteView body) {
    return codec::read<domain::Cart>(body, "cart");
}
bool is_current(ByteView body) noexcept {
    return !body.empty() && body.front() == codec::format_version;
}

}  // namespace b2a::store
