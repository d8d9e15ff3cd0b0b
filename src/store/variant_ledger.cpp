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
    return {};
}

std::string const* VariantLedger::owner(std::string const& variant_id) const {
    auto const found = owners_.find(variant_id);
    return found == owners_.end() ? nullptr : &found->second;
}

}  // namespace b2a::store
