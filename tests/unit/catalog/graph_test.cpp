// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/graph.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "catalog/graph_values.hpp"
#include "graph_shop.hpp"

namespace b2a::catalog {
namespace {

using test::said;

class TheGraph : public testing::Test {
  protected:
    std::shared_ptr<Snapshot const> shop_ = Snapshot::build(test::a_wardrobe(), {});
    Graph const& graph_ = shop_->graph();

    [[nodiscard]] std::vector<std::string> at(NodeType type, std::string const& id, Relations relations,
                                              Direction direction = Direction::out) const {
        std::vector<GraphEdge> edges;
        graph_.edges(graph_.find(type, id).value(), {relations, direction}, edges);
        return said(graph_, edges);
    }
    using Texts = std::vector<std::string>;
};

TEST_F(TheGraph, KnowsEveryKindOfNodeByItsIdAndBack) {
    std::vector<std::pair<NodeType, std::string>> const ids{{NodeType::product, "blouse"},
                                                            {NodeType::variant, "blouse-v"},
                                                            {NodeType::offer, "blouse-v/USD"},
                                                            {NodeType::brand, "North"},
                                                            {NodeType::category, "Women/Tops"},
                                                            {NodeType::category, "Women"},
                                                            {NodeType::attribute_value, "fit:Slim"},
                                                            {NodeType::occasion, "evening"},
                                                            {NodeType::material, "Silk"},
                                                            {NodeType::allergen, "milk"},
                                                            {NodeType::size, "tops/M"},
                                                            {NodeType::location, "berlin"},
                                                            {NodeType::look, "night-out"}};
    for (auto const& [type, id] : ids) {
        auto const node = graph_.find(type, id);
        ASSERT_TRUE(node) << to_text(type) << ' ' << id;
        EXPECT_EQ(graph_.type_of(*node), type);
        EXPECT_EQ(graph_.id_of(*node), id);
        EXPECT_FALSE(graph_.title_of(*node).empty());
        EXPECT_EQ(node_type_from_text(to_text(type)), type);
        EXPECT_FALSE(graph_.find(type, id + "?")) << id;
    }
    EXPECT_EQ(graph_.id_of(graph_.find(NodeType::material, "sILK").value()), "Silk") << "whatever the case";
    EXPECT_EQ(graph_.title_of(graph_.find(NodeType::occasion, "evening").value()), "An evening out");
    for (NodeId node = 0; node < graph_.node_count(); ++node)
        EXPECT_EQ(graph_.find(graph_.type_of(node), graph_.id_of(node)), node) << graph_.id_of(node);
}

TEST_F(TheGraph, SaysWhatAProductIsAndIsMadeOf) {
    auto const own = only(Relation::of_brand) | only(Relation::in_category) | only(Relation::has_value) |
                     only(Relation::made_of) | only(Relation::suits_occasion);
    EXPECT_EQ(at(NodeType::product, "blouse", own),
              (Texts{"blouse of_brand North catalog 1000000", "blouse in_category Women/Tops catalog 1000000",
                     "blouse has_value audience:women catalog 1000000", "blouse has_value color:Black catalog 1000000",
                     "blouse has_value fit:Slim catalog 1000000", "blouse has_value garment:shirt catalog 1000000",
                     "blouse made_of Silk catalog 800000", "blouse made_of Elastane catalog 200000",
                     "blouse suits_occasion evening catalog 1000000"}));
    EXPECT_EQ(at(NodeType::category, "Women/Tops", only(Relation::in_category)),
              Texts{"Women/Tops in_category Women catalog 1000000"});
    EXPECT_EQ(at(NodeType::occasion, "evening", all_relations, Direction::in),
              (Texts{"blouse suits_occasion evening catalog 1000000",
                     "night-out suits_occasion evening look:night-out 1000000"}))
        << "\"Abend\" is a word for it";
}

TEST_F(TheGraph, ComputesVariantsOffersSizesAndPlaces) {
    EXPECT_EQ(at(NodeType::variant, "blouse-v", all_relations, Direction::both),
              (Texts{"blouse-v variant_of blouse catalog 1000000", "blouse-v fits tops/M catalog 1000000",
                     "blouse-v sold_at berlin catalog 1000000", "blouse-v/USD offer_of blouse-v catalog 1000000"}));
    EXPECT_EQ(at(NodeType::size, "tops/M", all_relations, Direction::in),
              Texts{"blouse-v fits tops/M catalog 1000000"});
    EXPECT_EQ(at(NodeType::location, "berlin", all_relations, Direction::in).size(), shop_->variant_count() - 1)
        << "one is excluded";
    EXPECT_EQ(at(NodeType::variant, "skirt-v", only(Relation::sold_at)), Texts{});
    EXPECT_EQ(at(NodeType::location, "warehouse", all_relations, Direction::in), Texts{}) << "nobody collects there";
    EXPECT_EQ(at(NodeType::product, "blouse", only(Relation::variant_of), Direction::in),
              Texts{"blouse-v variant_of blouse catalog 1000000"});
}

TEST_F(TheGraph, TellsDeclaredAllergensOfBothSidesAndNothingWhereNothingIsKnown) {
    EXPECT_EQ(at(NodeType::product, "fudge", only(Relation::contains) | only(Relation::may_contain)),
              (Texts{"fudge contains milk catalog 1000000", "fudge may_contain nuts catalog 1000000"}));
    EXPECT_EQ(at(NodeType::product, "fudge", only(Relation::free_from)), Texts{"fudge free_from fish catalog 1000000"});
    EXPECT_EQ(at(NodeType::allergen, "milk", all_relations, Direction::in),
              Texts{"fudge contains milk catalog 1000000"});
    EXPECT_EQ(at(NodeType::product, "blouse", only(Relation::free_from)), Texts{}) << "silence is no statement";
}

TEST_F(TheGraph, KeepsWhatFilesAndLooksSayWithTheirSources) {
    EXPECT_EQ(at(NodeType::product, "skirt", only(Relation::goes_with)),
              (Texts{"skirt goes_with blouse rule:color_harmony/1 900000", "skirt goes_with fudge file:e.csv 640000"}))
        << "an edge to a product that does not exist is none";
    EXPECT_EQ(at(NodeType::look, "night-out", all_relations, Direction::in),
              (Texts{"blouse part_of_look night-out look:night-out 1000000",
                     "Women/Skirts part_of_look night-out look:night-out 1000000"}));
    EXPECT_EQ(at(NodeType::look, "night-out", only(Relation::of_brand)),
              Texts{"night-out of_brand North look:night-out 1000000"});
}

TEST_F(TheGraph, StopsAtTheNumberOfEdgesThatIsWanted) {
    std::vector<GraphEdge> all;
    std::vector<GraphEdge> some;
    auto const node = graph_.find(NodeType::product, "blouse").value();
    graph_.edges(node, {all_relations, Direction::both}, all);
    graph_.edges(node, {all_relations, Direction::both, 3}, some);
    ASSERT_GT(all.size(), 3U);
    EXPECT_TRUE(std::ranges::equal(some, std::span(all).first(3)));
}

TEST_F(TheGraph, HasTheSameEdgesFromBothEnds) {
    std::vector<GraphEdge> out;
    std::vector<GraphEdge> in;
    for (NodeId node = 0; node < graph_.node_count(); ++node) {
        graph_.edges(node, {all_relations, Direction::out}, out);
        graph_.edges(node, {all_relations, Direction::in}, in);
    }
    auto const key = [](GraphEdge const& e) { return std::tuple(e.from, e.to, e.relation, e.source, e.score_ppm); };
    std::ranges::sort(out, {}, key);
    std::ranges::sort(in, {}, key);
    EXPECT_EQ(out, in);
    EXPECT_EQ(std::ranges::adjacent_find(out), out.end()) << "every edge once";
}

TEST(GraphValues, MaterialsAreSplitAndShareOut) {
    auto const of = [](std::string_view text) {
        std::vector<Value> values;
        append_materials(text, values);
        std::string all;
        for (auto const& value : values)
            all += std::string(value.name.text) + '=' + std::to_string(value.score_ppm / 10'000) + ' ';
        return all;
    };
    EXPECT_EQ(of("80% Cotton, 20 % Elastane"), "Cotton=80 Elastane=20 ");
    EXPECT_EQ(of("Wool 70%/Nylon 30%"), "Wool=70 Nylon=30 ");
    EXPECT_EQ(of("Cotton|cotton;Linen"), "Cotton=100 Linen=100 ");
    EXPECT_EQ(of("900% Silk,,%, Hemp"), "900% Silk=100 %=100 Hemp=100 ") << "a share that is none is a name";
    EXPECT_EQ(of(""), "");
}

TEST(GraphValues, AProductHasABoundedNumberOfThem) {
    auto product = test::a_product("p", "P");
    for (std::size_t i = 0; i < 2 * limits::graph_values_max; ++i)
        product.attributes.push_back({"note", "n" + std::to_string(i)});
    std::vector<Value> values;
    values_of(product, values);
    EXPECT_EQ(values.size(), limits::graph_values_max);
}

TEST(EmptyGraph, HasTheAllergensOnly) {
    auto const shop = Snapshot::build({}, {});
    EXPECT_EQ(shop->graph().node_count(), domain::allergen_count);
    EXPECT_FALSE(Graph().find(NodeType::product, "a"));
}

}  // namespace
}  // namespace b2a::catalog
