// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/product.hpp"

#include <algorithm>
#include <array>

namespace b2a::domain {
namespace {

constexpr std::array<std::string_view, 8> edge_names{"related",        "cross_sell",    "up_sell",  "goes_with",
                                                     "substitute_for", "accessory_for", "replaces", "part_of_look"};

}  // namespace

std::string_view to_text(EdgeType type) noexcept {
    return edge_names[static_cast<std::size_t>(type)];
}

std::optional<EdgeType> edge_type_from_text(std::string_view text) noexcept {
    auto const found = std::ranges::find(edge_names, text);
    if (found == edge_names.end()) return std::nullopt;
    return static_cast<EdgeType>(found - edge_names.begin());
}

Offer const* find_offer(Variant const& variant, Currency currency) noexcept {
    auto const found =
        std::ranges::find_if(variant.offers, [&](auto const& o) { return o.price.currency == currency; });
    return found == variant.offers.end() ? nullptr : &*found;
}

}  // namespace b2a::domain
