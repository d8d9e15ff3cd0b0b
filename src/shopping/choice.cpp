// SPDX-License-Identifier: Apache-2.0
#include "shopping/choice.hpp"

#include <map>
#include <tuple>

#include "b2a/catalog/fit.hpp"

namespace b2a::shopping {
namespace {

/// Variants of a product by how well their size fits, the best 0. Several sizes may hold for one body; only where the
/// need is of one member is one of them the best.
std::map<std::uint32_t, std::size_t> fit_ranks(catalog::Snapshot const& snapshot, domain::Product const& product,
                                               Need const& need) {
    std::map<std::uint32_t, std::size_t> ranks;
    if (need.members.size() != 1 || product.variants.size() < 2) return ranks;
    auto const& member = need.members.front();
    if (member.body.empty() && member.owns.empty()) return ranks;
    catalog::FitQuery query;
    query.body = member.body;
    query.owns = member.owns;
    query.products = {product.id};
    query.audience = member.audience;
    query.sizes_per_product = limits::page_size_max;
    query.limit = limits::page_size_max;
    auto const result = snapshot.fit(query);
    if (!result) return ranks;
    for (std::size_t rank = 0; rank < result->hits.size(); ++rank)
        for (auto const variant : result->hits[rank].variants) ranks.try_emplace(variant, rank);
    return ranks;
}

}  // namespace

catalog::VariantRef representative(catalog::Snapshot const& snapshot, std::uint32_t product_index,
                                   Assessor const& assessor, Need const& need) {
    auto const& product = snapshot.product_at(product_index);
    auto const ranks = fit_ranks(snapshot, product, need);
    auto index = snapshot.first_variant(product_index);
    using Rank = std::tuple<Outcome, bool, bool, std::size_t, std::int64_t>;
    std::optional<Rank> best_rank;
    catalog::VariantRef best;
    for (auto const& variant : product.variants) {
        auto const* offer = domain::find_offer(variant, need.currency);
        auto const fit = ranks.find(index);
        Rank const rank{assessor.outcome(index), offer == nullptr, !snapshot.in_stock(index),
                        fit == ranks.end() ? ranks.size() : fit->second, offer == nullptr ? 0 : offer->price.minor};
        if (!best_rank || rank < *best_rank) {
            best_rank = rank;
            best = {&product, &variant, product_index, index};
        }
        ++index;
    }
    return best;
}

std::optional<catalog::VariantRef> named_item(catalog::Snapshot const& snapshot, std::string_view id,
                                              Assessor const& assessor, Need const& need) {
    if (auto const variant = snapshot.find_variant(id)) return variant;
    auto const product = snapshot.find_product(id);
    if (!product || snapshot.product_at(*product).variants.empty()) return std::nullopt;
    return representative(snapshot, *product, assessor, need);
}

}  // namespace b2a::shopping
