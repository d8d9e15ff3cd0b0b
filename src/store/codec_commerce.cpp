// SPDX-License-Identifier: Apache-2.0
#include "store/codec.hpp"
#include "store/codec_purchase.hpp"

namespace b2a::domain {

template <class A>
void fields(A& a, In<A, Promotion>& v) {
    a.since(2, v.id);
    a(v.code), a(v.title);
    a.choice(v.kind, PromotionKind::free_shipping);
    a(v.rate_ppm), a(v.amounts), a(v.valid_from), a(v.valid_until), a(v.stackable);
    a.since(2, v.eligibility, v.subtotal_min);
    if constexpr (A::reading) {
        if (a.version() < 2) v.id = v.code;  // the key that version 1 stored it under
    }
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

template <class A>
void fields(A& a, In<A, GeoPoint>& v) {
    a(v.latitude_e6), a(v.longitude_e6);
}

template <class A>
void fields(A& a, In<A, DailyHours>& v) {
    a(v.weekday), a(v.opens), a(v.closes);
}

template <class A>
void fields(A& a, In<A, ExceptionHours>& v) {
    a(v.from), a(v.through), a(v.closed), a(v.opens), a(v.closes), a(v.title);
}

template <class A>
void fields(A& a, In<A, Amenity>& v) {
    a(v.id), a(v.description);
}

template <class A>
void fields(A& a, In<A, Location>& v) {
    a(v.id), a(v.name), a(v.address), a(v.geo), a(v.timezone), a(v.hours), a(v.exceptions), a(v.amenities);
    a(v.pickup), a(v.pickup_hours), a(v.excluded);
}

template <class A>
void fields(A& a, In<A, MeasureRange>& v) {
    a.choice(v.measurement, Measurement::foot);
    a(v.min_mm), a(v.max_mm);
}

template <class A>
void fields(A& a, In<A, SizeEquivalent>& v) {
    a.choice(v.system, SizeSystem::letter);
    a(v.label);
}

template <class A>
void fields(A& a, In<A, SizeRow>& v) {
    a(v.label), a(v.equivalents), a(v.ranges);
}

template <class A>
void fields(A& a, In<A, SizeChart>& v) {
    a(v.id), a(v.brand);
    a.choice(v.garment, Garment::belt);
    a.choice(v.audience, Audience::babies);
    a.choice(v.system, SizeSystem::letter);
    a(v.rows), a(v.source), a(v.synthetic);
}

template <class A>
void fields(A& a, In<A, Occasion>& v) {
    a(v.id), a(v.title), a(v.names), a(v.styles), a(v.source);
}

template <class A>
void fields(A& a, In<A, LookSlot>& v) {
    a(v.name), a(v.products), a(v.categories), a(v.quantity), a(v.per_person), a(v.required);
}

template <class A>
void fields(A& a, In<A, Look>& v) {
    a(v.id), a(v.brand), a(v.title), a(v.description), a(v.occasions), a(v.styles), a(v.slots), a(v.source);
    a(v.synthetic);
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
Bytes encode(domain::Location const& location) {
    return codec::write(location);
}
Bytes encode(domain::SizeChart const& chart) {
    return codec::write(chart);
}
Bytes encode(domain::Occasion const& occasion) {
    return codec::write(occasion);
}
Bytes encode(domain::Look const& look) {
    return codec::write(look);
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
Result<domain::Location> decode_location(ByteView body) {
    return codec::read<domain::Location>(body, "location");
}
Result<domain::SizeChart> decode_size_chart(ByteView body) {
    return codec::read<domain::SizeChart>(body, "size chart");
}
Result<domain::Occasion> decode_occasion(ByteView body) {
    return codec::read<domain::Occasion>(body, "occasion");
}
Result<domain::Look> decode_look(ByteView body) {
    return codec::read<domain::Look>(body, "look");
}

}  // namespace b2a::store
