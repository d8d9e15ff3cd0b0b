// SPDX-License-Identifier: Apache-2.0
// JSON of catalog parts whose shape the native API and UCP share.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/catalog/suspicions.hpp"
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
/// What the ingredient text makes one suspect. Valid as long as the snapshot.
struct FoodSuspicions {
    std::span<domain::Suspicion const> allergens;
    std::span<domain::DietSuspicion const> diets;
};
FoodSuspicions suspicions_of(catalog::Snapshot const& snapshot, std::uint32_t product);
/// "diets":[{"diet","status","source"?}]
void write_diets(json::Writer& json, std::vector<domain::DietClaim> const& claims);
/// "food":{…} with all fourteen allergens, each with its status, and apart from them what is only suspected
void write_food(json::Writer& json, domain::FoodInfo const& food, FoodSuspicions const& suspicions);
/// The first picture of the product or of its variants; empty if there is none.
std::string_view first_image(domain::Product const& product) noexcept;

}  // namespace b2a::protocol
