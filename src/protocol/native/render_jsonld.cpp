// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/json/writer.hpp"
#include "b2a/protocol/disclosures.hpp"
#include "b2a/protocol/presentation.hpp"
#include "b2a/web/message.hpp"

#include "formats.hpp"

namespace b2a::protocol::native {
namespace {

std::string_view gs1_level(domain::AllergenStatus status) noexcept {
    switch (status) {
        case domain::AllergenStatus::unknown: return {};
        case domain::AllergenStatus::free_from: return "FREE_FROM";
        case domain::AllergenStatus::may_contain: return "MAY_CONTAIN";
        case domain::AllergenStatus::contains: return "CONTAINS";
    }
    return {};
}

void write_context(json::Writer& json, Site const& site) {
    json.key("@context").begin_array().value("https://schema.org/");
    json.begin_object().member("gs1", "https://ref.gs1.org/voc/");
    json.member("disclosures", site.base_url + "/b2a/v1/openapi.json#/components/schemas/Disclosure");
    json.end_object().end_array();
}

void write_id(json::Writer& json, std::string_view name, std::string_view iri) {
    json.key(name).begin_object().member("@id", iri).end_object();
}

/// Allergens nobody declared are left out: in linked data absence says "unknown".
void write_allergens(json::Writer& json, domain::FoodInfo const& food) {
    json.key("gs1:hasAllergen").begin_array();
    for (std::size_t i = 0; i < domain::allergen_count; ++i) {
        auto const allergen = static_cast<domain::Allergen>(i);
        auto const level = gs1_containment(food.allergens.status(allergen));
        if (level.empty()) continue;
        json.begin_object().member("@type", "gs1:AllergenDetails");
        write_id(json, "gs1:allergenType", "gs1:" + gs1_allergen(allergen));
        write_id(json, "gs1:allergenLevelOfContainmentCode", "gs1:" + level);
        json.end_object();
    }
    json.end_array();
    json.member_if("gs1:ingredientStatement", food.ingredients);
}

/// Only what it is said to suit: schema.org has no word for the contrary.
void write_diets(json::Writer& json, domain::FoodInfo const& food) {
    std::vector<std::string_view> names;
    for (auto const& claim : food.diets) {
        auto const name = schema_org_name(claim.diet);
        if (claim.status == domain::DietStatus::suits && std::ranges::find(names, name) == names.end())
            names.push_back(name);
    }
    if (names.empty()) return;
    json.key("suitableForDiet").begin_array();
    for (auto const name : names) json.value("https://schema.org/" + std::string(name));
    json.end_array();
}

void write_property(json::Writer& json, std::string_view name, domain::AttributeValue const& value) {
    json.begin_object().member("@type", "PropertyValue").member("name", name);
    if (auto const* text = std::get_if<std::string>(&value)) {
        json.member("value", *text);
    } else if (auto const* flag = std::get_if<bool>(&value)) {
        json.member("value", *flag);
    } else if (auto const* quantity = std::get_if<domain::Quantity>(&value)) {
        // A JSON number with a point is fine in schema.org, and decimal_text is one.
        json.member_raw("value", decimal_text(quantity->mantissa, quantity->scale));
        json.member_if("unitText", quantity->unit);
    }
    json.end_object();
}

void write_images(json::Writer& json, Site const& site, std::vector<domain::Media> const& media) {
    if (media.empty()) return;
    json.key("image").begin_array();
    for (auto const& item : media) json.value(site.absolute(item.url));
    json.end_array();
}

void write_offers(json::Writer& json, Site const& site, catalog::Snapshot const& snapshot,
                  domain::Variant const& variant, std::uint32_t index) {
    json.key("offers").begin_array();
    for (auto const& offer : variant.offers) {
        json.begin_object().member("@type", "Offer").member("price", amount_text(offer.price));
        json.member("priceCurrency", offer.price.currency.code());
        json.member("availability",
                    snapshot.in_stock(index) ? "https://schema.org/InStock" : "https://schema.org/OutOfStock");
        json.member("itemCondition", "https://schema.org/NewCondition");
        json.key("seller").begin_object().member("@type", "Organization").member("name", site.title).end_object();
        json.end_object();
    }
    json.end_array();
}

void write_barcodes(json::Writer& json, std::vector<domain::Barcode> const& barcodes) {
    // "gtin" may stand once: the first code that a scanner of goods would read.
    auto const digits = [](std::string const& text) {
        return !text.empty() && text.size() <= 14 &&
               std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    for (auto const& barcode : barcodes)
        if (digits(barcode.value)) {
            json.member("gtin", barcode.value);
            return;
        }
}

std::string product_iri(Site const& site, domain::Product const& product) {
    return site.base_url + "/b2a/v1/products/" + web::percent_encode(product.id);
}

void write_product_members(json::Writer& json, Site const& site, domain::Product const& product) {
    json.member("name", product.title).member_if("description", product.description);
    json.member_if("url", product.url);
    if (!product.brand.empty())
        json.key("brand").begin_object().member("@type", "Brand").member("name", product.brand).end_object();
    if (!product.categories.empty()) {
        json.key("category").begin_array();
        for (auto const& category : product.categories) json.value(category);
        json.end_array();
    }
    write_images(json, site, product.media);
    if (!product.food) return;
    write_allergens(json, *product.food);
    write_diets(json, *product.food);
}

void write_properties(json::Writer& json, std::vector<domain::Attribute> const& inherited,
                      domain::Variant const* variant) {
    json.key("additionalProperty").begin_array();
    for (auto const& attribute : inherited) write_property(json, attribute.name, attribute.value);
    if (variant != nullptr) {
        for (auto const& option : variant->options) write_property(json, option.name, option.label);
        for (auto const& attribute : variant->attributes) write_property(json, attribute.name, attribute.value);
    }
    json.end_array();
}

void write_variant_members(json::Writer& json, Site const& site, catalog::Snapshot const& snapshot,
                           domain::Variant const& variant, std::uint32_t index) {
    json.member("productID", variant.id).member_if("sku", variant.sku);
    write_barcodes(json, variant.barcodes);
    for (auto const& option : variant.options)
        if (option.name == "size" || option.name == "color") json.member(option.name, option.label);
    write_offers(json, site, snapshot, variant, index);
}

std::vector<std::string_view> option_names(domain::Product const& product) {
    std::vector<std::string_view> names;
    for (auto const& variant : product.variants)
        for (auto const& option : variant.options)
            if (std::find(names.begin(), names.end(), option.name) == names.end()) names.push_back(option.name);
    return names;
}

void write_group(json::Writer& json, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product) {
    auto const& p = snapshot.product_at(product);
    json.member("@type", "ProductGroup").member("@id", product_iri(site, p));
    json.member("productGroupID", p.id);
    write_product_members(json, site, p);
    write_properties(json, p.attributes, nullptr);
    json.key("variesBy").begin_array();
    for (auto const name : option_names(p)) {
        auto const known = name == "size" || name == "color";
        json.value(known ? "https://schema.org/" + std::string(name) : std::string(name));
    }
    json.end_array().key("hasVariant").begin_array();
    auto index = snapshot.first_variant(product);
    for (auto const& variant : p.variants) {
        json.begin_object().member("@type", "Product");
        json.member("@id", site.base_url + "/b2a/v1/variants/" + web::percent_encode(variant.id));
        json.member("name", variant.title.empty() ? p.title : variant.title);
        write_images(json, site, variant.media);
        write_properties(json, {}, &variant);
        write_variant_members(json, site, snapshot, variant, index++);
        json.end_object();
    }
    json.end_array();
}

/// A product that is its own single variant, or one variant of a group.
void write_single(json::Writer& json, Site const& site, catalog::Snapshot const& snapshot,
                  domain::Product const& product, domain::Variant const& variant, std::uint32_t index) {
    auto const grouped = product.variants.size() > 1;
    json.member("@type", "Product");
    json.member("@id", grouped ? site.base_url + "/b2a/v1/variants/" + web::percent_encode(variant.id)
                               : product_iri(site, product));
    write_product_members(json, site, product);
    write_properties(json, product.attributes, &variant);
    write_variant_members(json, site, snapshot, variant, index);
    if (grouped)
        json.key("isVariantOf")
            .begin_object()
            .member("@type", "ProductGroup")
            .member("@id", product_iri(site, product))
            .member("productGroupID", product.id)
            .end_object();
}

}  // namespace

std::string gs1_allergen(domain::Allergen allergen) {
    return "AllergenTypeCode-" + std::string(gs1_code(allergen));
}

std::string gs1_containment(domain::AllergenStatus status) {
    auto const level = gs1_level(status);
    return level.empty() ? std::string() : "LevelOfContainmentCode-" + std::string(level);
}

void render_product_ld(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product) {
    auto const& p = snapshot.product_at(product);
    json::Writer json(out);
    json.begin_object();
    write_context(json, site);
    if (p.variants.size() > 1) write_group(json, site, snapshot, product);
    else write_single(json, site, snapshot, p, p.variants.front(), snapshot.first_variant(product));
    write_disclosures(json, site, product_disclosures(snapshot, product));
    json.end_object();
}

void render_variant_ld(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product,
                       std::uint32_t variant) {
    auto const& p = snapshot.product_at(product);
    json::Writer json(out);
    json.begin_object();
    write_context(json, site);
    write_single(json, site, snapshot, p, p.variants.at(variant - snapshot.first_variant(product)), variant);
    write_disclosures(json, site, variant_disclosures(snapshot, product, variant));
    json.end_object();
}

}  // namespace b2a::protocol::native
