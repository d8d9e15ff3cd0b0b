// SPDX-License-Identifier: Apache-2.0
// A schema.org node: what it says, whichever of the permitted shapes it has (a value, a list of values, an object with
// a name).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "b2a/json/view.hpp"

#include "importer/feed_values.hpp"

namespace b2a::importer {

/// "Product" for "Product", "schema:Product" and "https://schema.org/Product".
std::string_view schema_name(std::string_view text);
std::string_view schema_name(std::string&& text) = delete;  // the name is a part of it
/// True if one of the node's types is `type`.
bool has_type(json::View node, std::string_view type);
/// The member's first value as text: a string, a number as written, a boolean, the name of an object. Empty without.
std::string schema_text(json::View node, std::string_view member);
/// The address of a node that is only referred to ({"@id": …}); empty for any other.
std::string reference_of(json::View value);
/// Calls `visit` for the member's value, or for each of them if it is a list.
void each_value(json::View node, std::string_view member, std::function<void(json::View)> const& visit);

/// The id by which agents buy: sku, else productID, else a GTIN, else the node's own address.
std::string id_of_node(json::View node);

/// What a Product or ProductGroup says about the product.
domain::Product schema_product(json::View node, std::string const& id, RowPlace const& place);
/// What it says of allergens, ingredients and diets; nothing for what is no food.
std::optional<domain::FoodInfo> schema_food(json::View node);
/// The sellable unit. `varies_by` names its options. invalid_request with the reason when a value cannot be used.
Result<domain::Variant> schema_variant(json::View node, std::vector<std::string> const& varies_by,
                                       RowPlace const& place);
/// Names of the properties by which the variants of a ProductGroup differ: "color", "size" where it does not say.
std::vector<std::string> varies_by(json::View group);

}  // namespace b2a::importer
