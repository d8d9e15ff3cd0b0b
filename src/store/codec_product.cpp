// SPDX-License-Identifier: Apache-2.0
#include "store/codec.hpp"
#include "store/codec_archive.hpp"

namespace b2a::domain {

using store::codec::In;

template <class A>
void fields(A& a, In<A, Quantity>& v) {
    a(v.mantissa), a(v.scale), a(v.unit);
}

template <std::size_t index, class A>
void alternative(A& a, In<A, AttributeValue>& v) {
    if constexpr (A::reading) v.template emplace<index>();
    a(*std::get_if<index>(&v));
}

template <class A>
void fields(A& a, In<A, Attribute>& v) {
    enum class Kind : std::uint8_t { text, quantity, boolean };
    a(v.name);
    auto kind = static_cast<Kind>(v.value.index());
    a.choice(kind, Kind::boolean);
    switch (kind) {
        case Kind::text: return alternative<0>(a, v.value);
        case Kind::quantity: return alternative<1>(a, v.value);
        case Kind::boolean: return alternative<2>(a, v.value);
    }
}

template <class A>
void fields(A& a, In<A, Media>& v) {
    a(v.type), a(v.url), a(v.alt_text);
}

template <class A>
void fields(A& a, In<A, Barcode>& v) {
    a(v.type), a(v.value);
}

template <class A>
void fields(A& a, In<A, OptionValue>& v) {
    a(v.name), a(v.label);
}

template <class A>
void fields(A& a, In<A, Offer>& v) {
    a(v.price), a(v.list);
}

template <class A>
void fields(A& a, In<A, Variant>& v) {
    a(v.id), a(v.sku), a(v.title), a(v.options), a(v.attributes), a(v.barcodes), a(v.media), a(v.offers);
    a(v.declared_stock);
    a.choice(v.delivery, Delivery::digital);
    a.since(3, v.measure);
}

template <class A>
void fields(A& a, In<A, Nutrient>& v) {
    a(v.name), a(v.milli);
}

template <class A>
void fields(A& a, In<A, AllergenDeclaration>& v) {
    for (std::size_t i = 0; i < allergen_count; ++i) {
        auto const allergen = static_cast<Allergen>(i);
        auto status = v.stated(allergen);
        a.choice(status, AllergenStatus::contains);
        if constexpr (A::reading) v.set(allergen, status);
    }
    auto complete = v.complete();
    a(complete);
    if constexpr (A::reading) {
        if (complete) v.mark_complete();
    }
}

template <class A>
void fields(A& a, In<A, DietClaim>& v) {
    a.choice(v.diet, Diet::low_salt);
    a.choice(v.status, DietStatus::unsuitable);
    a(v.source);
}

template <class A>
void fields(A& a, In<A, FoodInfo>& v) {
    a(v.ingredients), a(v.allergens), a(v.nutrients), a(v.net_content);
    a.since(5, v.diets);
}

template <class A>
void fields(A& a, In<A, Edge>& v) {
    a.choice(v.type, EdgeType::part_of_look);
    a(v.target), a(v.source);
    a.since(5, v.score_ppm);
}

template <class A>
void fields(A& a, In<A, Product>& v) {
    a(v.id), a(v.brand), a(v.title), a(v.description), a(v.url), a(v.categories), a(v.tags), a(v.attributes);
    a(v.media), a(v.food), a(v.edges), a(v.variants);
}

}  // namespace b2a::domain

namespace b2a::store {

Bytes encode(domain::Product const& product) {
    return codec::write(product);
}
Result<domain::Product> decode_product(ByteView body) {
    return codec::read<domain::Product>(body, "product");
}

}  // namespace b2a::store
