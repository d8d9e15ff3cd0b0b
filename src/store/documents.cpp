// SPDX-License-Identifier: Apache-2.0
#include "store/documents.hpp"

#include "store/codec.hpp"

namespace b2a::store {
namespace {

template <class T>
Result<void> push(std::vector<T>& list, Result<T> decoded) {
    if (!decoded) return std::move(decoded).error();
    list.push_back(std::move(*decoded));
    return {};
}

template <class T>
Result<Bytes> encode_again(Result<T> decoded) {
    if (!decoded) return std::move(decoded).error();
    return encode(*decoded);
}

Error unknown_kind() {
    return Error(Code::store_unavailable).with_note("damaged row: a document of an unknown kind");
}

}  // namespace

Result<void> add_document(catalog::CatalogData& data, DocumentKind kind, ByteView body) {
    switch (kind) {
        case DocumentKind::product: return push(data.products, decode_product(body));
        case DocumentKind::promotion: return push(data.promotions, decode_promotion(body));
        case DocumentKind::shipping: return push(data.shipping, decode_shipping(body));
        case DocumentKind::tax: return push(data.taxes, decode_tax(body));
        case DocumentKind::brand: return push(data.brands, decode_brand(body));
        case DocumentKind::location: return push(data.locations, decode_location(body));
        case DocumentKind::size_chart: return push(data.size_charts, decode_size_chart(body));
        case DocumentKind::occasion: return push(data.occasions, decode_occasion(body));
        case DocumentKind::look: return push(data.looks, decode_look(body));
    }
    return unknown_kind();
}

Result<Bytes> in_current_form(DocumentKind kind, Bytes body) {
    if (is_current(body)) return body;
    switch (kind) {
        case DocumentKind::product: return encode_again(decode_product(body));
        case DocumentKind::promotion: return encode_again(decode_promotion(body));
        case DocumentKind::shipping: return encode_again(decode_shipping(body));
        case DocumentKind::tax: return encode_again(decode_tax(body));
        case DocumentKind::brand: return encode_again(decode_brand(body));
        case DocumentKind::location: return encode_again(decode_location(body));
        case DocumentKind::size_chart: return encode_again(decode_size_chart(body));
        case DocumentKind::occasion: return encode_again(decode_occasion(body));
        case DocumentKind::look: return encode_again(decode_look(body));
    }
    return unknown_kind();
}

}  // namespace b2a::store
