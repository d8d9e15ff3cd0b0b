// SPDX-License-Identifier: Apache-2.0
// The small languages inside the values of product feeds: amounts with their currency, trade item numbers, periods,
// category paths, and what shops call available.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/time.hpp"
#include "b2a/domain/product.hpp"

#include "importer/context.hpp"

namespace b2a::importer {

/// "15.00 USD", "EUR 15" and, without a code, "15" in `fallback`. nullopt for anything else.
std::optional<Money> parse_amount(std::string_view text, Currency fallback);

/// Digits with or without spaces and hyphens: the type says the length, "ean8", "upc", "ean13", "gtin14". "other" when
/// the length or the check digit is none of a GTIN's. nullopt for an empty text.
std::optional<domain::Barcode> parse_barcode(std::string_view text);

/// ISO 8601 with what feeds leave out of it: "2026-11-24", "2026-11-24T06:00", "2026-11-24T06:00:00+0100". Without an
/// offset it is UTC. nullopt otherwise.
std::optional<Timestamp> parse_moment(std::string_view text);
/// "from/until", as parse_moment: true if `now` lies in it; false also for text that is no period.
bool is_within(std::string_view period, Timestamp now);

/// "Apparel > Tops" with its levels joined by '/'; empty for an empty text.
std::string category_path(std::string_view text, char separator);

/// What an availability means for the stock: in_stock, backorder and preorder are sold without counting, out_of_stock,
/// sold_out, discontinued and what is only sold in a store are not. Spelling ("InStock", "in stock") does not matter;
/// nullopt for an unknown word.
enum class Availability : std::uint8_t { sold, sold_later, not_sold };
std::optional<Availability> parse_availability(std::string_view text);

/// Names as one line of text; nothing for an empty value. A value that is there already is not added again.
void append_text(std::vector<domain::Attribute>& out, std::string name, std::string_view value);
void append_option(std::vector<domain::OptionValue>& out, std::string name, std::string_view value);

/// Where a row came from and whose it is: what a lint finding says.
struct RowPlace {
    FileContext const& context;
    std::uint64_t line = 0;
    std::string const& product;
};
/// The picture if its address can be used (relative ones get the context's prefix), else a lint finding.
void append_picture(std::vector<domain::Media>& out, std::string_view url, std::string_view alt_text,
                    RowPlace const& place);
/// The page if its address can be used, else a lint finding and nothing.
std::string usable_page(std::string_view url, RowPlace const& place);
/// As parse_barcode; a finding for a number that fails its check digit.
void append_barcode(std::vector<domain::Barcode>& out, std::string_view text, RowPlace const& place);

}  // namespace b2a::importer
