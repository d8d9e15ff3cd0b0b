// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/profile.hpp"

#include <algorithm>

namespace b2a::protocol::ucp {
namespace {

std::string ucp_dev(Version version, std::string_view path) {
    return "https://ucp.dev/" + std::string(to_text(version)) + '/' + std::string(path);
}

struct Binding {
    std::string_view service;
    std::string_view transport;
    std::string_view endpoint;
    std::string_view schema;
};

constexpr Binding shopping_bindings[] = {
    {"dev.ucp.shopping", "rest", rest_path, "services/shopping/rest.openapi.json"},
    {"dev.ucp.shopping", "mcp", mcp_path, "services/shopping/mcp.openrpc.json"},
    {"dev.ucp.shopping", "a2a", agent_card_path, {}},
};
constexpr Binding common_bindings[] = {
    {"dev.ucp.common", "rest", rest_path, "services/common/rest.openapi.json"},
    {"dev.ucp.common", "mcp", mcp_path, "services/common/mcp.openrpc.json"},
};

void write_bindings(json::Writer& json, Site const& site, Version version, std::span<Binding const> bindings) {
    json.key(bindings.front().service).begin_array();
    for (auto const& binding : bindings) {
        json.begin_object().member("version", to_text(version)).member("transport", binding.transport);
        json.member("endpoint", site.base_url + std::string(binding.endpoint));
        json.member("spec", ucp_dev(version, "specification/overview"));
        if (!binding.schema.empty()) json.member("schema", ucp_dev(version, binding.schema));
        json.end_object();
    }
    json.end_array();
}

void write_services(json::Writer& json, Site const& site, Version version) {
    json.key("services").begin_object();
    write_bindings(json, site, version, shopping_bindings);
    if (find_offered(version, Capability::location_search) != nullptr)
        write_bindings(json, site, version, common_bindings);
    json.end_object();
}

/// One destination a method; shipping and pickup may be combined in one checkout.
void write_fulfillment_config(json::Writer& json, Version version) {
    json.key("config").begin_object();
    switch (version) {
        case Version::v2026_04_08:
            json.key("allows_multi_destination").begin_object();
            json.member("shipping", false).member("pickup", false).end_object();
            json.key("allows_method_combinations");
            break;
        case Version::v2026_08_25:
            json.key("multi_destination").begin_array().end_array();
            json.key("method_combinations");
            break;
    }
    json.begin_array().begin_array().value("shipping").value("pickup").end_array().end_array().end_object();
}

void write_mandate_config(json::Writer& json) {
    json.key("config").begin_object().key("vp_formats_supported").begin_object();
    json.key("dc+sd-jwt").begin_object().end_object().end_object().end_object();
}

void write_extends(json::Writer& json, Offered const& row, Version version) {
    if (row.extends.empty()) return;
    json.key("extends").begin_array();
    for (auto const parent : row.extends) json.value(name_of(parent, version));
    json.end_array();
}

void write_capability(json::Writer& json, Site const& site, Offered const& row, Version version) {
    json.key(name_of(row.capability, version)).begin_array().begin_object().member("version", to_text(version));
    write_extends(json, row, version);
    json.member("spec", ucp_dev(version, row.spec)).member("schema", ucp_dev(version, row.schema));
    if (row.capability == Capability::ap2_mandate) write_mandate_config(json);
    if (row.capability == Capability::fulfillment) write_fulfillment_config(json, version);
    if (row.capability == Capability::permalink)
        json.key("config").begin_object().member("endpoint", site.base_url + std::string(permalink_path)).end_object();
    json.end_object().end_array();
}

/// A permalink's endpoint has to be https: where we are served without TLS it is not advertised.
bool advertised(Site const& site, Capability capability) {
    return capability != Capability::permalink || site.base_url.starts_with("https://");
}

void write_supported_versions(json::Writer& json, Site const& site, Version root) {
    json.key("supported_versions").begin_object();
    for (auto const other : all_versions)
        if (other != root)
            json.member(to_text(other), site.base_url + std::string(profile_path) + '/' + std::string(to_text(other)));
    json.end_object();
}

void write_keys(json::Writer& json, identity::KeyRing const& keys, Version version) {
    json.key(version == Version::v2026_04_08 ? "signing_keys" : "keys").begin_array();
    for (auto const& key : keys.keys()) identity::write_jwk(json, key.kid, key.key.public_key());
    json.end_array();
}

/// What we take from an instrument, in the version's own words: a token of the handler's, never card data.
void write_instruments(json::Writer& json, Version version, HandlerPlace place) {
    json.key("available_instruments").begin_array().begin_object().member("type", "card");
    if (version == Version::v2026_08_25 && place == HandlerPlace::answer) {
        json.key("ucp").begin_object().key("request_constraints").begin_object();
        json.member("path", "$.payment.instruments[*]").key("required").begin_array();
        json.value("credential").end_array().key("properties").begin_object().key("credential").begin_object();
        json.key("required").begin_array().value("type").value("token").end_array();
        json.key("properties").begin_object().key("type").begin_object().member("const", "token").end_object();
        json.end_object().end_object().end_object().end_object().end_object();
    }
    json.end_object().end_array();
}

}  // namespace

void write_handlers(json::Writer& json, std::vector<service::HandlerInfo> const& handlers, Version version,
                    HandlerPlace place) {
    json.key("payment_handlers").begin_object();
    std::vector<std::string_view> written;
    for (auto const& first : handlers) {
        if (std::ranges::find(written, first.name) != written.end()) continue;
        written.push_back(first.name);
        json.key(first.name).begin_array();
        for (auto const& handler : handlers) {
            if (handler.name != first.name) continue;
            json.begin_object().member("id", handler.id).member("version", to_text(version));
            write_instruments(json, version, place);
            json.end_object();
        }
        json.end_array();
    }
    json.end_object();
}

std::string render_capabilities(Version version) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("capabilities").begin_object();
    for (auto const& row : offered(version)) {
        json.key(name_of(row.capability, version)).begin_array().begin_object().member("version", to_text(version));
        write_extends(json, row, version);
        json.end_object().end_array();
    }
    json.end_object().end_object();
    return out;
}

std::string render_profile(Site const& site, std::vector<service::HandlerInfo> const& handlers,
                           identity::KeyRing const& keys, Version version, ProfileKind kind) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("ucp").begin_object().member("version", to_text(version));
    if (kind == ProfileKind::root) write_supported_versions(json, site, version);
    write_services(json, site, version);
    json.key("capabilities").begin_object();
    for (auto const& row : offered(version))
        if (advertised(site, row.capability)) write_capability(json, site, row, version);
    json.end_object();
    write_handlers(json, handlers, version, HandlerPlace::profile);
    json.end_object();
    write_keys(json, keys, version);
    json.end_object();
    return out;
}

std::string sandbox_platform_url(Site const& site, Version version) {
    return site.base_url + "/sandbox/agents/" + std::string(to_text(version)) + ".json";
}

std::string render_sandbox_platform(Site const& site, Version version) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("ucp").begin_object().member("version", to_text(version));
    json.key("services").begin_object().key("dev.ucp.shopping").begin_array();
    for (auto const& binding : shopping_bindings) {
        if (binding.schema.empty()) continue;
        json.begin_object().member("version", to_text(version)).member("transport", binding.transport);
        json.member("spec", ucp_dev(version, "specification/overview"));
        json.member("schema", ucp_dev(version, binding.schema)).end_object();
    }
    json.end_array().end_object().key("capabilities").begin_object();
    for (auto const& row : offered(version)) {
        // It has no keys: nobody could sign a mandate for it.
        if (row.capability == Capability::ap2_mandate) continue;
        json.key(name_of(row.capability, version)).begin_array().begin_object().member("version", to_text(version));
        write_extends(json, row, version);
        json.member("spec", ucp_dev(version, row.spec)).member("schema", ucp_dev(version, row.schema));
        json.end_object().end_array();
    }
    json.end_object().key("payment_handlers").begin_object().end_object().end_object();
    json.member("name", site.title + ": sandbox agent").end_object();
    return out;
}

}  // namespace b2a::protocol::ucp
