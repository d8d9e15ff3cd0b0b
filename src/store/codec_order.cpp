// SPDX-License-Identifier: Apache-2.0
#include "store/codec.hpp"
#include "store/codec_purchase.hpp"

namespace b2a::domain {

template <class A>
void fields(A& a, In<A, FulfillmentEvent>& v) {
    a(v.id), a(v.occurred_at);
    a.choice(v.type, FulfillmentEventType::delivered);
    a(v.carrier), a(v.tracking_number), a(v.tracking_url);
}

template <class A>
void fields(A& a, In<A, Order>& v) {
    a(v.id), a(v.checkout_id), a(v.version), a(v.owner), a(v.created), a(v.currency), a(v.lines), a(v.buyer);
    a(v.attribution), a(v.discounts), a(v.destination), a(v.shipping), a(v.totals), a(v.payment), a(v.events);
    a(v.label);
}

}  // namespace b2a::domain

namespace b2a::store {

Bytes encode(domain::Order const& order) {
    return codec::write(order);
}
Result<domain::Order> decode_order(ByteView body) {
    return codec::read<domain::Order>(body, "order");
}

}  // namespace b2a::store
