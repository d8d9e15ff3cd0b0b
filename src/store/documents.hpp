// SPDX-License-Identifier: Apache-2.0
// The catalog as stored: documents of nine kinds, each an encoded body under (kind, id).
#pragma once

#include <compare>
#include <string>

#include "b2a/base/bytes.hpp"
#include "b2a/catalog/snapshot.hpp"

namespace b2a::store {

/// Stored by number.
enum class DocumentKind : std::uint8_t {
    product = 1,
    promotion,
    shipping,
    tax,
    brand,
    location,
    size_chart,
    occasion,
    look
};

struct DocumentKey {
    DocumentKind kind{};
    std::string id;
    friend auto operator<=>(DocumentKey const&, DocumentKey const&) = default;
};

inline DocumentKey key_of(domain::Product const& v) {
    return {DocumentKind::product, v.id};
}
inline DocumentKey key_of(domain::Promotion const& v) {
    return {DocumentKind::promotion, v.id};
}
inline DocumentKey key_of(domain::ShippingMethod const& v) {
    return {DocumentKind::shipping, v.id};
}
inline DocumentKey key_of(domain::TaxRate const& v) {
    return {DocumentKind::tax, v.country + '/' + v.region};
}
inline DocumentKey key_of(domain::Brand const& v) {
    return {DocumentKind::brand, v.name};
}
inline DocumentKey key_of(domain::Location const& v) {
    return {DocumentKind::location, v.id};
}
inline DocumentKey key_of(domain::SizeChart const& v) {
    return {DocumentKind::size_chart, v.id};
}
inline DocumentKey key_of(domain::Occasion const& v) {
    return {DocumentKind::occasion, v.id};
}
inline DocumentKey key_of(domain::Look const& v) {
    return {DocumentKind::look, v.id};
}

/// Decodes a document into its list. Feed documents in key order: the lists come out in id order.
Result<void> add_document(catalog::CatalogData& data, DocumentKind kind, ByteView body);
/// The body as this program would write it: a document that an older one wrote is no change if it says the same.
Result<Bytes> in_current_form(DocumentKind kind, Bytes body);

}  // namespace b2a::store
