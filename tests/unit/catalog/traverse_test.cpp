// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/traverse.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "graph_shop.hpp"

namespace b2a::catalog {
namespace {

using Texts = std::vector<std::string>;

TraverseQuery from(std::string id, Relations relations, std::size_t depth) {
    TraverseQuery query;
    query.start = {{NodeType::product, std::move(id)}};
    query.relations = relations;
    query.depth = depth;
    return query;
}

Texts shown(Snapshot const& shop, TraverseResult const& result) {
    Texts out;
    for (auto const& found : result.nodes)
        out.push_back(std::to_string(found.depth) + ' ' + shop.graph().id_of(found.node));
    return out;
}

/// a > b > c > a, and b > d.
std::shared_ptr<Snapshot const> a_circle() {
    std::vector<domain::Product> products;
    for (auto const* id : {"a", "b", "c", "d"}) {
        products.push_back(test::a_product(id, id));
        products.back().brand = *id < 'c' ? "North" : "South";
        products.back().categories = {*id < 'b' ? "Women/Tops" : "Men/Tops/Shirts"};
    }
    auto const link = [&](std::size_t p, std::string target) {
        products[p].edges.push_back({domain::EdgeType::replaces, std::move(target), "file:x.csv"});
    };
    link(0, "b");
    link(1, "c");
    link(1, "d");
    link(2, "a");
    return test::a_shop(std::move(products), {{"a-v", 0}, {"b-v", 3}});
}

TEST(Traverse, GoesAroundACircleOnce) {
    auto const shop = a_circle();
    auto const result = traverse(*shop, from("a", only(Relation::replaces), 4)).value();
    EXPECT_EQ(shown(*shop, result), (Texts{"0 a", "1 b", "2 c", "2 d"}));
    EXPECT_EQ(test::said(shop->graph(), result.edges),
              (Texts{"a replaces b file:x.csv 1000000", "b replaces c file:x.csv 1000000",
                     "b replaces d file:x.csv 1000000"}));
    EXPECT_EQ(result.work, 4U);
    EXPECT_FALSE(result.truncated);
    EXPECT_TRUE(result.next_cursor.empty());
}

TEST(Traverse, GoesAgainstTheEdgesAndBothWays) {
    auto const shop = a_circle();
    auto query = from("c", only(Relation::replaces), 1);
    query.direction = Direction::in;
    EXPECT_EQ(shown(*shop, traverse(*shop, query).value()), (Texts{"0 c", "1 b"}));
    query.direction = Direction::both;
    EXPECT_EQ(shown(*shop, traverse(*shop, query).value()), (Texts{"0 c", "1 a", "1 b"}));
}

TEST(Traverse, AFilterHidesButDoesNotStop) {
    auto const shop = a_circle();
    auto query = from("a", only(Relation::replaces), 4);
    query.nodes.brands = {"south"};
    auto const south = traverse(*shop, query).value();
    EXPECT_EQ(shown(*shop, south), (Texts{"2 c", "2 d"})) << "by way of b";
    EXPECT_EQ(south.edges.size(), 2U);
    query.nodes.brands.clear();
    query.nodes.categories = {"men/tops"};
    EXPECT_EQ(traverse(*shop, query).value().nodes.size(), 3U);
    query.nodes.categories = {"Tops"};
    EXPECT_EQ(traverse(*shop, query).value().nodes.size(), 4U);
    query.nodes.categories = {"Top"};
    EXPECT_EQ(traverse(*shop, query).value().nodes.size(), 0U);
    query.nodes = {};
    query.nodes.availability = Availability::in_stock;
    EXPECT_EQ(shown(*shop, traverse(*shop, query).value()), (Texts{"1 b", "2 c", "2 d"}));
    query.relations |= only(Relation::of_brand);
    query.nodes = {};
    query.nodes.types = {NodeType::brand};
    EXPECT_EQ(shown(*shop, traverse(*shop, query).value()), (Texts{"1 North", "3 South"}));
}

TEST(Traverse, ABoundOnTheWorkEndsItAndSaysSo) {
    auto const shop = a_circle();
    auto query = from("a", only(Relation::replaces), 4);
    query.work_max = 2;
    auto const result = traverse(*shop, query).value();
    EXPECT_EQ(shown(*shop, result), (Texts{"0 a", "1 b", "2 c"}));
    EXPECT_TRUE(result.truncated);
    EXPECT_EQ(result.work, 2U);
    query.work_max = 4;
    EXPECT_FALSE(traverse(*shop, query).value().truncated) << "exactly enough";
}

TEST(Traverse, AHubIsBoundedByTheWork) {
    std::vector<domain::Product> products;
    for (std::size_t i = 0; i < limits::graph_work_max + 10; ++i)
        products.push_back(test::a_product("p" + std::to_string(i), "P"));
    for (auto& product : products) product.brand = "Hub";
    auto const shop = test::a_shop(std::move(products));
    TraverseQuery query;
    query.start = {{NodeType::brand, "hub"}};
    query.direction = Direction::in;
    query.depth = 4;
    auto const result = traverse(*shop, query).value();
    EXPECT_TRUE(result.truncated);
    EXPECT_EQ(result.work, limits::graph_work_max);
    EXPECT_EQ(result.nodes.size(), limits::page_size_default);
}

TEST(Traverse, RefusesWhatMakesNoSense) {
    auto const shop = a_circle();
    auto query = from("a", all_relations, 1);
    query.start.push_back({NodeType::look, "a"});
    auto const unknown = traverse(*shop, query);
    EXPECT_EQ(unknown.error().code, Code::unprocessable);
    EXPECT_EQ(unknown.error().pointer, "/start/1/id");
    EXPECT_EQ(unknown.error().reason, "unknown_node");
    query.start.clear();
    EXPECT_EQ(traverse(*shop, query).error().pointer, "/start");
    query = from("a", all_relations, 1);
    query.cursor = "nonsense";
    EXPECT_EQ(traverse(*shop, query).error().pointer, "/cursor");
}

TEST(Traverse, ACursorIsOfOneQueryAndOneRevision) {
    auto const shop = a_circle();
    auto query = from("a", only(Relation::replaces), 2);
    query.limit = 1;
    auto const cursor = traverse(*shop, query).value().next_cursor;
    ASSERT_FALSE(cursor.empty());
    query.cursor = cursor;
    query.limit = 100;
    EXPECT_EQ(shown(*shop, traverse(*shop, query).value()), (Texts{"1 b", "2 c", "2 d"})) << "in pages of any size";
    query.depth = 3;
    EXPECT_EQ(traverse(*shop, query).error().code, Code::invalid_request);
    query.depth = 2;
    auto data = shop->data();
    data.revision = 2;
    auto const next = Snapshot::build(data, {});
    EXPECT_EQ(traverse(*next, query).error().pointer, "/cursor") << "the numbers of its nodes are others";
}

/// Some products with any links between them.
std::shared_ptr<Snapshot const> any_shop() {
    auto const count = *rc::gen::inRange<std::size_t>(1, 12);
    std::vector<domain::Product> products;
    for (std::size_t i = 0; i < count; ++i) {
        auto product = test::a_product(std::string(1, static_cast<char>('a' + i)), "P");
        product.brand = *rc::gen::element<std::string>("North", "South");
        product.categories = {*rc::gen::element<std::string>("Women/Tops", "Women", "Men/Tops")};
        for (auto const target : *rc::gen::container<std::vector<std::size_t>>(3, rc::gen::inRange<std::size_t>(0, 14)))
            product.edges.push_back({*rc::gen::element(domain::EdgeType::related, domain::EdgeType::goes_with),
                                     std::string(1, static_cast<char>('a' + target)), "file:x.csv"});
        products.push_back(std::move(product));
    }
    return test::a_shop(std::move(products));
}

/// Distances by asking every node for its edges, again and again.
std::map<NodeId, std::uint32_t> naive(Graph const& graph, TraverseQuery const& query) {
    std::map<NodeId, std::uint32_t> depths;
    for (auto const& [type, id] : query.start) depths.emplace(graph.find(type, id).value(), 0);
    for (std::uint32_t depth = 0; depth < query.depth; ++depth)
        for (NodeId node = 0; node < graph.node_count(); ++node) {
            std::vector<GraphEdge> edges;
            graph.edges(node, {query.relations, Direction::out}, edges);
            for (auto const& [from, to, relation, source, score] : edges) {
                auto const reach = [&](NodeId a, NodeId b) {
                    if (auto const at = depths.find(a); at != depths.end() && at->second == depth)
                        depths.emplace(b, depth + 1);
                };
                if (query.direction != Direction::in) reach(from, to);
                if (query.direction != Direction::out) reach(to, from);
            }
        }
    return depths;
}

RC_GTEST_PROP(Traverse, FindsWhatANaiveWalkFindsInPagesOfAnySize, ()) {
    auto const shop = any_shop();
    auto const& graph = shop->graph();
    TraverseQuery query;
    query.start = {{NodeType::product, "a"}};
    query.relations = *rc::gen::inRange<Relations>(1, all_relations + 1);
    query.direction = *rc::gen::element(Direction::out, Direction::in, Direction::both);
    query.depth = *rc::gen::inRange<std::size_t>(1, limits::graph_depth_max + 1);
    query.limit = *rc::gen::inRange<std::size_t>(1, 9);
    std::map<NodeId, std::uint32_t> depths;
    std::uint32_t last = 0;
    std::size_t pages = 0;
    do {
        auto const result = traverse(*shop, query).value();
        RC_ASSERT(!result.truncated);
        std::set<NodeId> page;
        for (auto const& found : result.nodes) {
            RC_ASSERT(found.depth >= last);
            last = found.depth;
            RC_ASSERT(depths.emplace(found.node, found.depth).second);
            page.insert(found.node);
        }
        for (auto const& edge : result.edges) RC_ASSERT(page.contains(edge.from) || page.contains(edge.to));
        query.cursor = result.next_cursor;
        RC_ASSERT(++pages < 200U);
    } while (!query.cursor.empty());
    query.cursor.clear();
    RC_ASSERT(depths == naive(graph, query));
}

}  // namespace
}  // namespace b2a::catalog
