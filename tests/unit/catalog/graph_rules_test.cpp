// SPDX-License-Identifier: Apache-2.0
#include "catalog/graph_rules.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/limits.hpp"

#include "graph_shop.hpp"

namespace b2a::catalog {
namespace {

using domain::Garment;

using Texts = std::vector<std::string>;

Texts said(std::vector<DerivedEdge> const& edges) {
    Texts out;
    for (auto const& e : edges)
        out.push_back(std::to_string(e.from) + '>' + std::to_string(e.to) + ' ' + std::to_string(e.score_ppm));
    return out;
}

RuleProduct priced(std::uint32_t product, std::int64_t minor) {
    RuleProduct out;
    out.product = product;
    out.brand = 0;
    out.currency = 1;
    out.price_minor = minor;
    return out;
}

TEST(GraphRules, ColorsGoTogetherByTheWheel) {
    auto const harmony = [](char const* a, char const* b) {
        return color_harmony_ppm(color_families(a), color_families(b));
    };
    EXPECT_EQ(harmony("Black", "Red"), 900'000U);
    EXPECT_EQ(harmony("Navy stripe", "Coral"), 900'000U);
    EXPECT_EQ(harmony("Red", "forest"), 850'000U) << "opposite";
    EXPECT_EQ(harmony("Blue", "ORANGE"), 850'000U);
    EXPECT_EQ(harmony("Teal", "Blue"), 800'000U) << "neighbours";
    EXPECT_EQ(harmony("Pink", "Red"), 800'000U) << "around the end of the wheel";
    EXPECT_EQ(harmony("Red", "Garnet"), 700'000U);
    EXPECT_EQ(harmony("Red", "Blue"), 0U);
    EXPECT_EQ(harmony("Red", "Unobtainium"), 0U) << "an unknown colour goes with nothing";
    EXPECT_EQ(color_families("Rust check"), color_families("rust"));
    EXPECT_EQ(color_families("heather (moss)"), color_families("Moss"));
    EXPECT_EQ(color_families(""), 0);
}

TEST(GraphRules, SameMaterialNeedsTheSameBrandAndAllOfIt) {
    std::vector<NodeId> const silk{7};
    std::vector<NodeId> const blend{7, 8};
    RuleFacts facts;
    for (std::uint32_t p = 0; p < 5; ++p) facts.products.push_back(priced(p, 100 * p));
    for (auto const p : {0U, 1U, 3U}) facts.products[p].materials = silk;
    facts.products[2].materials = blend;
    facts.products[3].brand = 9;
    EXPECT_EQ(said(same_material(facts)), (Texts{"0>1 500000", "1>0 500000"}));
}

TEST(GraphRules, ACollectionLeadsToThoseNearestInPrice) {
    RuleFacts facts;
    for (std::uint32_t p = 0; p < 20; ++p) {
        facts.products.push_back(priced(p, 100 * p));
        facts.products.back().collection = 3;
    }
    auto const edges = same_collection(facts);
    EXPECT_EQ(edges.size(), 20 * limits::graph_rule_edges_max);
    Texts of_ten;
    for (auto const& e : edges)
        if (e.from == 10) of_ten.push_back(std::to_string(e.to));
    EXPECT_EQ(of_ten, (Texts{"9", "11", "8", "12", "7", "13"}));
}

TEST(GraphRules, SimilarNeedsANearPriceAndSomethingInCommon) {
    std::vector<NodeId> const slim{1, 2};
    std::vector<NodeId> const wide{2, 3};
    std::vector<NodeId> const other{9};
    RuleFacts facts;
    for (auto const minor : {1'000, 1'250, 1'251, 1'000, 1'000}) {
        facts.products.push_back(priced(static_cast<std::uint32_t>(facts.products.size()), minor));
        facts.products.back().category = 5;
        facts.products.back().values = slim;
    }
    facts.products[1].values = wide;
    facts.products[3].values = other;
    facts.products[4].garment = Garment::dress;
    EXPECT_EQ(said(similar(facts)), (Texts{"0>1 199999", "1>2 599999", "1>0 279999", "2>0 680000", "2>1 599999"}))
        << "2 is a quarter and a cent above 0, and 0 is a fifth below 2";
}

TEST(GraphRules, TradeItemsSayWhatIsTheSameAndWhatIsReplaced) {
    RuleFacts facts;
    facts.items = {{4006381333931, 0}, {4006381333931, 2}, {96385074, 1}, {4006381333931, 0}};
    facts.replaced = {{96385074, 2}, {96385074, 1}, {5, 0}};
    EXPECT_EQ(said(same_gtin(facts)), (Texts{"0>2 1000000", "2>0 1000000"}));
    EXPECT_EQ(said(replaces_gtin(facts)), Texts{"2>1 1000000"}) << "nothing replaces itself";
    EXPECT_EQ(trade_item_number("04006381333931"), trade_item_number("4006381333931"));
    EXPECT_FALSE(trade_item_number("400638133393x"));
    EXPECT_FALSE(trade_item_number("123"));
}

TEST(GraphRules, ColorHarmonyDressesOnePersonOfOneBrand) {
    RuleFacts facts;
    auto const add = [&](Garment garment, char const* color, std::optional<domain::Audience> audience) {
        auto product = priced(static_cast<std::uint32_t>(facts.products.size()), 1'000);
        product.garment = garment;
        product.colors = color_families(color);
        product.audience = audience;
        facts.products.push_back(product);
    };
    using domain::Audience;
    add(Garment::top, "Red", Audience::women);          // 0
    add(Garment::trousers, "Green", Audience::women);   // 1
    add(Garment::trousers, "Black", Audience::unisex);  // 2
    add(Garment::trousers, "Black", Audience::men);     // 3
    add(Garment::shirt, "Black", Audience::women);      // 4
    add(Garment::dress, "Black", Audience::women);      // 5
    add(Garment::underwear, "Black", Audience::women);  // 6
    add(Garment::shoes, "Blue", Audience::women);       // 7
    auto const edges = said(color_harmony(facts));
    auto const has = [&](std::string_view text) { return std::ranges::find(edges, text) != edges.end(); };
    EXPECT_TRUE(has("0>2 900000")) << "black is better than green, and for everybody is for women too";
    EXPECT_FALSE(has("0>1 850000")) << "one of each kind of garment";
    EXPECT_FALSE(has("0>3 900000")) << "for men";
    EXPECT_TRUE(std::ranges::none_of(edges, [](std::string const& e) { return e.starts_with("0>4"); }))
        << "in each other's place";
    EXPECT_TRUE(std::ranges::none_of(edges, [](std::string const& e) { return e.starts_with("0>5"); }))
        << "a dress has its own top";
    EXPECT_TRUE(std::ranges::none_of(edges, [](std::string const& e) { return e.find("6") == 0 || e.find(">6") < 3; }));
    EXPECT_FALSE(has("0>7 0")) << "red and blue do not go together";
    EXPECT_TRUE(has("5>7 900000"));
}

TEST(GraphRules, EachRuleHasANameAndAVersion) {
    std::set<std::string_view> sources;
    for (auto const& rule : graph_rules()) {
        EXPECT_TRUE(rule.source.starts_with("rule:") && rule.source.ends_with("/1")) << rule.source;
        EXPECT_TRUE(sources.insert(rule.source).second);
    }
    EXPECT_EQ(sources.size(), 6U);
}

RC_GTEST_PROP(GraphRules, NoneDerivesMoreThanItMayAnEdgeToItselfOrOneTwice, ()) {
    auto const count = *rc::gen::inRange<std::uint32_t>(0, 60);
    std::vector<std::vector<NodeId>> values(count);
    RuleFacts facts;
    for (std::uint32_t p = 0; p < count; ++p) {
        auto const has = *rc::gen::inRange(0U, 16U);
        for (NodeId v = 0; v < 4; ++v)
            if ((has >> v & 1U) != 0) values[p].push_back(v);
        auto product = priced(p, *rc::gen::inRange(0, 500));
        product.brand = *rc::gen::inRange(0U, 2U);
        product.category = *rc::gen::inRange(0U, 2U);
        product.collection = *rc::gen::inRange(0U, 2U);
        product.garment = static_cast<Garment>(*rc::gen::inRange(0, 6));
        product.colors = static_cast<ColorFamilies>(*rc::gen::inRange(0, 1 << color_family_count));
        product.values = values[p];
        product.materials = product.values;
        facts.products.push_back(product);
        facts.items.push_back({*rc::gen::inRange<std::uint64_t>(1, 4), p});
    }
    for (auto const& rule : graph_rules()) {
        std::map<std::uint32_t, std::set<std::uint32_t>> targets;
        for (auto const& edge : rule.derive(facts)) {
            RC_ASSERT(edge.from != edge.to);
            RC_ASSERT(edge.score_ppm > 0U && edge.score_ppm <= 1'000'000U);
            RC_ASSERT(targets[edge.from].insert(edge.to).second);
            RC_ASSERT(targets[edge.from].size() <= limits::graph_rule_edges_max);
        }
        RC_ASSERT(said(rule.derive(facts)) == said(rule.derive(facts)));
    }
}

}  // namespace
}  // namespace b2a::catalog
