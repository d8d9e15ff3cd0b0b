// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/presentation.hpp"

#include <algorithm>

namespace b2a::protocol {

std::string decimal_text(std::int64_t mantissa, int scale) {
    auto const negative = mantissa < 0;
    auto digits = std::to_string(mantissa);
    if (negative) digits.erase(0, 1);
    if (scale < 0) {
        if (mantissa != 0) digits.append(static_cast<std::size_t>(-scale), '0');
    } else if (scale > 0) {
        auto const places = static_cast<std::size_t>(scale);
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, 1, '.');
    }
    return negative ? '-' + digits : digits;
}

std::string amount_text(Money money) {
    return decimal_text(money.minor, money.currency.exponent());
}

domain::Offer const* offer_to_show(domain::Variant const& variant, Currency preferred, Currency fallback) noexcept {
    if (auto const* offer = domain::find_offer(variant, preferred)) return offer;
    if (auto const* offer = domain::find_offer(variant, fallback)) return offer;
    return variant.offers.empty() ? nullptr : &variant.offers.front();
}

PriceRange price_range(domain::Product const& product, Currency preferred, Currency fallback) noexcept {
    PriceRange out;
    for (auto const& variant : product.variants) {
        auto const* offer = offer_to_show(variant, preferred, fallback);
        if (offer == nullptr) continue;
        if (!out.any) {
            out = {offer->price, offer->price, true};
        } else if (offer->price.currency == out.min.currency) {
            out.min.minor = std::min(out.min.minor, offer->price.minor);
            out.max.minor = std::max(out.max.minor, offer->price.minor);
        }
    }
    return out;
}

bool any_in_stock(catalog::Snapshot const& snapshot, std::uint32_t product_index) noexcept {
    auto const& variants = snapshot.product_at(product_index).variants;
    auto const first = snapshot.first_variant(product_index);
    for (std::uint32_t i = 0; i < variants.size(); ++i)
        if (!variants[i].offers.empty() && snapshot.in_stock(first + i)) return true;
    return false;
}

std::string escape_markup(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 16);
    for (auto const c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default:
                // XML 1.0 has no place for other control characters, not even as references.
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out.push_back(c);
        }
    }
    return out;
}

CatalogCensus::Counts const& CatalogCensus::of(catalog::Snapshot const& snapshot) {
    if (seen_ == &snapshot && counts_.revision == snapshot.revision()) return counts_;
    counts_ = {};
    counts_.revision = snapshot.revision();
    counts_.products = snapshot.data().products.size();
    counts_.variants = snapshot.variant_count();
    auto& currencies = counts_.currencies;
    for (auto const& product : snapshot.data().products)
        for (auto const& variant : product.variants)
            for (auto const& offer : variant.offers)
                if (std::find(currencies.begin(), currencies.end(), offer.price.currency) == currencies.end())
                    currencies.push_back(offer.price.currency);
    std::sort(currencies.begin(), currencies.end(),
              [](Currency const& a, Currency const& b) { return a.code() < b.code(); });
    seen_ = &snapshot;
    return counts_;
}

bool CatalogCensus::has_currency(catalog::Snapshot const& snapshot, Currency currency) {
    auto const& currencies = of(snapshot).currencies;
    return std::find(currencies.begin(), currencies.end(), currency) != currencies.end();
}

}  // namespace b2a::protocol
