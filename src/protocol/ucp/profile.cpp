// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/profile.hpp"

#include <algorithm>

#include "b2a/json/writer.hpp"

namespace b2a::protocol::ucp {
namespace {

constexpr std::string_view service_name = "dev.ucp.shopping";

std::string ucp_dev(Version version, std::string_view path) {
    return "https://ucp.dev/" + std::string(to_text(version)) + '/' + std::string(path);
}

void write_services(json::Writer& json, Site const& site, Version version) {
    json.key("services").begin_object().key(service_name).begin_array();
    json.begin_object().member("version", to_text(version)).member("transport", "rest");
    json.member("endpoint", site.base_url + std::string(rest_path));
    json.member("spec", ucp_dev(version, "specification/overview"));
    json.member("schema", ucp_dev(version, "services/shopping/rest.openapi.json"));
    json.end_object().end_array().end_object();
}

void write_capability(json::Writer& json, Capability const& capability, Version version) {
    json.key(capability.name).begin_array().begin_object().member("version", to_text(version));
    json.member_if("extends", capability.extends);
    json.member("spec", ucp_dev(version, capability.spec));
    json.member("schema", ucp_dev(version, capability.schema));
    json.end_object().end_array();
}

void write_handlers(json::Writer& json, std::vector<service::HandlerInfo> const& handlers, Version version) {
    json.key("payment_handlers").begin_object();
    std::vector<std::string_view> written;
    for (auto const& first : handlers) {
        if (std::find(written.begin(), written.end(), first.name) != written.end()) continue;
        written.push_back(first.name);
        json.key(first.name).begin_array();
        for (auto const& handler : handlers) {
            if (handler.name != first.name) continue;
            json.begin_object().member("id", handler.id).member("version", to_text(version));
            json.key("available_instruments").begin_array();
            json.begin_object().member("type", "card").end_object().end_array().end_object();
        }
        json.end_array();
    }
    json.end_object();
}

std::string success_envelope(std::vector<service::HandlerInfo> const& handlers, Version version, Root root) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("version", to_text(version)).member("status", "success");
    json.key("capabilities").begin_object();
    for (auto const& capability : capabilities(version)) {
        if (capability.root != root && capability.extends != capability_name(root)) continue;
        json.key(capability.name).begin_array().begin_object().member("version", to_text(version));
        json.end_object().end_array();
    }
    json.end_object();
    if (root == Root::checkout) write_handlers(json, handlers, version);
    json.end_object();
    return out;
}

}  // namespace

std::string render_profile(Site const& site, std::vector<service::HandlerInfo> const& handlers, Version version,
                           ProfileKind kind) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("ucp").begin_object().member("version", to_text(version));
    if (kind == ProfileKind::root && all_versions.size() > 1) {
        json.key("supported_versions").begin_object();
        for (auto const other : all_versions)
            if (other != version)
                json.member(to_text(other), site.base_url + "/.well-known/ucp/" + std::string(to_text(other)));
        json.end_object();
    }
    write_services(json, site, version);
    json.key("capabilities").begin_object();
    for (auto const& capability : capabilities(version)) write_capability(json, capability, version);
    json.end_object();
    write_handlers(json, handlers, version);
    json.end_object().end_object();
    return out;
}

Envelopes::Envelopes(std::vector<service::HandlerInfo> const& handlers, Version version) : version_(version) {
    for (auto const root : {Root::checkout, Root::order, Root::catalog_search, Root::catalog_lookup})
        success_.at(static_cast<std::size_t>(root)) = success_envelope(handlers, version, root);
    json::Writer json(error_);
    json.begin_object().member("version", to_text(version)).member("status", "error");
    json.key("capabilities").begin_object().end_object().end_object();
}

}  // namespace b2a::protocol::ucp
