// SPDX-License-Identifier: Apache-2.0
// JSON of catalog parts whose shape the native API and UCP share.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/product.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/site.hpp"

namespace b2a::protocol {

/// {"amount":5200,"currency":"USD"}
void write_money(json::Writer& json, Money money);
/// "options":[{"name","label"}]
void write_options(json::Writer& json, std::vector<domain::OptionValue> const& options);
/// "attributes":[{"name","value","unit"?}]; decimals are text
void write_attributes(json::Writer& json, std::vector<domain::Attribute> const& attributes);
/// "barcodes":[{"type","value"}]
void write_barcodes(json::Writer& json, std::vector<domain::Barcode> const& barcodes);
/// "media":[{"type","url","alt_text"?}], URLs absolute
void write_media(json::Writer& json, Site const& site, std::vector<domain::Media> const& media);
/// "food":{…} with all fourteen allergens, each with its status
void write_food(json::Writer& json, domain::FoodInfo const& food);
/// The first picture of the product or of its variants; empty if there is none.
std::string_view first_image(domain::Product const& product) noexcept;

}  // namespace b2a::protocol
