// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "b2a/base/limits.hpp"

#include "importer/intake.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using Reason = std::optional<std::string>;

Reason unsound_variant(domain::Variant const& variant) {
    if (!is_clean_id(variant.id)) return "variant id " + shown(variant.id) + " is no usable identifier";
    if (variant.attributes.size() > limits::product_attributes_max)
        return "variant " + shown(variant.id) + " has too many attributes";
    if (variant.media.size() > limits::product_media_max) return "variant " + shown(variant.id) + " has too many media";
    std::set<std::string_view> options;
    for (auto const& option : variant.options) {
        if (option.name.empty() || option.label.empty()) return "variant " + shown(variant.id) + " has an empty option";
        if (!options.insert(option.name).second)
            return "variant " + shown(variant.id) + " has the option " + shown(option.name) + " twice";
    }
    for (std::size_t i = 0; i < variant.offers.size(); ++i)
        for (std::size_t j = i + 1; j < variant.offers.size(); ++j)
            if (variant.offers[i].price.currency == variant.offers[j].price.currency)
                return "variant " + shown(variant.id) + " has two prices in one currency";
    return std::nullopt;
}

bool has_bad_url(std::vector<domain::Media> const& media) {
    return std::any_of(media.begin(), media.end(), [](auto const& m) { return !is_web_url(m.url); });
}

}  // namespace

std::optional<std::string> unsound(domain::Product const& product) {
    if (!is_clean_id(product.id)) return "id " + shown(product.id) + " is no usable identifier";
    if (product.title.empty()) return "no title";
    if (product.brand.empty()) return "no brand";
    if (!product.url.empty() && !is_web_url(product.url)) return "url " + shown(product.url) + " is no web address";
    if (product.variants.empty()) return "no variant";
    auto const over = [](std::size_t size, std::size_t max, char const* what) -> Reason {
        if (size <= max) return std::nullopt;
        return std::to_string(size) + ' ' + what + ", more than " + std::to_string(max);
    };
    if (auto r = over(product.variants.size(), limits::product_variants_max, "variants")) return r;
    if (auto r = over(product.attributes.size(), limits::product_attributes_max, "attributes")) return r;
    if (auto r = over(product.categories.size(), limits::product_attributes_max, "categories")) return r;
    if (auto r = over(product.tags.size(), limits::product_attributes_max, "tags")) return r;
    if (auto r = over(product.media.size(), limits::product_media_max, "media")) return r;
    if (auto r = over(product.edges.size(), limits::product_edges_max, "edges")) return r;
    if (has_bad_url(product.media)) return "a media url is no web address";
    std::set<std::string_view> ids;
    for (auto const& variant : product.variants) {
        if (auto reason = unsound_variant(variant)) return reason;
        if (has_bad_url(variant.media)) return "a media url is no web address";
        if (!ids.insert(variant.id).second) return "variant id " + shown(variant.id) + " comes twice";
        if (variant.id == product.id && product.variants.size() > 1)
            return "a variant has the id of the product, which has others too";
    }
    return std::nullopt;
}

}  // namespace b2a::importer
