// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/writer.hpp"
#include "b2a/protocol/disclosures.hpp"
#include "b2a/protocol/native.hpp"

namespace b2a::protocol::native {
namespace {

void write_facts(json::Writer& json, domain::Provenance const& node) {
    if (node.facts.empty()) return;
    json.key("facts").begin_object();
    for (auto const& [name, value] : node.facts) {
        if (auto const* text = std::get_if<std::string>(&value)) json.member(name, *text);
        else json.member(name, std::get<std::int64_t>(value));
    }
    json.end_object();
}

void write_node(json::Writer& json, domain::Provenance const& node) {
    json.begin_object().member("kind", node.kind).member_if("title", node.title).member("amount", node.minor);
    json.member("derivation", to_text(node.derivation));
    if (node.derivation == domain::Derivation::product) json.member("factor", node.factor);
    if (node.derivation == domain::Derivation::share)
        json.member("base", node.base).member("rate_ppm", node.factor).member("rounding", "half_away_from_zero");
    write_facts(json, node);
    if (!node.parts.empty()) {
        json.key("parts").begin_array();
        for (auto const& part : node.parts) write_node(json, part);
        json.end_array();
    }
    json.end_object();
}

void write_publication(json::Writer& json, Site const& site, domain::Publication const& publication) {
    json.key("catalog").begin_object().member("revision", publication.revision);
    json.member("published_at", to_rfc3339(publication.published));
    if (!site.audit_origin.empty())
        json.member("audit_entry", site.audit_origin + '#' + std::to_string(publication.audit_seq));
    json.end_object();
}

}  // namespace

void render_provenance(std::string& out, Site const& site, service::ProvenanceView const& view) {
    json::Writer json(out);
    json.begin_object().member("kind", view.kind).member("id", view.id).member_if("status", view.status);
    json.member("currency", view.currency.code()).member("content_trust", "untrusted");
    if (view.publication) write_publication(json, site, *view.publication);
    json.key("total");
    write_node(json, view.total);
    write_disclosures(json, site, view.disclosures);
    json.end_object();
}

}  // namespace b2a::protocol::native
