// SPDX-License-Identifier: Apache-2.0
#include "store/variant_ledger.hpp"

#include <unordered_set>

namespace b2a::store {
namespace {

using Declared = std::unordered_map<std::string_view, std::optional<std::int64_t>>;

Declared declared_levels(domain::Product const* product) {
    Declared out;
    if (product == nullptr) return out;
    for (auto const& variant : product->variants) out.emplace(variant.id, variant.declared_stock);
    return out;
}

using Published = std::map<VariantLedger::PriceKey, VariantLedger::Price>;

Published prices_of(domain::Product const* product) {
    Published out;
    if (product == nullptr) return out;
    for (auto const& variant : product->variants)
        for (auto const& offer : variant.offers)
            out.emplace(VariantLedger::PriceKey{variant.id, std::string(offer.price.currency.code())},
                        VariantLedger::Price{offer.price.minor, offer.list.minor});
    return out;
}

}  // namespace

void VariantLedger::load(domain::Product const& published) {
    for (auto const& variant : published.variants) owners_.insert_or_assign(variant.id, published.id);
}

Result<void> VariantLedger::replace(domain::Product const* published, domain::Product const* drafted,
                                    domain::Product const& next) {
    std::unordered_set<std::string_view> seen;
    for (auto const& variant : next.variants) {
        auto const* other = owner(variant.id);
        if (other != nullptr && *other != next.id)
            return Error(Code::unprocessable, "the variant belongs to product " + *other, variant.id);
        if (!seen.insert(variant.id).second)
            return Error(Code::unprocessable, "the product has the variant twice", variant.id);
    }
    if (drafted != nullptr) {
        for (auto const& variant : drafted->variants) {
            owners_.erase(variant.id);
            stock_.erase(variant.id);
        }
    }
    auto before = declared_levels(published);
    for (auto const& variant : next.variants) {
        owners_.insert_or_assign(variant.id, next.id);
        auto const known = before.extract(variant.id);
        if (known ? known.mapped() != variant.declared_stock : variant.declared_stock.has_value())
            stock_.insert_or_assign(variant.id, variant.declared_stock);
    }
    for (auto const& [gone, level] : before) {
        // Another product of this draft may have taken the variant over.
        if (owner(std::string(gone)) == nullptr) stock_.insert_or_assign(std::string(gone), std::nullopt);
    }
    price(published, drafted, next);
    return {};
}

/// Owners are those after the replacement.
void VariantLedger::price(domain::Product const* published, domain::Product const* drafted,
                          domain::Product const& next) {
    auto before = prices_of(published);
    if (drafted != nullptr)
        for (auto const& [key, price] : prices_of(drafted))
            if (auto const* other = owner(key.variant_id); other == nullptr || *other == next.id) prices_.erase(key);
    for (auto const& [key, price] : prices_of(&next)) {
        auto const known = before.extract(key);
        if (known.empty() || known.mapped() != price) prices_.insert_or_assign(key, price);
        else prices_.erase(key);
    }
    for (auto const& [gone, price] : before) {
        // Another product of this draft may have taken the variant over.
        auto const* other = owner(gone.variant_id);
        if (other == nullptr || *other == next.id) prices_.insert_or_assign(gone, std::nullopt);
    }
}

std::string const* VariantLedger::owner(std::string const& variant_id) const {
    auto const found = owners_.find(variant_id);
    return found == owners_.end() ? nullptr : &found->second;
}

}  // namespace b2a::store
