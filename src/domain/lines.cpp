// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "domain/checkout_rules.hpp"

namespace b2a::domain::rules {
namespace {

std::string line_title(Product const& product, Variant const& variant) {
    if (variant.title.empty() || variant.title == product.title) return product.title;
    if (variant.title.starts_with(product.title)) return variant.title;
    return product.title + " - " + variant.title;
}

std::string first_image(std::vector<Media> const& media) {
    auto const found = std::ranges::find(media, std::string("image"), &Media::type);
    return found == media.end() ? std::string() : found->url;
}

}  // namespace

std::optional<std::int64_t> StockLedger::left(LineFacts const& facts) {
    if (!facts.stock) return std::nullopt;
    return left_.try_emplace(facts.variant->id, std::max<std::int64_t>(*facts.stock, 0)).first->second;
}

void StockLedger::take(LineFacts const& facts, std::int64_t quantity) {
    if (facts.stock) left_[facts.variant->id] -= quantity;
}

bool fit_line(Line& line, LineFacts const& facts, Currency currency, std::string const& path, StockLedger& ledger,
              Findings& findings) {
    auto const* offer = facts.variant != nullptr ? find_offer(*facts.variant, currency) : nullptr;
    // An offer below zero is a mistake of the catalog; selling it would pay the buyer.
    if (facts.product == nullptr || offer == nullptr || offer->price.minor < 0) {
        findings.push_back({FindingCode::item_unavailable, Severity::recoverable, path,
                            "Item " + line.variant_id + " is unknown or not sold in " + std::string(currency.code()) +
                                "; it was left out."});
        return false;
    }
    if (auto const left = ledger.left(facts); left && *left < line.quantity) {
        if (*left == 0) {
            findings.push_back({FindingCode::out_of_stock, Severity::recoverable, path,
                                "Item " + line.variant_id + " is out of stock; it was left out."});
            return false;
        }
        findings.push_back({FindingCode::quantity_adjusted, Severity::warning, path,
                            "Only " + std::to_string(*left) + " of item " + line.variant_id +
                                " are in stock; the quantity was reduced from " + std::to_string(line.quantity) + "."});
        line.quantity = *left;
    }
    ledger.take(facts, line.quantity);
    line.product_id = facts.product->id;
    line.title = line_title(*facts.product, *facts.variant);
    line.image_url = first_image(facts.variant->media);
    if (line.image_url.empty()) line.image_url = first_image(facts.product->media);
    line.unit_minor = offer->price.minor;
    line.delivery = facts.variant->delivery;
    return true;
}

}  // namespace b2a::domain::rules
