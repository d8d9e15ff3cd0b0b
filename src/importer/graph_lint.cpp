// SPDX-License-Identifier: Apache-2.0
// What the product graph of a whole catalog shows to somebody at the brand.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "b2a/importer/lint.hpp"

namespace b2a::importer {
namespace {

using domain::Allergen;
using domain::Diet;
using domain::EdgeType;
using domain::Product;

struct Without {
    Diet diet;
    Allergen allergen;
};
constexpr std::array<Without, 9> diets_without{{
    {Diet::vegan, Allergen::milk},
    {Diet::vegan, Allergen::eggs},
    {Diet::vegan, Allergen::fish},
    {Diet::vegan, Allergen::crustaceans},
    {Diet::vegan, Allergen::molluscs},
    {Diet::vegetarian, Allergen::fish},
    {Diet::vegetarian, Allergen::crustaceans},
    {Diet::vegetarian, Allergen::molluscs},
    {Diet::gluten_free, Allergen::gluten},
}};

void append_claims(Product const& product, std::vector<Finding>& out) {
    if (!product.food) return;
    for (auto const& claim : product.food->diets)
        for (auto const& [diet, allergen] : diets_without)
            if (claim.diet == diet && claim.status == domain::DietStatus::suits &&
                product.food->allergens.status(allergen) == domain::AllergenStatus::contains)
                out.push_back({"claim_contradicts_allergens", product.id, std::string(to_text(diet)),
                               std::string(to_text(allergen))});
}

/// Pairs that go with each other, in both directions; the reverse of an edge says the same.
using Pairs = std::set<std::pair<std::string_view, std::string_view>>;

Pairs pairs_of(std::vector<Product> const& products, EdgeType type) {
    Pairs out;
    for (auto const& product : products)
        for (auto const& edge : product.edges)
            if (edge.type == type) out.insert(std::minmax<std::string_view>(product.id, edge.target));
    return out;
}

void append_contradictions(std::vector<Product> const& products, std::vector<Finding>& out) {
    auto const together = pairs_of(products, EdgeType::goes_with);
    for (auto const& [first, second] : pairs_of(products, EdgeType::substitute_for))
        if (together.contains({first, second}))
            out.push_back({"edges_contradict", std::string(first), "goes_with, substitute_for", std::string(second)});
}

void append_alone(LintInput const& catalog, std::vector<Finding>& out) {
    std::unordered_set<std::string_view> connected;
    for (auto const& product : catalog.products)
        for (auto const& edge : product.edges) {
            connected.insert(product.id);
            connected.insert(edge.target);
        }
    for (auto const& look : catalog.looks)
        for (auto const& slot : look.slots) connected.insert(slot.products.begin(), slot.products.end());
    for (auto const& product : catalog.products)
        if (product.categories.empty() && !connected.contains(product.id))
            out.push_back({"product_alone", product.id, "edges", {}});
}

}  // namespace

std::vector<Finding> lint_look(domain::Look const& look, LookEnds const& ends) {
    auto out = lint_look_texts(look);
    for (auto const& slot : look.slots)
        for (auto const& id : slot.products)
            if (!ends.products.contains(id)) out.push_back({"look_to_nothing", look.id, "slots", slot.name + ' ' + id});
    for (auto const& id : look.occasions)
        if (!ends.occasions.contains(id)) out.push_back({"look_to_nothing", look.id, "occasions", id});
    return out;
}

std::vector<Finding> lint_graph(LintInput const& catalog) {
    std::vector<Finding> out;
    for (auto const& product : catalog.products) append_claims(product, out);
    append_contradictions(catalog.products, out);
    append_alone(catalog, out);
    if (catalog.looks.empty()) return out;
    LookEnds ends;
    for (auto const& product : catalog.products) ends.products.insert(product.id);
    for (auto const& occasion : catalog.occasions) ends.occasions.insert(occasion.id);
    for (auto const& look : catalog.looks)
        for (auto& finding : lint_look(look, ends)) out.push_back(std::move(finding));
    return out;
}

}  // namespace b2a::importer
