// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "b2a/json/writer.hpp"

#include "formats.hpp"
#include "graph.hpp"

namespace b2a::protocol::native {
namespace {

using catalog::Graph;
using catalog::GraphEdge;
using catalog::NodeId;
using catalog::NodeType;
using catalog::Relation;

std::string_view type_in(Graph const& graph, catalog::Snapshot const& snapshot, NodeId node) {
    switch (graph.type_of(node)) {
        case NodeType::product:
            return snapshot.product_at(graph.index_of(node)).variants.size() > 1 ? "ProductGroup" : "Product";
        case NodeType::variant: return "Product";
        case NodeType::brand: return "Brand";
        case NodeType::attribute_value: return "PropertyValue";
        case NodeType::size: return "SizeSpecification";
        case NodeType::location: return "Place";
        case NodeType::look: return "Collection";
        case NodeType::offer: return "Offer";
        case NodeType::category:
        case NodeType::occasion:
        case NodeType::material:
        case NodeType::allergen: break;
    }
    return "DefinedTerm";
}

/// Terms of schema.org, where it has one that means the same, else of our own.
std::string_view property_of(Relation relation) noexcept {
    switch (relation) {
        case Relation::variant_of: return "isVariantOf";
        case Relation::offer_of: return "itemOffered";
        case Relation::of_brand: return "brand";
        case Relation::in_category: return "category";
        case Relation::has_value: return "additionalProperty";
        case Relation::made_of: return "material";
        case Relation::contains:
        case Relation::may_contain:
        case Relation::free_from: return "gs1:hasAllergen";
        case Relation::suspected: return "b2a:suspectedAllergen";
        case Relation::suits_occasion: return "b2a:suitsOccasion";
        case Relation::fits: return "size";
        case Relation::sold_at: return "b2a:soldAt";
        case Relation::part_of_look: return "isPartOf";
        case Relation::substitute_for: return "isSimilarTo";
        case Relation::accessory_for: return "isAccessoryOrSparePartFor";
        case Relation::replaces: return "b2a:replaces";
        case Relation::goes_with:
        case Relation::related:
        case Relation::cross_sell:
        case Relation::up_sell: break;
    }
    return "isRelatedTo";
}

std::optional<domain::AllergenStatus> level_of(Relation relation) noexcept {
    if (relation == Relation::contains) return domain::AllergenStatus::contains;
    if (relation == Relation::may_contain) return domain::AllergenStatus::may_contain;
    if (relation == Relation::free_from) return domain::AllergenStatus::free_from;
    return std::nullopt;
}

class Document {
  public:
    Document(std::string& out, Site const& site, service::TraverseView const& view) :
        json_(out), site_(site), view_(view), graph_(view.snapshot->graph()) {}

    void write() {
        json_.begin_object().key("@context").begin_array().value("https://schema.org/").begin_object();
        json_.member("gs1", "https://ref.gs1.org/voc/").member("b2a", site_.base_url + "/b2a/v1/graph#");
        json_.end_object().end_array().key("@graph").begin_array();
        std::map<NodeId, std::map<std::string_view, std::vector<GraphEdge>>> said;
        for (auto const& edge : view_.result.edges) said[edge.from][property_of(edge.relation)].push_back(edge);
        for (auto const& [node, depth] : view_.result.nodes) said.try_emplace(node);
        for (auto const& [node, properties] : said) write_node(node, properties);
        json_.end_array().end_object();
    }

  private:
    std::string iri(NodeId node) const {
        auto const type = graph_.type_of(node);
        if (type == NodeType::allergen)
            return "gs1:" + gs1_allergen(static_cast<domain::Allergen>(graph_.index_of(node)));
        if (type != NodeType::size)
            if (auto url = node_url(site_, graph_, node); !url.empty()) return url;
        return "b2a:" + std::string(to_text(type)) + '/' + web::percent_encode(graph_.id_of(node));
    }

    void write_node(NodeId node, std::map<std::string_view, std::vector<GraphEdge>> const& properties) {
        json_.begin_object().member("@id", iri(node)).member("@type", type_in(graph_, *view_.snapshot, node));
        if (graph_.type_of(node) == NodeType::attribute_value) {
            auto const id = graph_.id_of(node);
            json_.member("name", std::string_view(id).substr(0, id.find(':')));
            json_.member("value", graph_.title_of(node));
        } else {
            json_.member("name", graph_.title_of(node));
        }
        for (auto const& [property, edges] : properties) {
            json_.key(property).begin_array();
            NodeId last = node;  // nothing leads to itself
            for (auto const& edge : edges) {
                if (auto const level = level_of(edge.relation)) write_allergen(edge.to, *level);
                else if (edge.to != last) json_.begin_object().member("@id", iri(edge.to)).end_object();
                last = edge.to;
            }
            json_.end_array();
        }
        json_.end_object();
    }

    void write_allergen(NodeId allergen, domain::AllergenStatus status) {
        json_.begin_object().member("@type", "gs1:AllergenDetails").key("gs1:allergenType").begin_object();
        json_.member("@id", iri(allergen)).end_object().key("gs1:allergenLevelOfContainmentCode").begin_object();
        json_.member("@id", "gs1:" + gs1_containment(status)).end_object().end_object();
    }

    json::Writer json_;
    Site const& site_;
    service::TraverseView const& view_;
    Graph const& graph_;
};

}  // namespace

void render_traverse_ld(std::string& out, Site const& site, service::TraverseView const& view) {
    Document(out, site, view).write();
}

}  // namespace b2a::protocol::native
