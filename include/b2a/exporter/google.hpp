// SPDX-License-Identifier: Apache-2.0
// The catalog as Google Merchant product data: one row a variant that has a price, as tab-separated text or as RSS 2.0
// with the g namespace.
#pragma once

#include <cstdint>
#include <string>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/protocol/site.hpp"

namespace b2a::exporter {

enum class GoogleShape : std::uint8_t { tsv, xml };

struct GoogleCounts {
    std::uint64_t products = 0, variants = 0;
    std::uint64_t without_price = 0;  // variants without one in the currency: Google knows no such rows
    std::uint64_t without_link = 0;   // rows whose product has no page of its own: Google will ask for it
};

/// What stands before the first row, and after the last one.
std::string google_head(GoogleShape shape, protocol::Site const& site);
std::string google_tail(GoogleShape shape);
/// Appends the rows of one product, each with its line break.
void render_google(std::string& out, GoogleShape shape, protocol::Site const& site, catalog::Snapshot const& snapshot,
                   std::uint32_t product, Currency currency, GoogleCounts& counts);

}  // namespace b2a::exporter
