// SPDX-License-Identifier: Apache-2.0
#include "store/codec.hpp"
#include "store/codec_purchase.hpp"
#include "store/codec_v1.hpp"

namespace b2a::domain {

template <class A>
void fields(A& a, In<A, LineQuantity>& v) {
    a(v.line_id), a(v.quantity);
}

template <class A>
void fields(A& a, In<A, FulfillmentEvent>& v) {
    a(v.id), a(v.occurred_at);
    a.choice(v.type, FulfillmentEventType::delivered);
    a(v.carrier), a(v.tracking_number), a(v.tracking_url);
    a.since(2, v.description, v.lines);
}

template <class A>
void fields(A& a, In<A, Adjustment>& v) {
    a(v.id), a(v.type), a(v.occurred_at);
    a.choice(v.status, AdjustmentStatus::failed);
    a(v.lines), a(v.minor), a(v.description);
}

template <class A>
void methods(A& a, In<A, Order>& v) {
    if constexpr (A::reading) {
        if (a.version() < 2) {
            auto& method = store::codec::v1::add_shipment(v.methods);
            a(method.destinations.emplace_back()), a(method.options.emplace_back());
            method.selected_destination_id = method.destinations.front().id;
            method.selected_option_id = method.options.front().id;
            return;
        }
    }
    a(v.methods);
}

template <class A>
void fields(A& a, In<A, Order>& v) {
    a(v.id), a(v.checkout_id), a(v.version), a(v.owner), a(v.created), a(v.currency), a(v.lines), a(v.buyer);
    a(v.attribution), a(v.discounts);
    methods(a, v);
    a(v.totals), a(v.payment), a(v.events), a(v.label);
    a.since(2, v.adjustments, v.subscription);
    a.since(3, v.catalog_revision, v.taxes, v.disclosures);
    if constexpr (A::reading) {
        if (a.version() < 2) {
            store::codec::v1::cover_lines(v.methods, v.lines);
            store::codec::v1::cover_lines(v.events, v.lines);
        }
    }
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
