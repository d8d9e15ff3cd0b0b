// SPDX-License-Identifier: Apache-2.0
// A shop that has an edge of every kind, and edges as text.
#pragma once

#include <string>
#include <vector>

#include "b2a/catalog/graph.hpp"

#include "shop.hpp"

namespace b2a::test {

/// "blouse made_of Silk catalog 800000"
inline std::vector<std::string> said(catalog::Graph const& graph, std::vector<catalog::GraphEdge> const& edges) {
    std::vector<std::string> out;
    for (auto const& edge : edges)
        out.push_back(graph.id_of(edge.from) + ' ' + std::string(to_text(edge.relation)) + ' ' + graph.id_of(edge.to) +
                      ' ' + graph.source(edge.source) + ' ' + std::to_string(edge.score_ppm));
    return out;
}

inline domain::SizeChart a_size_chart() {
    domain::SizeChart chart;
    chart.id = "tops";
    chart.brand = "North";
    chart.garment = domain::Garment::shirt;
    chart.audience = domain::Audience::women;
    chart.rows = {{"S", {}, {{domain::Measurement::chest, 840, 879}}},
                  {"M", {}, {{domain::Measurement::chest, 880, 919}}}};
    return chart;
}

inline domain::Look a_look() {
    domain::Look look;
    look.id = "night-out";
    look.brand = "north";
    look.title = "A night out";
    look.occasions = {"evening"};
    look.slots = {{"top", {"blouse", "gone"}, {}}, {"bottom", {}, {"skirts"}}};
    return look;
}

/// A blouse and a skirt in black, a sweet, a place to collect them and one that is none, and a look.
inline catalog::CatalogData a_wardrobe() {
    catalog::CatalogData data;
    data.revision = 4;
    auto blouse = a_product("blouse", "A blouse", {a_variant("blouse-v", {{"color", "Black"}, {"size", "M"}})});
    blouse.brand = "North";
    blouse.categories = {"Women/Tops"};
    blouse.attributes = {{"material", std::string("80% Silk, 20% Elastane")},
                         {"fit", std::string("Slim")},
                         {"garment", std::string("shirt")},
                         {"audience", std::string("women")},
                         {"occasion", std::string("Abend")},
                         {"washable", false}};
    auto skirt = a_product("skirt", "A skirt", {a_variant("skirt-v", {{"color", "Black"}})});
    skirt.brand = "North";
    skirt.categories = {"Women/Skirts"};
    skirt.attributes = {{"garment", std::string("skirt")}, {"audience", std::string("women")}};
    skirt.edges = {{domain::EdgeType::goes_with, "fudge", "file:e.csv", 640'000},
                   {domain::EdgeType::goes_with, "gone", "file:e.csv"}};
    auto fudge = a_product("fudge", "Fudge");
    fudge.food.emplace();
    fudge.food->allergens.set(domain::Allergen::milk, domain::AllergenStatus::contains);
    fudge.food->allergens.set(domain::Allergen::nuts, domain::AllergenStatus::may_contain);
    fudge.food->allergens.set(domain::Allergen::fish, domain::AllergenStatus::free_from);
    data.products = {blouse, fudge, skirt};
    domain::Location berlin;
    berlin.id = "berlin";
    berlin.name = "Berlin";
    berlin.pickup = true;
    berlin.excluded = {"skirt-v"};
    domain::Location warehouse;
    warehouse.id = "warehouse";
    warehouse.name = "Warehouse";
    data.locations = {berlin, warehouse};
    data.size_charts = {a_size_chart()};
    data.occasions = {{"evening", "An evening out", {"Abend", "soirée"}, {}, "file:o.jsonl"}};
    data.looks = {a_look()};
    return data;
}

}  // namespace b2a::test
