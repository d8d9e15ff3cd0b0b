// SPDX-License-Identifier: Apache-2.0
#include "store/codec.hpp"
#include "store/codec_archive.hpp"

namespace b2a::domain {

using store::codec::In;

template <class A>
void fields(A& a, In<A, Promotion>& v) {
    a(v.code), a(v.title);
    a.choice(v.kind, PromotionKind::free_shipping);
    a(v.rate_ppm), a(v.amounts), a(v.valid_from), a(v.valid_until), a(v.stackable);
}

template <class A>
void fields(A& a, In<A, ShippingMethod>& v) {
    a(v.id), a(v.title), a(v.description), a(v.carrier), a(v.countries), a(v.prices), a(v.free_above);
    a(v.days_min), a(v.days_max);
}

template <class A>
void fields(A& a, In<A, TaxRate>& v) {
    a(v.country), a(v.region), a(v.rate_ppm), a(v.title);
}

template <class A>
void fields(A& a, In<A, Brand>& v) {
    a(v.name), a(v.title), a(v.description), a(v.url);
}

}  // namespace b2a::domain

namespace b2a::store {

Bytes encode(domain::Promotion const& promotion) {
    return codec::write(promotion);
}
Bytes encode(domain::ShippingMethod const& method) {
    return codec::write(method);
}
Bytes encode(domain::TaxRate const& rate) {
    return codec::write(rate);
}
Bytes encode(domain::Brand const& brand) {
    return codec::write(brand);
}

Result<domain::Promotion> decode_promotion(ByteView body) {
    return codec::read<domain::Promotion>(body, "promotion");
}
Result<domain::ShippingMethod> decode_shipping(ByteView body) {
    return codec::read<domain::ShippingMethod>(body, "shipping method");
}
Result<domain::TaxRate> decode_tax(ByteView body) {
    return codec::read<domain::TaxRate>(body, "tax rate");
}
Result<domain::Brand> decode_brand(ByteView body) {
    return codec::read<domain::Brand>(body, "brand");
}

}  // namespace b2a::store
