// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/render_shop.hpp"

#include "b2a/protocol/catalog_json.hpp"

#include "render_parts.hpp"

namespace b2a::protocol::native {
namespace {

void write_brand(json::Writer& json, domain::Brand const& brand) {
    json.begin_object().member("name", brand.name).member_if("title", brand.title);
    json.member_if("description", brand.description).member_if("url", brand.url).end_object();
}

void write_prices(json::Writer& json, std::string_view key, std::vector<Money> const& prices) {
    json.key(key).begin_array();
    for (auto const& price : prices) write_money(json, price);
    json.end_array();
}

void write_returns(json::Writer& json, Site const& site, domain::LegalTerms const& legal) {
    json.key("returns").begin_object();
    if (legal.eu_consumer_law) json.member("withdrawal_days", legal.withdrawal_days);
    if (!legal.withdrawal_url.empty()) json.member("withdrawal_url", site.absolute(legal.withdrawal_url));
    json.key("exempt").begin_array();
    for (auto const& exempt : legal.exempt)
        json.begin_object()
            .member("category", exempt.category)
            .member("reason", to_text(exempt.exemption))
            .member_if("article", domain::article_of(exempt.exemption))
            .end_object();
    json.end_array();
    if (!site.refund_url.empty()) json.member("url", site.absolute(site.refund_url));
    json.end_object();
}

void write_guarantee(json::Writer& json, Site const& site, domain::LegalTerms const& legal) {
    if (!legal.eu_consumer_law) return;
    json.key("guarantee").begin_object().member("years", legal.guarantee_years);
    if (!legal.guarantee_url.empty()) json.member("url", site.absolute(legal.guarantee_url));
    json.end_object();
}

void write_shipping(json::Writer& json, Site const& site, std::vector<domain::ShippingMethod> const& methods) {
    json.key("shipping").begin_object().key("methods").begin_array();
    for (auto const& method : methods) {
        json.begin_object().member("id", method.id).member("title", method.title);
        json.member_if("description", method.description).member_if("carrier", method.carrier);
        write_ids(json, "countries", method.countries);
        write_prices(json, "prices", method.prices);
        write_prices(json, "free_above", method.free_above);
        json.member("days_min", std::int64_t{method.days_min}).member("days_max", std::int64_t{method.days_max});
        json.end_object();
    }
    json.end_array();
    if (!site.shipping_url.empty()) json.member("url", site.absolute(site.shipping_url));
    json.end_object();
}

/// Where orders can be collected.
void write_pickup(json::Writer& json, std::vector<domain::Location> const& locations) {
    json.key("pickup").begin_array();
    for (auto const& location : locations) {
        if (!location.pickup) continue;
        json.begin_object().member("location_id", location.id).member("name", location.name);
        json.member("hours_until_ready", std::int64_t{location.pickup_hours}).key("address").begin_object();
        write_address_members(json, location.address);
        json.end_object().end_object();
    }
    json.end_array();
}

void write_taxes(json::Writer& json, std::vector<domain::TaxRate> const& taxes) {
    json.key("taxes").begin_array();
    for (auto const& tax : taxes)
        json.begin_object()
            .member("title", tax.title)
            .member("country", tax.country)
            .member_if("region", tax.region)
            .member("rate_ppm", tax.rate_ppm)
            .end_object();
    json.end_array();
}

}  // namespace

void write_brands(json::Writer& json, catalog::Snapshot const& snapshot) {
    json.key("brands").begin_array();
    for (auto const& brand : snapshot.data().brands) write_brand(json, brand);
    json.end_array();
}

void render_brand(std::string& out, domain::Brand const& brand) {
    json::Writer json(out);
    write_brand(json, brand);
}

void render_brands(std::string& out, catalog::Snapshot const& snapshot) {
    json::Writer json(out);
    json.begin_object();
    write_brands(json, snapshot);
    json.end_object();
}

void render_policies(std::string& out, Site const& site, catalog::Snapshot const& snapshot) {
    auto const& data = snapshot.data();
    json::Writer json(out);
    json.begin_object();
    write_returns(json, site, data.legal);
    write_guarantee(json, site, data.legal);
    write_shipping(json, site, data.shipping);
    write_pickup(json, data.locations);
    write_taxes(json, data.taxes);
    if (!site.privacy_url.empty()) json.member("privacy_url", site.absolute(site.privacy_url));
    if (!site.terms_url.empty()) json.member("terms_url", site.absolute(site.terms_url));
    json.end_object();
}

}  // namespace b2a::protocol::native
