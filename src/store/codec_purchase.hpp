// SPDX-License-Identifier: Apache-2.0
// Field lists of the parts that carts, checkouts and orders share. Private to the codecs.
#pragma once

#include "b2a/domain/checkout.hpp"

#include "store/codec_archive.hpp"

namespace b2a::domain {

using store::codec::In;

template <class A>
void fields(A& a, In<A, Address>& v) {
    a(v.first_name), a(v.last_name), a(v.street_address), a(v.extended_address), a(v.locality), a(v.region);
    a(v.postal_code), a(v.country), a(v.phone_number);
}

template <class A>
void fields(A& a, In<A, Buyer>& v) {
    a(v.first_name), a(v.last_name), a(v.email), a(v.phone_number);
    a.since(2, v.consent);
}

template <class A>
void fields(A& a, In<A, Context>& v) {
    a(v.country), a(v.region), a(v.postal_code), a(v.language), a(v.currency), a(v.intent);
    a.since(2, v.eligibility);
}

template <class A>
void fields(A& a, In<A, Destination>& v) {
    a(v.id);
    a.since(2, v.name);
    a(v.address);
}

template <class A>
void fields(A& a, In<A, Total>& v) {
    a.choice(v.kind, TotalKind::total);
    a(v.minor), a(v.title);
}

template <class A>
void fields(A& a, In<A, Line>& v) {
    a(v.id), a(v.variant_id), a(v.product_id), a(v.title), a(v.image_url), a(v.quantity), a(v.unit_minor);
    a.choice(v.delivery, Delivery::digital);
    a(v.discount_minor);
}

template <class A>
void fields(A& a, In<A, AppliedDiscount>& v) {
    a(v.code), a(v.title), a(v.minor), a(v.line_allocations);
    a.since(2, v.eligibility, v.provisional);
    a.since(3, v.promotion_id, v.rate_ppm, v.attested_by);
}

template <class A>
void fields(A& a, In<A, ShippingOption>& v) {
    a(v.id), a(v.title), a(v.description), a(v.carrier), a(v.minor), a(v.earliest), a(v.latest);
}

template <class A>
void fields(A& a, In<A, FulfillmentMethod>& v) {
    a(v.id);
    a.choice(v.kind, FulfillmentKind::pickup);
    a(v.line_ids), a(v.destinations), a(v.selected_destination_id), a(v.options), a(v.selected_option_id);
}

template <class A>
void fields(A& a, In<A, Instrument>& v) {
    a(v.id), a(v.handler_id), a(v.type), a(v.selected), a(v.brand), a(v.last_digits);
}

template <class A>
void fields(A& a, In<A, Payment>& v) {
    a(v.instruments);
    a.choice(v.state, PaymentState::unknown);
    a(v.reference), a(v.attempts);
}

template <class A>
void fields(A& a, In<A, Finding>& v) {
    a.choice(v.code, domain::last_finding_code);
    a.choice(v.severity, Severity::unrecoverable);
    a(v.path), a(v.content);
}

template <class A>
void fields(A& a, In<A, AppliedTax>& v) {
    a(v.country), a(v.region), a(v.rate_ppm), a(v.base_minor), a(v.minor), a(v.title);
}

template <class A>
void fields(A& a, In<A, Disclosure>& v) {
    a.choice(v.code, DisclosureCode::legal_guarantee);
    a(v.path), a(v.content), a(v.url), a(v.detail);
}

template <class A>
void fields(A& a, In<A, Subscription>& v) {
    a(v.target), a(v.dialect);
}

}  // namespace b2a::domain
