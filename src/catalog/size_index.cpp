// SPDX-License-Identifier: Apache-2.0
#include "catalog/size_index.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "b2a/base/text.hpp"

#include "catalog/facet_index.hpp"

namespace b2a::catalog {
namespace {

using domain::Attribute;
using domain::Product;

template <class Value>
Value const* attribute_of(Product const& product, std::string_view name) noexcept {
    for (auto const& attribute : product.attributes)
        if (attribute.name == name)
            if (auto const* value = std::get_if<Value>(&attribute.value)) return value;
    return nullptr;
}

std::optional<domain::Garment> garment_of(Product const& product) noexcept {
    auto const* text = attribute_of<std::string>(product, "garment");
    return text != nullptr ? domain::garment_from_text(*text) : std::nullopt;
}

/// "stretch" in per cent, "ease" in millimetres or centimetres; another unit says nothing.
domain::Give give_of(Product const& product) noexcept {
    domain::Give give;
    if (auto const* stretch = attribute_of<domain::Quantity>(product, "stretch"); stretch && stretch->unit == "%") {
        auto const percent_milli = std::clamp<std::int64_t>(to_milli(*stretch), 0, 100'000);
        give.stretch_ppm = static_cast<std::int32_t>(percent_milli * 10);
    }
    if (auto const* ease = attribute_of<domain::Quantity>(product, "ease")) {
        auto const milli = std::clamp<std::int64_t>(to_milli(*ease), 0, std::int64_t{1'000} * domain::ease_mm_max);
        auto const mm = ease->unit == "mm" ? milli / 1'000 : ease->unit == "cm" ? milli / 100 : 0;
        give.ease_mm = static_cast<std::int32_t>(std::min<std::int64_t>(mm, domain::ease_mm_max));
    }
    return give;
}

std::uint8_t row_in(domain::SizeChart const& chart, std::string_view label) {
    auto const match = domain::match_rows(chart, label, std::nullopt);
    return match.rows.size() == 1 ? static_cast<std::uint8_t>(match.rows.front()) : SizeIndex::no_row;
}

}  // namespace

domain::SizeChart const* chart_of(Product const& product, std::vector<domain::SizeChart> const& charts) {
    if (auto const* id = attribute_of<std::string>(product, "size_chart")) {
        auto const named = std::ranges::find(charts, *id, &domain::SizeChart::id);
        return named == charts.end() ? nullptr : &*named;
    }
    auto const* text = attribute_of<std::string>(product, "audience");
    auto const audience = text != nullptr ? domain::audience_from_text(*text) : std::nullopt;
    auto const garment = garment_of(product);
    return garment && audience ? domain::find_chart(charts, product.brand, *garment, *audience) : nullptr;
}

std::string_view size_label(domain::Variant const& variant) noexcept {
    for (auto const& option : variant.options)
        if (iequals(option.name, "size")) return option.label;
    return {};
}

SizeIndex::SizeIndex(CatalogData const& data) {
    using Profile = std::tuple<domain::SizeChart const*, domain::Garment, std::int32_t, std::int32_t>;
    std::map<Profile, std::uint32_t> profiles;
    for (std::uint32_t p = 0; p < data.products.size(); ++p) {
        auto const& product = data.products[p];
        auto const first = rows_.size();
        rows_.resize(first + product.variants.size(), no_row);
        auto const is_sized = [](domain::Variant const& variant) { return !size_label(variant).empty(); };
        // The sizes of food are packs.
        if (product.food || std::ranges::none_of(product.variants, is_sized)) continue;
        auto const* chart = chart_of(product, data.size_charts);
        auto garment = garment_of(product);
        if (!garment && chart != nullptr) garment = chart->garment;
        auto const give = give_of(product);
        products_.push_back({p, chart, garment, give});
        if (chart == nullptr) continue;
        auto const next = static_cast<std::uint32_t>(profiles.size());
        Profile const profile(chart, *garment, give.ease_mm, give.stretch_ppm);
        products_.back().profile = profiles.try_emplace(profile, next).first->second;
        for (std::size_t v = 0; v < product.variants.size(); ++v)
            rows_[first + v] = row_in(*chart, size_label(product.variants[v]));
    }
    profile_count_ = profiles.size();
    products_.shrink_to_fit();
}

}  // namespace b2a::catalog
