// SPDX-License-Identifier: Apache-2.0
#include "catalog/facet_index.hpp"

#include <algorithm>
#include <numeric>

#include "b2a/base/text.hpp"

namespace b2a::catalog {
namespace {

// Brands, categories and attributes share one table of keys; the first byte tells them apart.
constexpr char brand_kind = 'b';
constexpr char category_kind = 'c';
constexpr char attribute_kind = 'a';
constexpr char name_end = '\0';

void append_lower(std::string& out, std::string_view text) {
    for (auto const c : text) out.push_back(ascii_lower(c));
}

std::string brand_key(std::string_view value) {
    std::string key(1, brand_kind);
    append_lower(key, trim(value));
    return key;
}

void make_attribute_key(std::string& key, std::string_view name, std::string_view value) {
    key.assign(1, attribute_kind);
    append_lower(key, trim(name));
    key.push_back(name_end);
    append_lower(key, trim(value));
}

/// The segments of a path without blanks around them and without empty ones.
std::vector<std::string_view> segments_of(std::string_view path) {
    auto segments = split(path, '/');
    for (auto& segment : segments) segment = trim(segment);
    std::erase(segments, std::string_view{});
    return segments;
}

}  // namespace

void NumberIndex::finish() {
    std::ranges::sort(entries_, [](Entry const& a, Entry const& b) {
        return a.value != b.value ? a.value < b.value : a.run.first < b.run.first;
    });
    entries_.shrink_to_fit();
}

void NumberIndex::collect(NumberRange range, WordSpan into) const {
    auto const begin = std::ranges::lower_bound(entries_, range.min, {}, &Entry::value);
    for (auto at = begin; at != entries_.end() && at->value <= range.max; ++at) set_run(into, at->run);
}

void PriceIndex::finish(std::size_t variants) {
    constexpr std::size_t steps = 32;  // as many sets as cost four bytes per variant
    std::ranges::sort(entries_, [](Entry const& a, Entry const& b) {
        return a.minor != b.minor ? a.minor < b.minor : a.variant < b.variant;
    });
    entries_.shrink_to_fit();
    step_ = std::max<std::size_t>(64, entries_.size() / steps + 1);
    auto const words = words_for(variants);
    Words set(words);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (i % step_ == 0) below_.insert(below_.end(), set.begin(), set.end());
        set_bit(set, entries_[i].variant);
    }
    if (entries_.size() % step_ == 0) below_.insert(below_.end(), set.begin(), set.end());
    below_.shrink_to_fit();
}

void PriceIndex::toggle_below(std::size_t end, WordSpan into) const {
    auto const block = end / step_;
    auto const set = WordView(below_).subspan(block * into.size(), into.size());
    for (std::size_t i = 0; i < into.size(); ++i) into[i] ^= set[i];
    for (auto i = block * step_; i < end; ++i) {
        auto const variant = entries_[i].variant;
        into[variant / 64] ^= std::uint64_t{1} << (variant % 64);
    }
}

/// `into` must be empty.
void PriceIndex::collect(NumberRange range, WordSpan into) const {
    auto const begin = std::ranges::lower_bound(entries_, range.min, {}, &Entry::minor);
    auto const end = std::ranges::upper_bound(entries_, range.max, {}, &Entry::minor);
    if (end <= begin) return;
    toggle_below(static_cast<std::size_t>(end - entries_.begin()), into);
    toggle_below(static_cast<std::size_t>(begin - entries_.begin()), into);
}

void FacetIndex::add_product(domain::Product const& product, std::uint32_t first_variant) {
    Run const all{first_variant, static_cast<std::uint32_t>(product.variants.size())};
    if (!product.brand.empty()) assign(brand_key(product.brand), all);
    for (auto const& path : product.categories) add_category(path, all);
    for (auto const& attribute : product.attributes) add_attribute(attribute, all);
    for (std::uint32_t i = 0; i < all.count; ++i) {
        auto const& variant = product.variants[i];
        Run const one{first_variant + i, 1};
        for (auto const& option : variant.options) {
            make_attribute_key(key_, option.name, option.label);
            assign(key_, one);
        }
        for (auto const& attribute : variant.attributes) add_attribute(attribute, one);
        add_prices(variant, one.first);
    }
}

/// Under every prefix of the path, and under the name of every segment.
void FacetIndex::add_category(std::string_view path, Run run) {
    std::string prefix(1, category_kind);
    std::string name;
    for (auto const segment : segments_of(path)) {
        if (prefix.size() > 1) prefix.push_back('/');
        append_lower(prefix, segment);
        name.assign(1, category_kind);
        append_lower(name, segment);
        assign(prefix, run);
        if (name != prefix) assign(name, run);
    }
}

void FacetIndex::add_attribute(domain::Attribute const& attribute, Run run) {
    if (auto const* text = std::get_if<std::string>(&attribute.value)) {
        make_attribute_key(key_, attribute.name, *text);
    } else if (auto const* flag = std::get_if<bool>(&attribute.value)) {
        make_attribute_key(key_, attribute.name, *flag ? "true" : "false");
    } else {
        auto const& quantity = std::get<domain::Quantity>(attribute.value);
        auto const name = number_names_.intern(to_ascii_lower(trim(attribute.name)));
        if (name == numbers_.size()) numbers_.emplace_back();
        numbers_[name].add(to_milli(quantity), run);
        make_attribute_key(key_, attribute.name, to_label(quantity));
    }
    assign(key_, run);
}

/// The first offer in a currency is the one that counts, as in domain::find_offer.
void FacetIndex::add_prices(domain::Variant const& variant, std::uint32_t index) {
    for (auto offer = variant.offers.begin(); offer != variant.offers.end(); ++offer) {
        auto const currency = offer->price.currency;
        auto const same = [&](domain::Offer const& other) { return other.price.currency == currency; };
        if (std::any_of(variant.offers.begin(), offer, same)) continue;
        auto at = std::ranges::find(prices_, currency, &PriceIndex::currency);
        if (at == prices_.end()) at = prices_.insert(prices_.end(), PriceIndex(currency));
        at->add(offer->price.minor, index);
    }
}

void FacetIndex::finish(std::size_t variants) {
    words_ = words_for(variants);
    facets_.resize(keys_.size());
    for (auto const& assignment : assignments_) ++facets_[assignment.facet].end;
    std::uint32_t total = 0;
    for (auto& facet : facets_) {
        auto const count = facet.end;
        facet.begin = facet.end = total;
        total += count;
    }
    runs_.resize(total);
    for (auto const& assignment : assignments_) runs_[facets_[assignment.facet].end++] = assignment.run;
    assignments_ = {};
    make_dense(variants);
    for (auto& number : numbers_) number.finish();
    for (auto& price : prices_) price.finish(variants);
    keys_.shrink_to_fit();
    key_ = {};
    auto const text_of = [this](std::uint32_t key) { return keys_.text(key); };
    for (std::uint32_t key = 0; key < keys_.size(); ++key)
        if (text_of(key).front() == attribute_kind) attribute_keys_.push_back(key);
    std::ranges::sort(attribute_keys_, {}, text_of);
    attribute_keys_.shrink_to_fit();
}

/// A facet whose runs take more room than a set of all variants becomes one.
void FacetIndex::make_dense(std::size_t variants) {
    std::vector<Run> sparse;
    for (auto& facet : facets_) {
        auto const runs = std::span(runs_).subspan(facet.begin, facet.end - facet.begin);
        if (runs.size() * sizeof(Run) * 8 <= variants) {
            facet.begin = static_cast<std::uint32_t>(sparse.size());
            sparse.insert(sparse.end(), runs.begin(), runs.end());
            facet.end = static_cast<std::uint32_t>(sparse.size());
            continue;
        }
        facet.dense = static_cast<std::uint32_t>(dense_.size());
        dense_.resize(dense_.size() + words_);
        for (auto const run : runs) set_run(WordSpan(dense_).subspan(facet.dense, words_), run);
    }
    sparse.shrink_to_fit();
    runs_ = std::move(sparse);
    dense_.shrink_to_fit();
}

void FacetIndex::collect(std::string_view key, WordSpan into) const {
    auto const found = keys_.find(key);
    if (!found) return;
    auto const& facet = facets_[*found];
    if (facet.dense == Facet::none) {
        for (auto i = facet.begin; i < facet.end; ++i) set_run(into, runs_[i]);
        return;
    }
    auto const set = WordView(dense_).subspan(facet.dense, words_);
    for (std::size_t i = 0; i < words_; ++i) into[i] |= set[i];
}

void FacetIndex::collect_brand(std::string_view value, WordSpan into) const {
    collect(brand_key(value), into);
}

void FacetIndex::collect_category(std::string_view value, WordSpan into) const {
    std::string key(1, category_kind);
    for (auto const segment : segments_of(value)) {
        if (key.size() > 1) key.push_back('/');
        append_lower(key, segment);
    }
    collect(key, into);
}

void FacetIndex::collect_attribute(std::string_view name, std::string_view value, WordSpan into) const {
    std::string key;
    make_attribute_key(key, name, value);
    collect(key, into);
}

std::vector<std::string_view> FacetIndex::values_of(std::string_view name) const {
    std::string prefix;
    make_attribute_key(prefix, name, {});
    std::vector<std::string_view> values;
    auto const text_of = [this](std::uint32_t key) { return keys_.text(key); };
    auto at = std::ranges::lower_bound(attribute_keys_, std::string_view(prefix), {}, text_of);
    for (; at != attribute_keys_.end() && text_of(*at).starts_with(prefix); ++at)
        values.push_back(text_of(*at).substr(prefix.size()));
    return values;
}

void FacetIndex::collect_numbers(std::string_view name, NumberRange range, WordSpan into) const {
    if (auto const index = number_names_.find(to_ascii_lower(trim(name)))) numbers_[*index].collect(range, into);
}

void FacetIndex::collect_prices(Currency currency, NumberRange range, WordSpan into) const {
    auto const at = std::ranges::find(prices_, currency, &PriceIndex::currency);
    if (at != prices_.end()) at->collect(range, into);
}

std::int64_t to_milli(domain::Quantity const& quantity) noexcept {
    auto value = quantity.mantissa;
    for (int scale = quantity.scale; scale > 3 && value != 0; --scale) value /= 10;
    for (int scale = quantity.scale; scale < 3 && value != 0; ++scale)
        if (__builtin_mul_overflow(value, std::int64_t{10}, &value))
            return quantity.mantissa < 0 ? std::numeric_limits<std::int64_t>::min()
                                         : std::numeric_limits<std::int64_t>::max();
    return value;
}

std::string to_label(domain::Quantity const& quantity) {
    auto digits = std::to_string(quantity.mantissa);
    auto const sign = digits.starts_with('-') ? std::string("-") : std::string();
    digits.erase(0, sign.size());
    if (quantity.mantissa == 0) {
        digits = "0";
    } else if (quantity.scale <= 0) {
        digits.append(static_cast<std::size_t>(-quantity.scale), '0');
    } else {
        auto const fraction = static_cast<std::size_t>(quantity.scale);
        if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
        digits.insert(digits.size() - fraction, 1, '.');
        digits.erase(digits.find_last_not_of('0') + 1);
        if (digits.ends_with('.')) digits.pop_back();
    }
    return sign + digits + (quantity.unit.empty() ? "" : " " + quantity.unit);
}

}  // namespace b2a::catalog
