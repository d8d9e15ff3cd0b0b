// SPDX-License-Identifier: Apache-2.0
// Members that carts and checkouts share. Private to the parsers.
#pragma once

#include "b2a/base/limits.hpp"
#include "b2a/domain/checkout.hpp"
#include "b2a/json/reader.hpp"

#include "parse_checkout.hpp"

namespace b2a::protocol::ucp {

/// A short text into `out`, if the member is there.
void read_text(json::Reader& reader, std::string_view key, std::string& out,
               std::size_t bytes_max = limits::buyer_field_bytes_max);
void read_lines(json::Reader& reader, domain::CheckoutContent& content);
/// "buyer" with its consent, in the shape of the version, where that extension is among the terms.
void read_buyer(json::Reader& reader, Terms const& terms, domain::Buyer& buyer);
void read_context(json::Reader& reader, domain::Context& context);
void read_attribution(json::Reader& reader, domain::CheckoutContent& content);
void read_discounts(json::Reader& reader, domain::CheckoutContent& content);
void read_fulfillment(json::Reader& reader, domain::CheckoutContent& content);
void read_address(json::Reader& reader, domain::Address& address);

/// quantity_unit_mismatch when a line asserts another unit than "each" (UCP 2026-08-25, quantities).
Result<void> check_units(json::View body);

}  // namespace b2a::protocol::ucp
