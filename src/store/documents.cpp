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

}  // namespace

Result<void> add_document(catalog::CatalogData& data, DocumentKind kind, ByteView body) {
    switch (kind) {
        case DocumentKind::product: return push(data.products, decode_product(body));
        case DocumentKind::promotion: return push(data.promotions, decode_promotion(body));
        case DocumentKind::shipping: return push(data.shipping, decode_shipping(body));
        case DocumentKind::tax: return push(data.taxes, decode_tax(body));
        case DocumentKind::brand: return push(data.brands, decode_brand(body));
    }
    return Error(Code::store_unavailable).with_note("damaged row: a document of an unknown kind");
}

}  // namespace b2a::store
