// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"
#include "protocol/native/graph.hpp"

namespace b2a::protocol::native {
namespace {

using catalog::NodeType;
using catalog::Relation;

class NativeGraph : public testing::Test {
  protected:
    Result<catalog::TraverseQuery> parse(std::string const& text) {
        auto const root = document_.parse(text);
        EXPECT_TRUE(root.ok()) << text;
        return parse_traverse(*root);
    }
    std::string refusal(std::string const& text) {
        auto const parsed = parse(text);
        return parsed.ok() ? "accepted" : parsed.error().pointer;
    }
    service::TraverseView walk(std::string const& text) {
        auto result = catalog::traverse(*snapshot_, parse(text).value());
        EXPECT_TRUE(result.ok());
        return {snapshot_.get(), std::move(*result)};
    }

    Site site_ = test::make_site();
    std::shared_ptr<catalog::Snapshot const> snapshot_ = test::make_snapshot();
    json::Document document_;
};

TEST_F(NativeGraph, AQuestionBecomesAQuery) {
    auto const query = parse(R"({"start":[{"type":"brand","id":"B"},{"type":"product","id":"p"}],"edges":["goes_with",
        "made_of"],"direction":"both","depth":3,"nodes":{"types":["product","look"],"brands":["A"],
        "categories":["Women"],"in_stock":true},"limit":7,"cursor":"c"})")
                           .value();
    ASSERT_EQ(query.start.size(), 2U);
    EXPECT_EQ(query.start[0].type, NodeType::brand);
    EXPECT_EQ(query.start[1].id, "p");
    EXPECT_EQ(query.relations, catalog::only(Relation::goes_with) | catalog::only(Relation::made_of));
    EXPECT_EQ(query.direction, catalog::Direction::both);
    EXPECT_EQ(query.depth, 3U);
    EXPECT_EQ(query.nodes.types, (std::vector{NodeType::product, NodeType::look}));
    EXPECT_EQ(query.nodes.brands, std::vector<std::string>{"A"});
    EXPECT_EQ(query.nodes.categories, std::vector<std::string>{"Women"});
    EXPECT_EQ(query.nodes.availability, catalog::Availability::in_stock);
    EXPECT_EQ(query.limit, 7U);
    EXPECT_EQ(query.cursor, "c");
    auto const plain = parse(R"({"start":[{"type":"product","id":"p"}]})").value();
    EXPECT_EQ(plain.relations, catalog::all_relations);
    EXPECT_EQ(plain.direction, catalog::Direction::out);
    EXPECT_EQ(plain.depth, 1U);
}

TEST_F(NativeGraph, WhatIsMalformedHasAPlace) {
    auto const with = [](std::string const& rest) { return R"({"start":[{"type":"product","id":"p"}])" + rest + "}"; };
    EXPECT_EQ(refusal("{}"), "/start");
    EXPECT_EQ(refusal(R"({"start":[]})"), "/start");
    EXPECT_EQ(refusal(R"({"start":[{"id":"p"}]})"), "/start/0/type");
    EXPECT_EQ(refusal(R"({"start":[{"type":"product"}]})"), "/start/0/id");
    EXPECT_EQ(refusal(R"({"start":[{"type":"planet","id":"p"}]})"), "/start/0/type");
    EXPECT_EQ(refusal(with(R"(,"edges":["made_of","likes"])")), "/edges");
    EXPECT_EQ(refusal(with(R"(,"depth":0)")), "/depth");
    EXPECT_EQ(refusal(with(R"(,"direction":"up")")), "/direction");
    EXPECT_EQ(refusal(with(R"(,"nodes":{"types":["planet"]})")), "/nodes/types");
    EXPECT_EQ(refusal(with(R"(,"nodes":{"color":"red"})")), "/nodes/color");
    EXPECT_EQ(refusal(with(R"(,"limit":101)")), "/limit");
    EXPECT_EQ(refusal(with(R"(,"colour":1)")), "/colour");
}

TEST_F(NativeGraph, AWalkIsRenderedWithItsEvidence) {
    auto const& product = snapshot_->product_at(0);
    auto const view = walk(R"({"start":[{"type":"product","id":")" + product.id + R"("}],"edges":["of_brand"]})");
    std::string out;
    render_traverse(out, site_, view);
    auto const answer = test::parsed(out);
    EXPECT_EQ(answer["content_trust"], "untrusted");
    EXPECT_EQ(answer["catalog_revision"], snapshot_->revision());
    ASSERT_EQ(answer["nodes"].size(), 2U);
    EXPECT_EQ(answer["nodes"][0]["url"], site_.base_url + "/b2a/v1/products/" + product.id);
    EXPECT_EQ(answer["nodes"][1]["id"], product.brand);
    EXPECT_EQ(answer["nodes"][1]["depth"], 1);
    EXPECT_FALSE(answer["nodes"][1].contains("url"));
    ASSERT_EQ(answer["edges"].size(), 1U);
    EXPECT_EQ(answer["edges"][0]["to"]["type"], "brand");
    EXPECT_EQ(answer["edges"][0]["source"], "catalog");
    EXPECT_EQ(answer["edges"][0]["score_ppm"], 1'000'000);
    EXPECT_FALSE(answer.contains("next_cursor"));
}

TEST_F(NativeGraph, LinkedDataUsesTermsThatOthersKnow) {
    auto const view = walk(R"({"start":[{"type":"product","id":")" + snapshot_->product_at(0).id +
                           R"("}],"direction":"both","edges":["of_brand","variant_of","in_category"],"limit":100})");
    std::string out;
    render_traverse_ld(out, site_, view);
    auto const answer = test::parsed(out);
    EXPECT_EQ(answer["@context"][0], "https://schema.org/");
    std::set<std::string> terms;
    for (auto const& node : answer["@graph"])
        for (auto const& [name, value] : node.items()) terms.insert(name);
    EXPECT_TRUE(terms.contains("brand") && terms.contains("isVariantOf") && terms.contains("category")) << out;
}

}  // namespace
}  // namespace b2a::protocol::native
