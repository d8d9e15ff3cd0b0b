// SPDX-License-Identifier: Apache-2.0
#include "shopping/replacements.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/catalog/fit.hpp"

#include "shopping/differences.hpp"

namespace b2a::shopping {
namespace {

using catalog::VariantRef;
using domain::EdgeType;

/// Category rule: a substitute may cost between half as much and twice as much.
constexpr std::int64_t price_factor = 2;

/// Smaller is closer: fewer other options, more in common, a nearer price, the first of equals.
using Distance = std::tuple<std::size_t, std::ptrdiff_t, std::int64_t, std::uint32_t>;

Distance distance(VariantRef const& candidate, VariantRef const* meant, Currency currency) {
    auto const* offer = domain::find_offer(*candidate.variant, currency);
    auto const price = offer == nullptr ? std::numeric_limits<std::int64_t>::max() : offer->price.minor;
    if (meant == nullptr) return {0, 0, price, candidate.variant_index};
    auto const* before = domain::find_offer(*meant->variant, currency);
    auto const apart = before == nullptr ? price : std::abs(price - before->price.minor);
    return {option_clashes(*meant, candidate), -static_cast<std::ptrdiff_t>(common_count(*meant, candidate)), apart,
            candidate.variant_index};
}

bool same_size(VariantRef const& a, VariantRef const& b) {
    return iequals(catalog::size_label(*a.variant), catalog::size_label(*b.variant));
}

std::string_view text_attribute(domain::Product const& product, std::string_view name) {
    for (auto const& attribute : product.attributes)
        if (attribute.name == name)
            if (auto const* text = std::get_if<std::string>(&attribute.value)) return *text;
    return {};
}

std::string edge_source(EdgeType type, domain::Edge const& edge) {
    auto source = "edge:" + std::string(to_text(type));
    if (!edge.source.empty()) source += " " + edge.source;
    return source;
}

/// A collection says when something was made, not what it is.
constexpr std::string_view collections = "Collections/";

/// Of the same category and garment, at half the price to twice the price.
catalog::SearchQuery look_alikes(VariantRef const& meant, Currency currency) {
    catalog::SearchQuery query;
    query.currency = currency;
    query.availability = catalog::Availability::in_stock;
    query.limit = limits::page_size_max;
    for (auto const& category : meant.product->categories)
        if (!category.starts_with(collections)) query.categories.push_back(category);
    auto const garment = text_attribute(*meant.product, "garment");
    if (!garment.empty()) query.attributes.push_back({"garment", {std::string(garment)}, {}, {}});
    if (auto const* offer = domain::find_offer(*meant.variant, currency)) {
        query.price_min_minor = offer->price.minor / price_factor;
        query.price_max_minor = offer->price.minor * price_factor;
    }
    return query;
}

}  // namespace

std::optional<VariantRef> Replacements::closest(std::uint32_t product, VariantRef const* meant,
                                                Admits const& can_be_bought) const {
    std::optional<VariantRef> best;
    std::optional<Distance> best_distance;
    auto index = snapshot_.first_variant(product);
    auto const& found = snapshot_.product_at(product);
    for (auto const& variant : found.variants) {
        VariantRef const candidate{&found, &variant, product, index++};
        auto const far = distance(candidate, meant, currency_);
        if ((best_distance && far >= *best_distance) || !can_be_bought(candidate)) continue;
        best = candidate;
        best_distance = far;
    }
    return best;
}

std::optional<Replacement> Replacements::newer_model(Old const& old, Admits const& can_be_bought) const {
    if (auto found = by_replaces(old, can_be_bought)) return found;
    return by_gtin(old, can_be_bought);
}

std::optional<Replacement> Replacements::by_gtin(Old const& old, Admits const& can_be_bought) const {
    std::vector<std::string_view> gtins;
    if (!old.gtin.empty()) gtins.push_back(old.gtin);
    if (old.meant != nullptr)
        for (auto const& barcode : old.meant->variant->barcodes) gtins.push_back(barcode.value);
    for (auto const gtin : gtins) {
        for (auto const& ref : snapshot_.replacing_gtin(gtin))
            if (can_be_bought(ref)) return Replacement{ref, "attribute:replaces_gtin"};
        for (auto const& ref : snapshot_.with_gtin(gtin))
            if (can_be_bought(ref)) return Replacement{ref, "rule:same_gtin/1"};
    }
    return std::nullopt;
}

std::optional<Replacement> Replacements::by_replaces(Old const& old, Admits const& can_be_bought) const {
    struct Model {
        std::string_view id;
        std::string source;
    };
    std::vector<Model> generation{{old.product_id, {}}};
    std::vector<std::string_view> seen{old.product_id};
    std::optional<Replacement> newest;
    for (std::size_t depth = 0; depth < limits::rebuild_generations_max && !generation.empty(); ++depth) {
        std::vector<Model> next;
        std::optional<Replacement> found;
        for (auto const& model : generation)
            for (auto const& [product, edge] : snapshot_.edges_to(model.id, EdgeType::replaces)) {
                std::string_view const id = snapshot_.product_at(product).id;
                if (seen.size() > limits::rebuild_candidates_max || std::ranges::find(seen, id) != seen.end()) continue;
                seen.push_back(id);
                next.push_back({id, edge_source(EdgeType::replaces, *edge)});
                if (found) continue;
                if (auto const ref = closest(product, old.meant, can_be_bought))
                    found = Replacement{*ref, next.back().source};
            }
        if (found) newest = std::move(found);
        generation = std::move(next);
    }
    return newest;
}

std::optional<Replacement> Replacements::among_siblings(VariantRef const& meant, bool in_same_size,
                                                        Admits const& can_be_bought) const {
    auto const admits = [&](VariantRef const& candidate) {
        return candidate.variant_index != meant.variant_index && same_size(candidate, meant) == in_same_size &&
               can_be_bought(candidate);
    };
    auto const ref = closest(meant.product_index, &meant, admits);
    if (!ref) return std::nullopt;
    return Replacement{*ref, "same_product"};
}

std::optional<Replacement> Replacements::by_edge(Old const& old, Admits const& can_be_bought) const {
    auto const* meant = old.meant;
    struct Named {
        std::uint32_t product;
        domain::Edge const* edge;
    };
    std::vector<Named> named;
    // Who says that it stands in for this, and whom this says that stands in for it.
    for (auto const& [product, edge] : snapshot_.edges_to(old.product_id, EdgeType::substitute_for))
        named.push_back({product, edge});
    if (meant != nullptr)
        for (auto const& edge : meant->product->edges)
            if (auto const target = snapshot_.find_product(edge.target);
                target && edge.type == EdgeType::substitute_for)
                named.push_back({*target, &edge});
    std::ranges::stable_sort(named, std::greater<>(), [](Named const& one) { return one.edge->score_ppm; });
    named.resize(std::min(named.size(), limits::rebuild_candidates_max));
    auto const fits = [&](VariantRef const& candidate) {
        return (sizes_ == Sizes::by_need || meant == nullptr || same_size(candidate, *meant)) &&
               can_be_bought(candidate);
    };
    for (auto const& [product, edge] : named)
        if (auto const ref = closest(product, meant, fits))
            return Replacement{*ref, edge_source(EdgeType::substitute_for, *edge)};
    return std::nullopt;
}

std::optional<Replacement> Replacements::by_category(VariantRef const& meant, Admits const& can_be_bought) {
    auto query = look_alikes(meant, currency_);
    if (query.categories.empty()) return std::nullopt;
    if (auto const size = catalog::size_label(*meant.variant); sizes_ == Sizes::by_label && !size.empty())
        query.sizes = {std::string(size)};
    std::optional<VariantRef> best;
    std::optional<Distance> best_distance;
    auto const consider = [&](VariantRef const& candidate) {
        if (candidate.product_index == meant.product_index) return;
        auto const far = distance(candidate, &meant, currency_);
        if ((best_distance && far >= *best_distance) || !can_be_bought(candidate)) return;
        best = candidate;
        best_distance = far;
    };
    for (std::size_t seen = 0; seen < limits::rebuild_candidates_max && looked_at_ < limits::rebuild_looked_at_max;) {
        auto const page = snapshot_.search(query);
        if (!page) break;
        seen += page->hits.size();
        looked_at_ += page->hits.size();
        for (auto const& hit : page->hits) {
            auto const& product = snapshot_.product_at(hit.product_index);
            auto const first = snapshot_.first_variant(hit.product_index);
            for (auto const index : hit.variants)
                consider({&product, &product.variants.at(index - first), hit.product_index, index});
        }
        if (page->next_cursor.empty()) break;
        query.cursor = page->next_cursor;
    }
    if (!best) return std::nullopt;
    return Replacement{*best, "rule:same_category/1"};
}

std::optional<Replacement> Replacements::substitute(Old const& old, Admits const& can_be_bought) {
    if (old.meant != nullptr)
        if (auto found = among_siblings(*old.meant, true, can_be_bought)) return found;
    if (auto found = by_edge(old, can_be_bought)) return found;
    if (old.meant == nullptr) return std::nullopt;
    if (auto found = by_category(*old.meant, can_be_bought)) return found;
    return among_siblings(*old.meant, false, can_be_bought);
}

}  // namespace b2a::shopping
