// SPDX-License-Identifier: Apache-2.0
#include "catalog/graph_rules.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <tuple>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::catalog {
namespace {

using Edges = std::vector<DerivedEdge>;
using Pointers = std::vector<RuleProduct const*>;

constexpr std::uint32_t material_ppm = 500'000;
constexpr std::uint32_t collection_ppm = 700'000;
constexpr std::uint32_t certain_ppm = 1'000'000;
constexpr std::size_t candidates_a_side = 16;  // of similar products, up and down in price

constexpr std::array<GraphRule, 6> rules{{
    {"rule:same_material/1", Relation::related, same_material},
    {"rule:same_collection/1", Relation::related, same_collection},
    {"rule:color_harmony/1", Relation::goes_with, color_harmony},
    {"rule:replaces_gtin/1", Relation::replaces, replaces_gtin},
    {"rule:same_gtin/1", Relation::substitute_for, same_gtin},
    {"rule:similar/1", Relation::substitute_for, similar},
}};

std::uint64_t distance(std::int64_t a, std::int64_t b) noexcept {
    return static_cast<std::uint64_t>(a > b ? a - b : b - a);
}

/// Sorted by `key`, then price, then product; calls `each` with every run of more than one with equal keys.
template <class Key, class Each>
void for_runs(Pointers& products, Key key, Each each) {
    auto const order = [&](RuleProduct const* a, RuleProduct const* b) {
        auto const by_key = key(*a) <=> key(*b);
        if (by_key != 0) return by_key < 0;
        return std::tie(a->price_minor, a->product) < std::tie(b->price_minor, b->product);
    };
    std::ranges::sort(products, order);
    for (std::size_t begin = 0; begin < products.size();) {
        auto end = begin + 1;
        while (end < products.size() && key(*products[begin]) == key(*products[end])) ++end;
        if (end - begin > 1) each(std::span(products).subspan(begin, end - begin));
        begin = end;
    }
}

template <class Predicate>
Pointers select(RuleFacts const& facts, Predicate holds) {
    Pointers out;
    for (auto const& product : facts.products)
        if (holds(product)) out.push_back(&product);
    return out;
}

/// From each product of a run in order of price to those nearest in price; of two as near, to the cheaper one.
void add_nearest(std::span<RuleProduct const* const> run, std::uint32_t score_ppm, Edges& out) {
    for (std::size_t i = 0; i < run.size(); ++i) {
        auto low = i;
        auto high = i + 1;
        for (std::size_t n = 0; n < limits::graph_rule_edges_max && (low > 0 || high < run.size()); ++n) {
            auto const price = run[i]->price_minor;
            bool const down = low > 0 && (high == run.size() || distance(run[low - 1]->price_minor, price) <=
                                                                    distance(run[high]->price_minor, price));
            out.push_back({run[i]->product, down ? run[--low]->product : run[high++]->product, score_ppm});
        }
    }
}

/// What two sorted lists share, of what either has.
std::uint64_t overlap_ppm(std::span<NodeId const> a, std::span<NodeId const> b) noexcept {
    std::size_t shared = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        shared += a[i] == b[j] ? 1U : 0U;
        auto const step_a = a[i] <= b[j];
        auto const step_b = b[j] <= a[i];
        i += step_a ? 1U : 0U;
        j += step_b ? 1U : 0U;
    }
    auto const all = a.size() + b.size() - shared;
    return all == 0 ? 0 : shared * 1'000'000 / all;
}

/// nullopt beyond a quarter of the first one's price, or without anything in common.
std::optional<std::uint32_t> similarity_ppm(RuleProduct const& a, RuleProduct const& b) noexcept {
    auto const apart = distance(a.price_minor, b.price_minor);
    auto const base = static_cast<std::uint64_t>(a.price_minor);
    if (apart > base / 4) return std::nullopt;
    auto const overlap = overlap_ppm(a.values, b.values);
    if (overlap == 0) return std::nullopt;
    // In thousandths first: prices are below 2^53, and a millionfold of a quarter of that would not fit.
    auto const gap_ppm = apart * 1'000 / std::max<std::uint64_t>(base, 1) * 1'000;
    auto const closeness = 1'000'000 - std::min<std::uint64_t>(gap_ppm * 4, 1'000'000);
    return static_cast<std::uint32_t>((overlap * 6 + closeness * 4) / 10);
}

void add_best(std::uint32_t from, Edges& found, Edges& out) {
    auto const kept = std::min(found.size(), limits::graph_rule_edges_max);
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(kept),
                              [](DerivedEdge const& a, DerivedEdge const& b) {
                                  return std::tie(b.score_ppm, a.to) < std::tie(a.score_ppm, b.to);
                              });
    for (std::size_t i = 0; i < kept; ++i) out.push_back({from, found[i].to, found[i].score_ppm});
}

}  // namespace

std::span<GraphRule const> graph_rules() noexcept {
    return rules;
}

std::vector<DerivedEdge> same_material(RuleFacts const& facts) {
    auto products = select(facts, [](RuleProduct const& p) { return !p.materials.empty(); });
    Edges out;
    struct Key {
        std::uint32_t brand;
        std::span<NodeId const> materials;
        bool operator==(Key const& b) const { return brand == b.brand && std::ranges::equal(materials, b.materials); }
        std::strong_ordering operator<=>(Key const& b) const {
            if (auto const by = brand <=> b.brand; by != 0) return by;
            return std::lexicographical_compare_three_way(materials.begin(), materials.end(), b.materials.begin(),
                                                          b.materials.end());
        }
    };
    for_runs(
        products, [](RuleProduct const& p) { return Key{p.brand, p.materials}; },
        [&](auto run) { add_nearest(run, material_ppm, out); });
    return out;
}

std::vector<DerivedEdge> same_collection(RuleFacts const& facts) {
    auto products = select(facts, [](RuleProduct const& p) { return p.collection != RuleProduct::none; });
    Edges out;
    for_runs(
        products, [](RuleProduct const& p) { return std::pair(p.brand, p.collection); },
        [&](auto run) { add_nearest(run, collection_ppm, out); });
    return out;
}

std::vector<DerivedEdge> similar(RuleFacts const& facts) {
    auto products = select(facts, [](RuleProduct const& p) {
        return p.category != RuleProduct::none && p.currency != RuleProduct::none && !p.values.empty();
    });
    Edges out;
    Edges found;
    auto const key = [](RuleProduct const& p) {
        return std::tuple(p.category, p.garment ? static_cast<int>(*p.garment) : -1, p.currency);
    };
    for_runs(products, key, [&](std::span<RuleProduct const* const> run) {
        for (std::size_t i = 0; i < run.size(); ++i) {
            found.clear();
            auto const first = i > candidates_a_side ? i - candidates_a_side : 0;
            auto const end = std::min(run.size(), i + candidates_a_side + 1);
            for (auto j = first; j < end; ++j)
                if (j != i)
                    if (auto const score = similarity_ppm(*run[i], *run[j]))
                        found.push_back({run[i]->product, run[j]->product, *score});
            add_best(run[i]->product, found, out);
        }
    });
    return out;
}

std::vector<DerivedEdge> replaces_gtin(RuleFacts const& facts) {
    auto items = facts.items;
    std::ranges::sort(items, {}, [](TradeItem const& item) { return std::pair(item.gtin, item.product); });
    Edges out;
    for (auto const& replaced : facts.replaced) {
        auto const same = std::ranges::equal_range(items, replaced.gtin, {}, &TradeItem::gtin);
        std::size_t count = 0;
        for (auto const& item : same)
            if (item.product != replaced.product && count++ < limits::graph_rule_edges_max)
                out.push_back({replaced.product, item.product, certain_ppm});
    }
    return out;
}

std::vector<DerivedEdge> same_gtin(RuleFacts const& facts) {
    auto items = facts.items;
    auto const key = [](TradeItem const& item) { return std::pair(item.gtin, item.product); };
    std::ranges::sort(items, {}, key);
    auto const repeated = std::ranges::unique(items, {}, key);
    items.erase(repeated.begin(), repeated.end());
    Edges out;
    for (std::size_t begin = 0; begin < items.size();) {
        auto end = begin + 1;
        while (end < items.size() && items[end].gtin == items[begin].gtin) ++end;
        auto const size = end - begin;
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t n = 1; n < size && n <= limits::graph_rule_edges_max; ++n)
                out.push_back({items[begin + i].product, items[begin + (i + n) % size].product, certain_ppm});
        begin = end;
    }
    return out;
}

std::optional<std::uint64_t> trade_item_number(std::string_view digits) noexcept {
    if (digits.size() != 8 && digits.size() != 12 && digits.size() != 13 && digits.size() != 14) return std::nullopt;
    if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    return parse_int<std::uint64_t>(digits);
}

}  // namespace b2a::catalog
