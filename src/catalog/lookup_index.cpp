// SPDX-License-Identifier: Apache-2.0
#include "catalog/lookup_index.hpp"

#include <algorithm>
#include <functional>

namespace b2a::catalog {
namespace {

bool leads_elsewhere(domain::Edge const& edge) noexcept {
    return edge.type == domain::EdgeType::replaces || edge.type == domain::EdgeType::substitute_for;
}

}  // namespace

std::string_view gtin_key(std::string_view text) noexcept {
    constexpr std::size_t digits_min = 8;
    constexpr std::size_t digits_max = 14;
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() < digits_min || text.size() > digits_max || !std::ranges::all_of(text, is_digit)) return {};
    while (!text.empty() && text.front() == '0') text.remove_prefix(1);
    return text;
}

std::string_view replaced_gtin(domain::Attribute const& attribute) noexcept {
    auto const* text = attribute.name == "replaces_gtin" ? std::get_if<std::string>(&attribute.value) : nullptr;
    return text == nullptr ? std::string_view() : gtin_key(*text);
}

std::uint32_t HashedKeys::hash_of(std::string_view text) noexcept {
    auto const hash = std::hash<std::string_view>{}(text);
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

void HashedKeys::add(std::string_view text, std::uint32_t index) {
    if (!text.empty()) entries_.push_back({hash_of(text), index});
}

void HashedKeys::finish() {
    std::ranges::sort(entries_);
    auto const rest = std::ranges::unique(entries_);
    entries_.erase(rest.begin(), rest.end());
    entries_.shrink_to_fit();
}

std::size_t HashedKeys::first_of(std::uint32_t hash) const noexcept {
    return static_cast<std::size_t>(std::ranges::lower_bound(entries_, hash, {}, &Entry::hash) - entries_.begin());
}

LookupIndex::LookupIndex(CatalogData const& data) {
    std::uint32_t variant = 0;
    for (std::uint32_t p = 0; p < data.products.size(); ++p) {
        for (auto const& edge : data.products[p].edges)
            if (leads_elsewhere(edge)) edge_targets.add(edge.target, p);
        for (auto const& attribute : data.products[p].attributes) old_gtins.add(replaced_gtin(attribute), variant);
        for (auto const& v : data.products[p].variants) {
            skus.add(v.sku, variant);
            for (auto const& barcode : v.barcodes) gtins.add(gtin_key(barcode.value), variant);
            for (auto const& attribute : v.attributes) old_gtins.add(replaced_gtin(attribute), variant);
            ++variant;
        }
    }
    for (auto* keys : {&gtins, &old_gtins, &skus, &edge_targets}) keys->finish();
}

}  // namespace b2a::catalog
