// SPDX-License-Identifier: Apache-2.0
// What somebody at the brand should look at in a catalog, found by rule: while it is imported and over what is
// published. Pure; findings change nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "b2a/domain/look.hpp"
#include "b2a/domain/product.hpp"
#include "b2a/domain/size.hpp"

namespace b2a::importer {

struct Finding {
    std::string code;
    std::string product;  // its id
    std::string field;    // "title", "barcodes", a type of edge
    std::string detail;   // the other end, the value; may be empty
};

/// Errors are findings that make an answer wrong: claim_contradicts_allergens, edges_contradict, edges_in_circle,
/// edge_to_itself, edge_to_nothing, free_from_contradicts_ingredients, gtin_of_two_products, look_to_nothing. All
/// others are warnings.
bool is_error(std::string_view code) noexcept;

/// What shows in the product alone: instructions_in_text, environmental_claim_without_certificate, and those of
/// lint_food() and lint_links().
std::vector<Finding> lint_product(domain::Product const& product);
/// allergens_undeclared (a food that declares not a single allergen, nor that there is none); where its ingredients
/// name one: free_from_contradicts_ingredients (an error), allergen_missing_in_declaration,
/// diet_contradicts_ingredients.
std::vector<Finding> lint_food(domain::Product const& product);
/// dead_link: an address that leads nowhere for whoever is not this machine. No network is asked.
std::vector<Finding> lint_links(domain::Product const& product);
/// instructions_in_text of a look; the finding's product is its id.
std::vector<Finding> lint_look_texts(domain::Look const& look);
/// "scheme", "relative", "malformed", "host"; empty for an address that may lead somewhere, and for none.
std::string_view link_fault(std::string_view url);

/// What shows only between products. One object sees them one after the other and keeps their trade item numbers and
/// the edges that can contradict each other.
class CatalogLint {
  public:
    /// gtin_of_two_products, edge_to_itself. Edges may lead to variants here.
    std::vector<Finding> add(domain::Product const& product);
    /// Keeps the product's edges, which lead to products; they take the place of those it had before.
    void follow(domain::Product const& product);
    /// Products to which kept edges lead and that were not followed.
    [[nodiscard]] std::vector<std::string> unknown_ends() const;
    /// edges_in_circle: products that replace each other in a circle, or are accessories for each other. Of circles
    /// that share products one is named.
    [[nodiscard]] std::vector<Finding> circles() const;

  private:
    using Graph = std::map<std::string, std::vector<std::string>>;

    std::unordered_map<std::string, std::string> product_of_gtin_;
    Graph replaces_;
    Graph accessory_for_;
    std::unordered_set<std::string> seen_;
};

/// Sizes that nobody explains: sizes_without_chart, size_not_in_chart. Packs of food are no sizes.
std::vector<Finding> lint_sizes(domain::Product const& product, std::vector<domain::SizeChart> const& charts);
/// sizes_out_of_order: ranges that do not grow from row to row.
std::vector<Finding> lint_chart(domain::SizeChart const& chart);

/// What a look may name.
struct LookEnds {
    std::unordered_set<std::string> products;
    std::unordered_set<std::string> occasions;
};
/// look_to_nothing: a product or an occasion that there is not; and what lint_look_texts() finds. The finding's product
/// is the look's id.
std::vector<Finding> lint_look(domain::Look const& look, LookEnds const& ends);

struct LintInput {
    std::vector<domain::Product> const& products;
    std::vector<domain::SizeChart> const& charts;
    std::vector<domain::Occasion> const& occasions;
    std::vector<domain::Look> const& looks;
};
/// What the graph of a whole catalog shows: edges_contradict (a product that goes with another one and also stands in
/// for it), claim_contradicts_allergens (a diet that it is said to suit, and an allergen that this diet does without),
/// product_alone (no category, no edge from or to it, in no look), and those of lint_look().
std::vector<Finding> lint_graph(LintInput const& catalog);

/// All of it over a whole catalog, and edge_to_nothing: edges to a product that is none of these.
std::vector<Finding> lint_catalog(LintInput const& catalog);

}  // namespace b2a::importer
