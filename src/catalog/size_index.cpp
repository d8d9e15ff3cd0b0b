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

std::optional<domain::Audience> audience_of(Product const& product) noexcept {
    auto const* text = attribute_of<std::string>(product, "audience");
    return text != nullptr ? domain::audience_from_text(*text) : std::nullopt;
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

/// Numbers the classes in the order in which their first variants come.
class ClassTable {
  public:
    explicit ClassTable(std::vector<SizeClass>& classes) : classes_(classes) {}

    /// `pattern` says what the variants of a product have in common; the row or the label is the variant's own.
    std::uint32_t number(SizeClass& pattern, std::uint8_t row, domain::Variant const& variant) {
        pattern.row.reset();
        if (row != SizeIndex::no_row) pattern.row = row;
        auto const label = trim(size_label(variant));
        pattern.label = pattern.row ? pattern.chart->rows[row].label : to_ascii_lower(label);
        Key const key(pattern.chart, row, number_of(pattern.garment), number_of(pattern.audience), pattern.give.ease_mm,
                      pattern.give.stretch_ppm, pattern.label);
        auto const next = static_cast<std::uint32_t>(classes_.size());
        auto const [at, added] = numbers_.try_emplace(key, next);
        if (added) {
            classes_.push_back(pattern);
            if (!pattern.row) classes_.back().label = label;
        }
        return at->second;
    }

  private:
    using Key = std::tuple<domain::SizeChart const*, std::uint8_t, int, int, std::int32_t, std::int32_t, std::string>;
    template <class E>
    static int number_of(std::optional<E> value) noexcept {
        return value ? static_cast<int>(*value) : -1;
    }

    std::vector<SizeClass>& classes_;
    std::map<Key, std::uint32_t> numbers_;
};

}  // namespace

domain::SizeChart const* chart_of(Product const& product, std::vector<domain::SizeChart> const& charts) {
    if (auto const* id = attribute_of<std::string>(product, "size_chart")) {
        auto const named = std::ranges::find(charts, *id, &domain::SizeChart::id);
        return named == charts.end() ? nullptr : &*named;
    }
    auto const audience = audience_of(product);
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
    classify(data);
    list_members();
}

/// Sized products first, by their charts; then garments that nobody gave a size.
void SizeIndex::classify(CatalogData const& data) {
    ClassTable table(classes_);
    class_of_.resize(rows_.size(), no_class);
    auto sized = products_.begin();
    std::uint32_t variant = 0;
    for (std::uint32_t p = 0; p < data.products.size(); ++p) {
        auto const& product = data.products[p];
        bool const is_sized = sized != products_.end() && sized->product == p;
        SizeClass pattern;
        if (is_sized) {
            pattern = {sized->chart, {}, sized->garment, {}, sized->give, {}};
            ++sized;
        } else {
            pattern.garment = product.food ? std::nullopt : garment_of(product);
        }
        pattern.audience = pattern.chart != nullptr ? pattern.chart->audience : audience_of(product);
        for (auto const& each : product.variants) {
            if (is_sized || pattern.garment) class_of_[variant] = table.number(pattern, rows_[variant], each);
            ++variant;
        }
    }
}

void SizeIndex::list_members() {
    sized_.resize(words_for(class_of_.size()));
    first_members_.resize(classes_.size() + 1);
    for (auto const c : class_of_)
        if (c != no_class) ++first_members_[c + 1];
    for (std::size_t c = 1; c < first_members_.size(); ++c) first_members_[c] += first_members_[c - 1];
    members_.resize(first_members_.back());
    auto next = first_members_;
    for (std::uint32_t v = 0; v < class_of_.size(); ++v) {
        if (class_of_[v] == no_class) continue;
        members_[next[class_of_[v]]++] = v;
        set_bit(sized_, v);
    }
}

void SizeIndex::collect(std::uint32_t size_class, WordSpan into) const noexcept {
    for (auto i = first_members_[size_class]; i < first_members_[size_class + 1]; ++i) set_bit(into, members_[i]);
}

}  // namespace b2a::catalog
