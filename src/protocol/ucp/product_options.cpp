// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/product_options.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"

namespace b2a::protocol::ucp {
namespace {

bool any_has(domain::Product const& product, VariantIndexes const& variants, Selection const& selection) {
    return std::any_of(variants.begin(), variants.end(),
                       [&](std::uint32_t i) { return has_values(product.variants[i], selection); });
}

}  // namespace

std::vector<OptionAxis> option_axes(domain::Product const& product, VariantIndexes const& variants) {
    std::vector<OptionAxis> axes;
    for (auto const index : variants)
        for (auto const& option : product.variants[index].options) {
            auto axis =
                std::find_if(axes.begin(), axes.end(), [&](OptionAxis const& a) { return a.name == option.name; });
            if (axis == axes.end()) axis = axes.insert(axes.end(), {option.name, {}});
            auto& labels = axis->labels;
            if (std::find(labels.begin(), labels.end(), option.label) == labels.end()) labels.push_back(option.label);
        }
    return axes;
}

bool has_values(domain::Variant const& variant, Selection const& selection) noexcept {
    return std::all_of(selection.begin(), selection.end(), [&](domain::OptionValue const& wanted) {
        return std::any_of(variant.options.begin(), variant.options.end(), [&](domain::OptionValue const& option) {
            return iequals(option.name, wanted.name) && iequals(option.label, wanted.label);
        });
    });
}

Selection relax(domain::Product const& product, VariantIndexes const& variants, Selection selection,
                std::vector<std::string> const& preferences) {
    auto const rank = [&](domain::OptionValue const& option) {
        auto const found = std::find_if(preferences.begin(), preferences.end(),
                                        [&](std::string const& name) { return iequals(name, option.name); });
        return found - preferences.begin();  // unnamed ones rank last and go first
    };
    while (!selection.empty() && !any_has(product, variants, selection)) {
        auto weakest = selection.begin();
        for (auto it = selection.begin(); it != selection.end(); ++it)
            if (rank(*it) >= rank(*weakest)) weakest = it;
        selection.erase(weakest);
    }
    return selection;
}

VariantIndexes narrowed(catalog::Snapshot const& snapshot, std::uint32_t product_index, VariantIndexes const& variants,
                        Selection const& selection) {
    auto const& product = snapshot.product_at(product_index);
    auto const first = snapshot.first_variant(product_index);
    VariantIndexes out;
    for (auto const index : variants)
        if (has_values(product.variants[index], selection)) out.push_back(index);
    auto const sellable =
        std::find_if(out.begin(), out.end(), [&](std::uint32_t i) { return snapshot.in_stock(first + i); });
    if (sellable != out.end()) std::rotate(out.begin(), sellable, sellable + 1);
    return out;
}

ValueState value_state(catalog::Snapshot const& snapshot, std::uint32_t product_index, VariantIndexes const& variants,
                       Selection const& selection, std::string_view name, std::string_view label) {
    auto const& product = snapshot.product_at(product_index);
    auto const first = snapshot.first_variant(product_index);
    auto wanted = selection;
    std::erase_if(wanted, [&](domain::OptionValue const& option) { return iequals(option.name, name); });
    wanted.push_back({std::string(name), std::string(label)});
    ValueState out;
    for (auto const index : variants) {
        if (!has_values(product.variants[index], wanted)) continue;
        out.exists = true;
        out.available = out.available || snapshot.in_stock(first + index);
    }
    return out;
}

}  // namespace b2a::protocol::ucp
