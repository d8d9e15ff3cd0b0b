// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/write_parts.hpp"

#include "b2a/protocol/catalog_json.hpp"
#include "b2a/protocol/disclosures.hpp"
#include "b2a/protocol/presentation.hpp"

namespace b2a::protocol::native {
namespace {

constexpr std::size_t matching_variants_shown = 12;

}  // namespace

std::string_view availability_text(catalog::Snapshot const& snapshot, domain::Variant const& variant,
                                   std::uint32_t variant_index) noexcept {
    if (variant.offers.empty()) return "not_for_sale";
    return snapshot.in_stock(variant_index) ? "in_stock" : "out_of_stock";
}

void write_offer_members(json::Writer& json, domain::Product const& product, domain::Variant const& variant,
                         domain::Offer const& offer, domain::LegalTerms const& terms) {
    json.key("price");
    write_money(json, offer.price);
    if (terms.eu_consumer_law)
        if (auto const measure = domain::measure_of(product, variant))
            if (auto const unit = domain::unit_price_of(offer.price, *measure))
                write_unit_price(json, *unit, MeasureShape::number);
    if (auto const struck = domain::struck_price(offer, terms)) {
        json.key("list_price");
        write_money(json, *struck);
    }
    if (auto const reduction = domain::reduction_of(offer, terms); reduction && terms.eu_consumer_law) {
        json.key("prior_price_30d").begin_object().member("amount", reduction->prior.minor);
        json.member("currency", reduction->prior.currency.code());
        json.member("from", to_rfc3339(reduction->from)).member("to", to_rfc3339(reduction->until)).end_object();
        json.key("reduction").begin_object().member("percent", reduction->percent);
        json.member("basis", "lowest_30d").end_object();
    }
}

void write_matching_variants(json::Writer& json, catalog::Snapshot const& snapshot, Site const& site, Currency currency,
                             std::uint32_t product_index, std::vector<std::uint32_t> const& variants) {
    auto const& product = snapshot.product_at(product_index);
    auto const first = snapshot.first_variant(product_index);
    json.member("matching_variant_count", static_cast<std::uint64_t>(variants.size()));
    json.key("matching_variants").begin_array();
    for (std::size_t i = 0; i < variants.size() && i < matching_variants_shown; ++i) {
        auto const& variant = product.variants.at(variants[i] - first);
        write_variant_summary(json, snapshot, site, currency, {&product, &variant, product_index, variants[i]});
    }
    json.end_array();
}

void write_variant_summary(json::Writer& json, catalog::Snapshot const& snapshot, Site const& site, Currency currency,
                           catalog::VariantRef const& ref) {
    auto const& variant = *ref.variant;
    json.begin_object().member("id", variant.id).member("title", variant.title);
    write_options(json, variant.options);
    if (auto const* offer = offer_to_show(variant, currency, site.default_currency))
        write_offer_members(json, *ref.product, variant, *offer, snapshot.data().legal);
    json.member("availability", availability_text(snapshot, variant, ref.variant_index)).end_object();
}

void write_variant_members(json::Writer& json, Site const& site, catalog::Snapshot const& snapshot,
                           domain::Product const& product, domain::Variant const& variant,
                           std::uint32_t variant_index) {
    json.member("id", variant.id).member_if("sku", variant.sku).member("title", variant.title);
    write_options(json, variant.options);
    write_attributes(json, variant.attributes);
    write_barcodes(json, variant.barcodes);
    write_media(json, site, variant.media);
    json.key("offers").begin_array();
    for (auto const& offer : variant.offers) {
        json.begin_object();
        write_offer_members(json, product, variant, offer, snapshot.data().legal);
        json.end_object();
    }
    json.end_array();
    json.member("availability", availability_text(snapshot, variant, variant_index));
    json.member("delivery", variant.delivery == domain::Delivery::digital ? "digital" : "physical");
}

}  // namespace b2a::protocol::native
