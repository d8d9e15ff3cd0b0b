// SPDX-License-Identifier: Apache-2.0
// The rule of colour harmony: which garments of a brand are worn together, in colours that go together.
#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "b2a/base/limits.hpp"

#include "catalog/graph_rules.hpp"

namespace b2a::catalog {
namespace {

using domain::Audience;
using domain::Garment;

static_assert(Garment::top == Garment{}, "the first one");

/// Where a garment is worn; two of the same place take each other's, a dress that of top and bottom.
enum class Place : std::uint8_t { upper, over, lower, whole, feet, head, hands, middle, swim_upper, swim_lower, none };

constexpr Place place_of(Garment garment) noexcept {
    switch (garment) {
        case Garment::top:
        case Garment::shirt:
        case Garment::knitwear: return Place::upper;
        case Garment::outerwear: return Place::over;
        case Garment::skirt:
        case Garment::trousers:
        case Garment::shorts: return Place::lower;
        case Garment::dress: return Place::whole;
        case Garment::shoes: return Place::feet;
        case Garment::hat: return Place::head;
        case Garment::gloves: return Place::hands;
        case Garment::belt: return Place::middle;
        case Garment::bikini_top: return Place::swim_upper;
        case Garment::bikini_bottom: return Place::swim_lower;
        case Garment::swimsuit:
        case Garment::swim_trunks:
        case Garment::bra:
        case Garment::underwear:
        case Garment::socks: break;
    }
    return Place::none;
}

constexpr bool worn_together(Garment first, Garment second) noexcept {
    auto const a = place_of(first);
    auto const b = place_of(second);
    auto const is_swim = [](Place place) { return place == Place::swim_upper || place == Place::swim_lower; };
    if (a == Place::none || b == Place::none || a == b || is_swim(a) != is_swim(b)) return false;
    auto const covered = [](Place place) { return place == Place::upper || place == Place::lower; };
    return !(a == Place::whole && covered(b)) && !(b == Place::whole && covered(a));
}

/// Products of one brand, audience, currency, garment and colour family, by price.
class Wardrobe {
  public:
    explicit Wardrobe(RuleFacts const& facts) {
        for (auto const& product : facts.products)
            if (product.garment && place_of(*product.garment) != Place::none) hang(product);
        for (auto& [key, families] : shelves_)
            for (auto& shelf : families)
                std::ranges::sort(shelf, {}, [](auto const* p) { return std::pair(p->price_minor, p->product); });
    }

    /// For each kind of garment that is worn with it the best partner, the best of those first.
    void partners(RuleProduct const& product, std::vector<DerivedEdge>& out) const {
        out.clear();
        Key key{product.brand, audience_of(product), product.currency, Garment::top};
        for (auto at = shelves_.lower_bound(key); at != shelves_.end(); ++at) {
            key.garment = at->first.garment;
            if (at->first != key) break;
            if (worn_together(*product.garment, key.garment)) add_best(product, at->second, out);
        }
        std::ranges::sort(out, [](DerivedEdge const& a, DerivedEdge const& b) {
            return std::tie(b.score_ppm, a.to) < std::tie(a.score_ppm, b.to);
        });
        if (out.size() > limits::graph_rule_edges_max) out.resize(limits::graph_rule_edges_max);
    }

  private:
    using Shelf = std::vector<RuleProduct const*>;
    using Families = std::array<Shelf, color_family_count>;
    struct Key {
        std::uint32_t brand;
        Audience audience;
        std::uint32_t currency;
        Garment garment;
        auto operator<=>(Key const&) const = default;
    };

    void hang(RuleProduct const& product) {
        for (auto const audience : audiences_of(product))
            for (unsigned family = 0; family < color_family_count; ++family)
                if ((product.colors >> family & 1U) != 0)
                    shelves_[{product.brand, audience, product.currency, *product.garment}].at(family).push_back(
                        &product);
    }

    static Audience audience_of(RuleProduct const& product) noexcept {
        return product.audience.value_or(Audience::unisex);
    }
    /// What is for everybody goes with what is for women, and with what is for men.
    static std::vector<Audience> audiences_of(RuleProduct const& product) {
        if (audience_of(product) != Audience::unisex) return {audience_of(product)};
        return {Audience::women, Audience::men, Audience::unisex};
    }

    static RuleProduct const* nearest(Shelf const& shelf, std::int64_t price) noexcept {
        auto const above = std::ranges::lower_bound(shelf, price, {}, &RuleProduct::price_minor);
        if (above == shelf.begin()) return *above;
        auto const* const below = *std::prev(above);
        if (above == shelf.end()) return below;
        return price - below->price_minor <= (*above)->price_minor - price ? below : *above;
    }

    static void add_best(RuleProduct const& product, Families const& families, std::vector<DerivedEdge>& out) {
        DerivedEdge best{product.product, 0, 0};
        std::tuple<std::uint64_t, std::uint32_t> rank;
        for (unsigned family = 0; family < color_family_count; ++family) {
            if (families[family].empty()) continue;
            auto const score = color_harmony_ppm(product.colors, static_cast<ColorFamilies>(1U << family));
            if (score == 0 || score < best.score_ppm) continue;
            auto const* const found = nearest(families[family], product.price_minor);
            auto const apart = found->price_minor - product.price_minor;
            std::tuple const next(static_cast<std::uint64_t>(apart < 0 ? -apart : apart), found->product);
            if (score > best.score_ppm || next < rank) {
                best = {product.product, found->product, score};
                rank = next;
            }
        }
        if (best.score_ppm > 0) out.push_back(best);
    }

    std::map<Key, Families> shelves_;
};

}  // namespace

std::vector<DerivedEdge> color_harmony(RuleFacts const& facts) {
    Wardrobe const wardrobe(facts);
    std::vector<DerivedEdge> out;
    std::vector<DerivedEdge> partners;
    for (auto const& product : facts.products) {
        if (!product.garment || product.colors == 0) continue;
        wardrobe.partners(product, partners);
        out.insert(out.end(), partners.begin(), partners.end());
    }
    return out;
}

}  // namespace b2a::catalog
