// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/writer.hpp"

#include "graph.hpp"

namespace b2a::protocol::native {
namespace {

using catalog::Graph;
using catalog::NodeId;
using catalog::NodeType;

std::string look_url(Site const& site, domain::Look const& look) {
    return site.base_url + "/b2a/v1/looks/" + web::percent_encode(look.id);
}

void write_node_name(json::Writer& json, std::string_view key, Graph const& graph, NodeId node) {
    json.key(key).begin_object().member("type", to_text(graph.type_of(node))).member("id", graph.id_of(node));
    json.end_object();
}

void write_texts(json::Writer& json, std::string_view key, std::vector<std::string> const& texts) {
    json.key(key).begin_array();
    for (auto const& text : texts) json.value(text);
    json.end_array();
}

/// A slot shows the products that there are; what a look names beyond them is the lint's matter.
void write_slot(json::Writer& json, catalog::Snapshot const& snapshot, domain::LookSlot const& slot) {
    json.begin_object().member("name", slot.name).key("products").begin_array();
    for (auto const& id : slot.products)
        if (snapshot.find_product(id)) json.value(id);
    json.end_array();
    write_texts(json, "categories", slot.categories);
    json.member("quantity", slot.quantity).member("per_person", slot.per_person).member("required", slot.required);
    json.end_object();
}

void write_look_members(json::Writer& json, Site const& site, catalog::Snapshot const& snapshot,
                        domain::Look const& look) {
    json.member("id", look.id).member("brand", look.brand).member("title", look.title);
    json.member_if("description", look.description);
    write_texts(json, "occasions", look.occasions);
    write_texts(json, "styles", look.styles);
    json.key("slots").begin_array();
    for (auto const& slot : look.slots) write_slot(json, snapshot, slot);
    json.end_array().member_if("source", look.source).member("synthetic", look.synthetic);
    json.member("url", look_url(site, look));
}

}  // namespace

std::string node_url(Site const& site, Graph const& graph, NodeId node) {
    auto const of = [&](std::string_view kind) {
        return site.base_url + "/b2a/v1/" + std::string(kind) + '/' + web::percent_encode(graph.id_of(node));
    };
    switch (graph.type_of(node)) {
        case NodeType::product: return of("products");
        case NodeType::variant: return of("variants");
        case NodeType::look: return of("looks");
        case NodeType::size: {
            auto const id = graph.id_of(node);
            return site.base_url + "/b2a/v1/size-charts/" + web::percent_encode(id.substr(0, id.rfind('/')));
        }
        case NodeType::brand:
        case NodeType::category:
        case NodeType::attribute_value:
        case NodeType::occasion:
        case NodeType::material:
        case NodeType::allergen:
        case NodeType::location:
        case NodeType::offer: break;
    }
    return {};
}

void render_traverse(std::string& out, Site const& site, service::TraverseView const& view) {
    auto const& graph = view.snapshot->graph();
    auto const& result = view.result;
    json::Writer json(out);
    json.begin_object().member("content_trust", "untrusted").member("catalog_revision", view.snapshot->revision());
    json.key("nodes").begin_array();
    for (auto const& [node, depth] : result.nodes) {
        json.begin_object().member("type", to_text(graph.type_of(node))).member("id", graph.id_of(node));
        json.member("title", graph.title_of(node)).member("depth", std::uint64_t{depth});
        json.member_if("url", node_url(site, graph, node)).end_object();
    }
    json.end_array().key("edges").begin_array();
    for (auto const& edge : result.edges) {
        json.begin_object().member("type", to_text(edge.relation));
        write_node_name(json, "from", graph, edge.from);
        write_node_name(json, "to", graph, edge.to);
        json.member("source", graph.source(edge.source)).member("score_ppm", std::uint64_t{edge.score_ppm});
        json.end_object();
    }
    json.end_array().member_if("next_cursor", result.next_cursor);
    json.member("work", std::uint64_t{result.work}).member("truncated", result.truncated).end_object();
}

void render_looks(std::string& out, Site const& site, service::DocumentPage<domain::Look> const& page) {
    json::Writer json(out);
    json.begin_object().member("content_trust", "untrusted").member("catalog_revision", page.snapshot->revision());
    json.key("items").begin_array();
    for (auto const* look : page.items) {
        json.begin_object();
        write_look_members(json, site, *page.snapshot, *look);
        json.end_object();
    }
    json.end_array();
    if (page.more && !page.items.empty()) json.member("next_after", page.items.back()->id);
    json.end_object();
}

void render_look(std::string& out, Site const& site, service::LookView const& view) {
    json::Writer json(out);
    json.begin_object().member("content_trust", "untrusted");
    write_look_members(json, site, *view.snapshot, *view.look);
    json.member("catalog_revision", view.snapshot->revision()).end_object();
}

void render_occasions(std::string& out, service::DocumentPage<domain::Occasion> const& page) {
    json::Writer json(out);
    json.begin_object().member("content_trust", "untrusted").member("catalog_revision", page.snapshot->revision());
    json.key("items").begin_array();
    for (auto const* occasion : page.items) {
        json.begin_object().member("id", occasion->id).member("title", occasion->title);
        write_texts(json, "names", occasion->names);
        write_texts(json, "styles", occasion->styles);
        json.member_if("source", occasion->source).end_object();
    }
    json.end_array();
    if (page.more && !page.items.empty()) json.member("next_after", page.items.back()->id);
    json.end_object();
}

}  // namespace b2a::protocol::native
