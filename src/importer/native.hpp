// SPDX-License-Identifier: Apache-2.0
// One line of the native catalog format (docs/import.md, proto-schemas/native/v1/catalog-line.schema.json) as a record
// of the domain. Problems are collected in the Reader; what a function returns counts only if there are none.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/domain/commerce.hpp"
#include "b2a/domain/look.hpp"
#include "b2a/domain/product.hpp"
#include "b2a/domain/size.hpp"
#include "b2a/json/reader.hpp"

#include "importer/context.hpp"

namespace b2a::importer {

domain::Product read_product(json::Reader& in, FileContext const& context);
domain::FoodInfo read_food(json::Reader& in);
domain::Promotion read_promotion(json::Reader& in);
domain::ShippingMethod read_shipping_method(json::Reader& in);
domain::TaxRate read_tax_rate(json::Reader& in);
domain::Brand read_brand(json::Reader& in);
/// A time zone that this machine does not know is counted as a warning in `journal`.
domain::Location read_location(json::Reader& in, Journal& journal);
domain::SizeChart read_size_chart(json::Reader& in, FileContext const& context);
domain::Occasion read_occasion(json::Reader& in);
domain::Look read_look(json::Reader& in, FileContext const& context);

struct NativeEdge {
    std::string from;  // id of a product or variant
    domain::Edge edge;
};
NativeEdge read_edge(json::Reader& in, FileContext const& context);
/// The member "edges" of a product's line.
void read_own_edges(json::Reader& in, domain::Product& product);
/// "0.8" in parts per million; nullopt for what is no number from 0 to 1.
std::optional<std::uint32_t> parse_score(std::string_view text);

/// Gives each line that is JSON to `take` and rejects the others; empty lines do not count. Errors: an unreadable file,
/// and those of `take`.
Result<void> each_json_line(FileContext const& context,
                            std::function<Result<void>(json::View, std::uint64_t line)> const& take);

/// A problem for every member that is not one of `names`.
void allow_only(json::Reader& in, std::initializer_list<std::string_view> names);
/// The member as clean one-line text; empty when absent.
std::string read_line(json::Reader& in, std::string_view key, std::size_t bytes_max,
                      json::Presence presence = json::Presence::optional);
std::optional<Currency> read_currency(json::Reader& in);
/// "org.example.student"; empty, with a problem, for anything else.
std::string read_reverse_domain_name(json::Reader& in, std::string_view key, json::Presence presence);
/// ISO 3166-1 alpha-2, by its form.
bool is_country(std::string_view text);

}  // namespace b2a::importer
