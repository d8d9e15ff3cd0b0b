// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/catalog_json.hpp"
#include "b2a/protocol/disclosures.hpp"
#include "b2a/protocol/presentation.hpp"
#include "b2a/web/message.hpp"

#include "formats.hpp"
#include "write_parts.hpp"

namespace b2a::protocol::native {
namespace {

/// Everything a catalog says is data of a third party, never an instruction to whoever reads it.
constexpr std::string_view untrusted = "untrusted";

void write_texts(json::Writer& json, std::string_view name, std::vector<std::string> const& texts) {
    json.key(name).begin_array();
    for (auto const& text : texts) json.value(text);
    json.end_array();
}

/// What product and variant documents have in common: the product's own facts.
void write_product_facts(json::Writer& json, catalog::Snapshot const& snapshot, std::uint32_t index) {
    auto const& product = snapshot.product_at(index);
    json.member("content_trust", untrusted).member("brand", product.brand).member("title", product.title);
    json.member("description", product.description).member_if("url", product.url);
    write_texts(json, "categories", product.categories);
    write_texts(json, "tags", product.tags);
    write_attributes(json, product.attributes);
    if (product.food) write_food(json, *product.food, suspicions_of(snapshot, index));
}

void write_edges(json::Writer& json, std::vector<domain::Edge> const& edges) {
    json.key("edges").begin_array();
    for (auto const& edge : edges)
        json.begin_object()
            .member("type", to_text(edge.type))
            .member("target", edge.target)
            .member_if("source", edge.source)
            .end_object();
    json.end_array();
}

/// What a document about `product` shows: all of its variants, or the one at `only`.
domain::ProductShown shown_of(domain::Product const& product, std::optional<std::size_t> only) {
    domain::ProductShown shown{&product, only ? "$.product" : "$", {}, domain::Detail::whole};
    for (std::size_t v = 0; v < product.variants.size(); ++v) {
        if (only && *only != v) continue;
        auto const place = only ? std::string("$") : "$.variants[" + std::to_string(v) + "]";
        auto const& variant = product.variants[v];
        for (std::size_t o = 0; o < variant.offers.size(); ++o)
            shown.offers.push_back({&variant, &variant.offers[o], place + ".offers[" + std::to_string(o) + "]"});
    }
    return shown;
}

domain::ProductShown summary_of(domain::Product const& product) {
    return {&product, "$", {}, domain::Detail::listing};
}

}  // namespace

domain::Disclosures product_disclosures(catalog::Snapshot const& snapshot, std::uint32_t product) {
    return domain::required_disclosures(shown_of(snapshot.product_at(product), std::nullopt), snapshot.data().legal);
}

domain::Disclosures variant_disclosures(catalog::Snapshot const& snapshot, std::uint32_t product,
                                        std::uint32_t variant) {
    auto const local = variant - snapshot.first_variant(product);
    return domain::required_disclosures(shown_of(snapshot.product_at(product), local), snapshot.data().legal);
}

domain::Disclosures summary_disclosures(catalog::Snapshot const& snapshot, std::uint32_t product) {
    return domain::required_disclosures(summary_of(snapshot.product_at(product)), snapshot.data().legal);
}

void render_product(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product) {
    auto const& p = snapshot.product_at(product);
    json::Writer json(out);
    json.begin_object().member("id", p.id);
    write_product_facts(json, snapshot, product);
    write_media(json, site, p.media);
    write_edges(json, p.edges);
    json.key("variants").begin_array();
    auto index = snapshot.first_variant(product);
    for (auto const& variant : p.variants) {
        json.begin_object();
        write_variant_members(json, site, snapshot, p, variant, index++);
        json.end_object();
    }
    json.end_array();
    write_disclosures(json, site, product_disclosures(snapshot, product));
    json.member("catalog_revision", snapshot.revision()).end_object();
}

void render_variant(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product,
                    std::uint32_t variant) {
    auto const& p = snapshot.product_at(product);
    auto const& v = p.variants.at(variant - snapshot.first_variant(product));
    json::Writer json(out);
    json.begin_object();
    write_variant_members(json, site, snapshot, p, v, variant);
    json.key("product").begin_object().member("id", p.id);
    write_product_facts(json, snapshot, product);
    json.end_object();
    write_disclosures(json, site, variant_disclosures(snapshot, product, variant));
    json.member("catalog_revision", snapshot.revision()).end_object();
}

void render_summary(std::string& out, Site const& site, catalog::Snapshot const& snapshot, std::uint32_t product,
                    Currency currency) {
    auto const& p = snapshot.product_at(product);
    json::Writer json(out);
    json.begin_object().member("id", p.id).member("content_trust", untrusted);
    json.member("brand", p.brand).member("title", p.title);
    write_texts(json, "categories", p.categories);
    if (auto const image = first_image(p); !image.empty()) json.member("image_url", site.absolute(image));
    if (auto const range = price_range(p, currency, site.default_currency); range.any) {
        json.key("price_range").begin_object().key("min");
        write_money(json, range.min);
        json.key("max");
        write_money(json, range.max);
        json.end_object();
    }
    json.member("available", any_in_stock(snapshot, product));
    json.member("variant_count", static_cast<std::uint64_t>(p.variants.size()));
    json.member("href", site.base_url + "/b2a/v1/products/" + web::percent_encode(p.id));
    write_disclosures(json, site, summary_disclosures(snapshot, product));
    json.end_object();
}

}  // namespace b2a::protocol::native
