// SPDX-License-Identifier: Apache-2.0
// Choosing a variant by its options: which values there are, which remain under a selection, and what is given up when
// no variant has them all. Works on the variants that can be sold; indexes are local to the product.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/product.hpp"

namespace b2a::protocol::ucp {

using VariantIndexes = std::vector<std::uint32_t>;
using Selection = std::vector<domain::OptionValue>;

struct OptionAxis {
    std::string_view name;
    std::vector<std::string_view> labels;
};
/// Option names and labels in order of first appearance.
std::vector<OptionAxis> option_axes(domain::Product const& product, VariantIndexes const& variants);

/// True if the variant has every selected value, without regard to ASCII case.
bool has_values(domain::Variant const& variant, Selection const& selection) noexcept;

/// Drops selected options until some variant has the rest: first those that `preferences` does not name, the last
/// selected first, then those it names, from its end.
Selection relax(domain::Product const& product, VariantIndexes const& variants, Selection selection,
                std::vector<std::string> const& preferences);

/// The variants with `selection`, one that is in stock first; the order is kept otherwise.
VariantIndexes narrowed(catalog::Snapshot const& snapshot, std::uint32_t product_index, VariantIndexes const& variants,
                        Selection const& selection);

struct ValueState {
    bool exists = false;
    bool available = false;
};
/// Whether a value can be combined with the other selected options.
ValueState value_state(catalog::Snapshot const& snapshot, std::uint32_t product_index, VariantIndexes const& variants,
                       Selection const& selection, std::string_view name, std::string_view label);

}  // namespace b2a::protocol::ucp
