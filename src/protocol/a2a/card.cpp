// SPDX-License-Identifier: Apache-2.0
#include "protocol/a2a/card.hpp"

#include "b2a/json/writer.hpp"

#include "actions.hpp"
#include "wire.hpp"

namespace b2a::protocol::a2a {
namespace {

void write_interfaces(json::Writer& json, std::string_view url) {
    json.key("supportedInterfaces").begin_array();
    for (auto const version : {Version::v1_0, Version::v0_3}) {
        json.begin_object().member("url", url).member("protocolBinding", "JSONRPC");
        json.member("protocolVersion", to_text(version)).end_object();
    }
    json.end_array();
    // The same for 0.3.
    json.member("protocolVersion", "0.3.0").member("url", url).member("preferredTransport", "JSONRPC");
}

void write_extension(json::Writer& json, Extension const& extension) {
    json.begin_object().member("uri", extension.uri).member("description", extension.description);
    json.member("required", false);
    if (!extension.params.empty()) json.member_raw("params", extension.params);
    json.end_object();
}

void write_capabilities(json::Writer& json, Site const& site, std::vector<Extension> const& extensions) {
    json.key("capabilities").begin_object().member("streaming", false).member("pushNotifications", false);
    json.key("extensions").begin_array();
    for (auto const& extension : extensions) write_extension(json, extension);
    write_extension(json, {site.base_url + std::string(actions_path),
                           "The actions that a data part may ask for, with JSON Schemas and examples",
                           {}});
    json.end_array().end_object();
}

void write_modes(json::Writer& json, std::string_view key) {
    json.key(key).begin_array().value("application/json").value("text/plain").end_array();
}

}  // namespace

std::string render_card(Site const& site, std::vector<Extension> const& extensions) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("name", site.title);
    json.member("description", "The shop of " + site.title +
                                   ": search the catalog, fill a checkout, buy, follow the order. Send data parts with "
                                   "an action; say who you are with a UCP-Agent field or a bearer token.");
    json.member("version", site.software_version);
    write_interfaces(json, site.base_url + std::string(endpoint_path));
    json.key("provider").begin_object().member("organization", site.title).member("url", site.base_url).end_object();
    json.member("documentationUrl", site.base_url + "/llms.txt");
    write_capabilities(json, site, extensions);
    write_modes(json, "defaultInputModes");
    write_modes(json, "defaultOutputModes");
    json.key("skills").begin_array().raw(skills()).end_array().end_object();
    return out;
}

}  // namespace b2a::protocol::a2a
