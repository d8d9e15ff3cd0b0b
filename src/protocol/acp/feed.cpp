// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/json/writer.hpp"
#include "b2a/protocol/acp_feed.hpp"
#include "b2a/protocol/disclosures.hpp"
#include "b2a/protocol/feed_text.hpp"
#include "b2a/protocol/presentation.hpp"

namespace b2a::protocol::acp {
namespace {

constexpr std::string_view condition_name = "condition";
constexpr std::string_view google_category_name = "google_product_category";

/// The texts of the attributes of that name, the variant's before the product's.
std::vector<std::string_view> texts_of(domain::Product const& product, domain::Variant const& variant,
                                       std::string_view name) {
    std::vector<std::string_view> out;
    for (auto const* attributes : {&variant.attributes, &product.attributes}) {
        for (auto const& attribute : *attributes)
            if (auto const* text = std::get_if<std::string>(&attribute.value); text && attribute.name == name)
                out.emplace_back(*text);
        if (!out.empty()) return out;
    }
    return out;
}

void write_price(json::Writer& json, std::string_view name, Money price) {
    json.key(name).begin_object().member("amount", price.minor);
    json.member("currency", price.currency.code()).end_object();
}

void write_media_list(json::Writer& json, Site const& site, std::vector<domain::Media> const& media) {
    json.key("media").begin_array();
    for (auto const& item : media) {
        auto const url = web_url(site.absolute(item.url));
        if (url.empty()) continue;
        json.begin_object().member("type", item.type).member("url", url).member_if("alt_text", item.alt_text);
        json.end_object();
    }
    json.end_array();
}

void write_category(json::Writer& json, std::string_view value, std::string_view taxonomy) {
    json.begin_object().member("value", value).member("taxonomy", taxonomy).end_object();
}

void write_categories(json::Writer& json, domain::Product const& product, domain::Variant const& variant) {
    json.key("categories").begin_array();
    for (auto const& path : product.categories) write_category(json, category_with_arrows(path), "merchant");
    for (auto const text : texts_of(product, variant, google_category_name))
        write_category(json, text, google_category_name);
    json.end_array();
}

void write_condition(json::Writer& json, domain::Product const& product, domain::Variant const& variant) {
    auto stated = texts_of(product, variant, condition_name);
    if (stated.empty()) stated.emplace_back("new");
    json.key("condition").begin_array();
    for (auto const text : stated) json.value(text);
    json.end_array();
}

void write_link(json::Writer& json, Site const& site, std::string_view type, std::string const& target) {
    if (auto const url = web_url(site.absolute(target)); !url.empty())
        json.begin_object().member("type", type).member("url", url).end_object();
}

void write_seller(json::Writer& json, Site const& site) {
    json.key("seller").begin_object().member("name", site.title).key("links").begin_array();
    write_link(json, site, "privacy_policy", site.privacy_url);
    write_link(json, site, "terms_of_service", site.terms_url);
    write_link(json, site, "refund_policy", site.refund_url);
    write_link(json, site, "shipping_policy", site.shipping_url);
    json.end_array().end_object();
}

void write_offer(json::Writer& json, domain::Product const& product, domain::Variant const& variant,
                 domain::Offer const& offer, domain::LegalTerms const& terms) {
    write_price(json, "price", offer.price);
    if (auto const struck = domain::struck_price(offer, terms)) write_price(json, "list_price", *struck);
    if (auto const measure = domain::measure_of(product, variant))
        if (auto const unit = domain::unit_price_of(offer.price, *measure))
            write_unit_price(json, *unit, MeasureShape::number);
}

void write_availability(json::Writer& json, bool priced, bool in_stock) {
    json.key("availability").begin_object().member("available", priced && in_stock);
    if (priced) json.member("status", in_stock ? "in_stock" : "out_of_stock");
    json.end_object();
}

struct Shelf {
    Site const& site;
    catalog::Snapshot const& snapshot;
    Currency currency;
};

bool write_variant(json::Writer& json, Shelf const& shelf, domain::Product const& product,
                   domain::Variant const& variant, std::uint32_t index) {
    auto const* offer = domain::find_offer(variant, shelf.currency);
    json.begin_object().member("id", variant.id);
    json.member("title", variant.title.empty() ? product.title : variant.title);
    if (!variant.barcodes.empty()) {
        json.key("barcodes").begin_array();
        for (auto const& barcode : variant.barcodes)
            json.begin_object().member("type", barcode.type).member("value", barcode.value).end_object();
        json.end_array();
    }
    if (offer != nullptr) write_offer(json, product, variant, *offer, shelf.snapshot.data().legal);
    write_availability(json, offer != nullptr, shelf.snapshot.in_stock(index));
    write_categories(json, product, variant);
    write_condition(json, product, variant);
    if (!variant.options.empty()) {
        json.key("variant_options").begin_array();
        for (auto const& option : variant.options)
            json.begin_object().member("name", option.name).member("value", option.label).end_object();
        json.end_array();
    }
    if (!variant.media.empty()) write_media_list(json, shelf.site, variant.media);
    write_seller(json, shelf.site);
    json.end_object();
    return offer != nullptr;
}

}  // namespace

void render_feed_product(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product,
                         Currency currency, FeedCounts& counts) {
    auto const& p = snapshot.product_at(product);
    Shelf const shelf{site, snapshot, currency};
    json::Writer json(out);
    json.begin_object().member("id", p.id).member_if("title", p.title);
    if (!p.description.empty()) json.key("description").begin_object().member("plain", p.description).end_object();
    json.member_if("url", web_url(site.absolute(p.url)));
    if (!p.media.empty()) write_media_list(json, site, p.media);
    json.key("variants").begin_array();
    auto index = snapshot.first_variant(product);
    for (auto const& variant : p.variants)
        if (!write_variant(json, shelf, p, variant, index++)) ++counts.without_price;
    json.end_array().end_object();
    ++counts.products;
    counts.variants += p.variants.size();
}

std::string render_feed_metadata(std::string const& id, std::string const& country, std::optional<Timestamp> updated) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("id", id).member_if("target_country", country);
    if (updated) json.member("updated_at", to_rfc3339(*updated));
    json.end_object();
    return out;
}

}  // namespace b2a::protocol::acp
