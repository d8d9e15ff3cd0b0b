// SPDX-License-Identifier: Apache-2.0
// Catalog facts that several protocols show and that no other module states: decimals as text, the offer to show, the
// currencies on offer. No wire format in here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/product.hpp"

namespace b2a::protocol {

/// mantissa × 10^-scale as plain decimal text: {1250, 2} is "12.50".
std::string decimal_text(std::int64_t mantissa, int scale);
/// "52.00", without the currency.
std::string amount_text(Money money);

/// Text for the content and the attribute values of XML and HTML; control characters are dropped.
std::string escape_markup(std::string_view text);

/// The offer in `preferred`, else in `fallback`, else the first; nullptr if the variant has none.
domain::Offer const* offer_to_show(domain::Variant const& variant, Currency preferred, Currency fallback) noexcept;

/// Lowest and highest price over the product's variants in the currency of its first shown offer.
struct PriceRange {
    Money min;
    Money max;
    bool any = false;
};
PriceRange price_range(domain::Product const& product, Currency preferred, Currency fallback) noexcept;

/// True if any variant of the product can be bought now.
bool any_in_stock(catalog::Snapshot const& snapshot, std::uint32_t product_index) noexcept;

/// What a snapshot holds as a whole. Counted once per revision: it walks every offer.
class CatalogCensus {
  public:
    struct Counts {
        std::uint64_t revision = 0;
        std::size_t products = 0;
        std::size_t variants = 0;
        std::vector<Currency> currencies;
    };
    Counts const& of(catalog::Snapshot const& snapshot);
    bool has_currency(catalog::Snapshot const& snapshot, Currency currency);

  private:
    catalog::Snapshot const* seen_ = nullptr;
    Counts counts_;
};

}  // namespace b2a::protocol
