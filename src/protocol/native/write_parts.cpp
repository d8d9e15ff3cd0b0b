// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/write_parts.hpp"

#include "b2a/protocol/catalog_json.hpp"

namespace b2a::protocol::native {

std::string_view availability_text(catalog::Snapshot const& snapshot, domain::Variant const& variant,
                                   std::uint32_t variant_index) noexcept {
    if (variant.offers.empty()) return "not_for_sale";
    return snapshot.in_stock(variant_index) ? "in_stock" : "out_of_stock";
}

void write_variant_members(json::Writer& json, Site const& site, catalog::Snapshot const& snapshot,
                           domain::Variant const& variant, std::uint32_t variant_index) {
    json.member("id", variant.id).member_if("sku", variant.sku).member("title", variant.title);
    write_options(json, variant.options);
    write_attributes(json, variant.attributes);
    write_barcodes(json, variant.barcodes);
    write_media(json, site, variant.media);
    json.key("offers").begin_array();
    for (auto const& offer : variant.offers) {
        json.begin_object().key("price");
        write_money(json, offer.price);
        json.key("list_price");
        write_money(json, offer.list);
        json.end_object();
    }
    json.end_array();
    json.member("availability", availability_text(snapshot, variant, variant_index));
    json.member("delivery", variant.delivery == domain::Delivery::digital ? "digital" : "physical");
}

}  // namespace b2a::protocol::native
