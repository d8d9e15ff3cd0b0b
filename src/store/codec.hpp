// SPDX-License-Identifier: Apache-2.0
// Domain values as row bodies: compact binary with a leading format version. Decoding is strict and total: any input
// gives a value or an Error, never a read past its end; trailing bytes are an error. Bodies of every version since the
// first one decode; encoding writes the current one.
#pragma once

#include "b2a/base/bytes.hpp"
#include "b2a/base/result.hpp"
#include "b2a/domain/cart.hpp"
#include "b2a/domain/commerce.hpp"
#include "b2a/domain/look.hpp"
#include "b2a/domain/order.hpp"
#include "b2a/domain/product.hpp"
#include "b2a/domain/size.hpp"

namespace b2a::store {

Bytes encode(domain::Product const& product);
Bytes encode(domain::Promotion const& promotion);
Bytes encode(domain::ShippingMethod const& method);
Bytes encode(domain::TaxRate const& rate);
Bytes encode(domain::Brand const& brand);
Bytes encode(domain::Location const& location);
Bytes encode(domain::SizeChart const& chart);
Bytes encode(domain::Occasion const& occasion);
Bytes encode(domain::Look const& look);
Bytes encode(domain::Cart const& cart);
Bytes encode(domain::Checkout const& checkout);
Bytes encode(domain::Order const& order);

Result<domain::Product> decode_product(ByteView body);
Result<domain::Promotion> decode_promotion(ByteView body);
Result<domain::ShippingMethod> decode_shipping(ByteView body);
Result<domain::TaxRate> decode_tax(ByteView body);
Result<domain::Brand> decode_brand(ByteView body);
Result<domain::Location> decode_location(ByteView body);
Result<domain::SizeChart> decode_size_chart(ByteView body);
Result<domain::Occasion> decode_occasion(ByteView body);
Result<domain::Look> decode_look(ByteView body);
Result<domain::Cart> decode_cart(ByteView body);
Result<domain::Checkout> decode_checkout(ByteView body);
Result<domain::Order> decode_order(ByteView body);

/// Was the body written by this version of the format?
bool is_current(ByteView body) noexcept;

}  // namespace b2a::store
