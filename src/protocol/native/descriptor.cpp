// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/descriptor.hpp"

#include "b2a/base/limits.hpp"
#include "b2a/json/value.hpp"
#include "b2a/json/writer.hpp"

#include "embedded/native_schemas.hpp"
#include "operations.hpp"
#include "render_shop.hpp"

namespace b2a::protocol::native {
namespace {

/// What can be called, from the table that serves it.
void write_operations(json::Writer& json) {
    json.key("operations").begin_array();
    for (auto const& operation : operations()) {
        json.begin_object().member("name", operation.name).member("method", web::to_text(operation.method));
        json.member("path", operation.path).member_if("tool", operation.tool).end_object();
    }
    json.end_array();
}

void write_surfaces(json::Writer& json, Site const& site) {
    json.key("surfaces").begin_array();
    for (auto const& surface : site.surfaces) {
        json.begin_object().member("protocol", surface.protocol).key("versions").begin_array();
        for (auto const& version : surface.versions) json.value(version);
        json.end_array().member("url", surface.url).member_if("description", surface.description).end_object();
    }
    json.end_array();
}

void write_catalog(json::Writer& json, Site const& site, CatalogCensus::Counts const& counts) {
    json.key("catalog").begin_object().member("revision", counts.revision);
    json.member("products", static_cast<std::uint64_t>(counts.products));
    json.member("variants", static_cast<std::uint64_t>(counts.variants));
    json.member("default_currency", site.default_currency.code()).key("currencies").begin_array();
    for (auto const& currency : counts.currencies) json.value(currency.code());
    json.end_array().key("allergens").begin_array();
    for (std::size_t i = 0; i < domain::allergen_count; ++i) json.value(to_text(static_cast<domain::Allergen>(i)));
    json.end_array().end_object();
}

void write_auth(json::Writer& json, Site const& site) {
    json.key("auth").begin_object().member("reads", "anonymous").key("schemes").begin_array();
    json.begin_object().member("scheme", "bearer").member("field", "Authorization").end_object();
    json.begin_object()
        .member("scheme", "declared_profile")
        .member("field", "UCP-Agent")
        .member("loopback_http", site.sandbox)
        .end_object();
    json.end_array().end_object();
}

/// With that key anybody checks a receipt. Whoever has it from elsewhere compares.
void write_audit(json::Writer& json, Site const& site) {
    if (site.audit_origin.empty() || site.audit_key.empty()) return;
    json.key("audit").begin_object().member("origin", site.audit_origin).member("verifier_key", site.audit_key);
    json.member("checkpoint", site.base_url + "/audit/checkpoint").end_object();
}

void write_limits(json::Writer& json) {
    auto const member = [&](std::string_view name, std::size_t value) {
        json.member(name, static_cast<std::uint64_t>(value));
    };
    json.key("limits").begin_object();
    member("page_size_default", limits::page_size_default);
    member("page_size_max", limits::page_size_max);
    member("query_bytes_max", limits::text_query_bytes_max);
    member("filters_max", limits::search_filters_max);
    member("body_bytes_max", limits::http_body_bytes_max);
    member("checkout_lines_max", limits::checkout_lines_max);
    json.end_object();
}

}  // namespace

void render_descriptor(std::string& out, Site const& site, catalog::Snapshot const& snapshot,
                       CatalogCensus::Counts const& counts) {
    json::Writer json(out);
    json.begin_object().member("title", site.title).member("api_version", "v1");
    json.key("software").begin_object().member("name", "b2a").member("version", site.software_version).end_object();
    json.member("sandbox", site.sandbox);
    write_brands(json, snapshot);
    write_surfaces(json, site);
    write_operations(json);
    write_catalog(json, site, counts);
    write_auth(json, site);
    write_audit(json, site);
    write_limits(json);
    json.key("links").begin_object();
    json.member("self", site.base_url + "/.well-known/b2a");
    json.member("openapi", site.base_url + "/b2a/v1/openapi.json");
    json.member("size_charts", site.base_url + "/b2a/v1/size-charts");
    json.member("graph", site.base_url + "/b2a/v1/graph/traverse");
    for (auto const* name : {"looks", "occasions"}) json.member(name, site.base_url + "/b2a/v1/" + name);
    for (auto const* name : {"search", "fit", "brand", "policies", "carts", "checkouts"})
        json.member(name, site.base_url + "/b2a/v1/" + name);
    json.member_if("privacy_policy", site.privacy_url).member_if("terms_of_service", site.terms_url);
    json.member_if("refund_policy", site.refund_url).member_if("shipping_policy", site.shipping_url);
    json.end_object().end_object();
}

std::string openapi_document(Site const& site) {
    auto document = json::parse_value(native_schemas::openapi);
    B2A_ASSERT(document.ok());  // compiled in
    (*document)["servers"] = json::Value::array({{{"url", site.base_url}}});
    return document->dump();
}

}  // namespace b2a::protocol::native
