// SPDX-License-Identifier: Apache-2.0
#include "store/codec.hpp"
#include "store/codec_purchase.hpp"

namespace b2a::domain {

template <class A>
void fields(A& a, In<A, Fulfillment>& v) {
    a(v.destinations), a(v.selected_destination_id), a(v.options), a(v.selected_option_id);
}

template <class A>
void fields(A& a, In<A, Context>& v) {
    a(v.country), a(v.region), a(v.postal_code), a(v.language), a(v.currency), a(v.intent);
}

template <class A>
void fields(A& a, In<A, Finding>& v) {
    a.choice(v.code, FindingCode::price_changed);
    a.choice(v.severity, Severity::unrecoverable);
    a(v.path), a(v.content);
}

template <class A>
void fields(A& a, In<A, Checkout>& v) {
    a(v.id), a(v.version), a(v.owner);
    a.choice(v.status, CheckoutStatus::canceled);
    a(v.currency), a(v.lines), a(v.buyer), a(v.context), a(v.attribution), a(v.discount_codes), a(v.discounts);
    a(v.fulfillment), a(v.payment), a(v.totals), a(v.findings), a(v.approval_required), a(v.created), a(v.expires);
    a(v.order_id), a(v.catalog_revision);
}

}  // namespace b2a::domain

namespace b2a::store {

Bytes encode(domain::Checkout const& checkout) {
    return codec::write(checkout);
}
Result<domain::Checkout> decode_checkout(ByteView body) {
    return codec::read<domain::Checkout>(body, "checkout");
}

}  // namespace b2a::store
