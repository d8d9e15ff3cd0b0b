// SPDX-License-Identifier: Apache-2.0
#include "shop.hpp"

namespace b2a::shopping {
namespace {

using domain::Allergen;
using domain::AllergenStatus;
using domain::Diet;
using test::Judge;

std::shared_ptr<catalog::Snapshot const> a_pantry() {
    catalog::CatalogData data;
    data.revision = 3;
    data.size_charts = {test::a_chart()};
    auto vegan = test::a_food("vegan", {}, true);
    vegan.attributes = {{"origin", std::string("Apulia")}, {"vegan", true}};
    auto not_vegan = test::a_food("wrong-label", {{Allergen::milk, AllergenStatus::contains}}, true);
    not_vegan.attributes = {{"vegan", true}};
    auto flavours = test::a_food("flavours", {}, true);
    flavours.attributes = {{"vegan", true}};
    flavours.variants = {test::a_variant("plain"), test::a_variant("honey")};
    flavours.variants[1].attributes = {{"vegan", false}};
    auto claimed = test::a_food("claimed", {}, true);
    claimed.food->diets = {{Diet::halal, domain::DietStatus::suits, "HFCE"}};
    auto coat = test::a_product("coat");
    coat.categories = {"Women/Jackets & Coats"};
    auto tea = test::a_product("tea");
    tea.categories = {"Drinks/Tea/Bags"};
    data.products = {test::a_food("free", {{Allergen::nuts, AllergenStatus::free_from}}, false),
                     test::a_food("complete", {}, true),
                     test::a_food("silent", {}, false),
                     test::a_food("traces", {{Allergen::nuts, AllergenStatus::may_contain}}, true),
                     test::a_food("nutty", {{Allergen::nuts, AllergenStatus::contains}}, true),
                     test::a_product("lamp"),
                     test::a_dress("dress", "North"),
                     vegan,
                     not_vegan,
                     flavours,
                     claimed,
                     coat,
                     tea};
    return catalog::Snapshot::build(std::move(data), {});
}

Need avoiding(Allergen allergen) {
    auto need = test::a_need();
    need.avoid = {allergen};
    return need;
}

Need keeping(Diet diet) {
    auto need = test::a_need();
    need.diets = {diet};
    return need;
}

TEST(AssessFood, OnlyAStatementMakesFoodSafe) {
    Judge const judge(a_pantry(), avoiding(Allergen::nuts));
    EXPECT_EQ(judge.outcome("free-v"), Outcome::holds);
    EXPECT_EQ(judge.outcome("complete-v"), Outcome::holds);
    EXPECT_EQ(judge.outcome("silent-v"), Outcome::unknown);
    EXPECT_EQ(judge.outcome("traces-v"), Outcome::fails);
    EXPECT_EQ(judge.outcome("nutty-v"), Outcome::fails);
    EXPECT_EQ(judge.outcome("lamp-v"), Outcome::unknown) << "who knows what it is made of";
    auto const verdict = judge.about(Constraint::allergen, "complete-v").value();
    EXPECT_EQ(verdict.subject, "nuts");
    EXPECT_EQ(verdict.evidence, (Evidence{"allergen_declaration", "/food/allergens", "free_from, declared complete"}));
}

TEST(AssessFood, TracesAreForWhoAcceptsThem) {
    auto need = avoiding(Allergen::nuts);
    need.accept_traces = true;
    Judge const judge(a_pantry(), need);
    EXPECT_EQ(judge.outcome("traces-v"), Outcome::holds);
    EXPECT_EQ(judge.outcome("nutty-v"), Outcome::fails);
    EXPECT_EQ(judge.outcome("silent-v"), Outcome::unknown) << "unknown is no trace";
}

TEST(AssessFood, WhatIsWornIsNotEaten) {
    Judge const judge(a_pantry(), avoiding(Allergen::nuts));
    EXPECT_FALSE(judge.about(Constraint::allergen, "dress-M").has_value());
    EXPECT_FALSE(judge.about(Constraint::allergen, "coat-v").has_value());
    EXPECT_EQ(judge.about(Constraint::allergen, "tea-v")->outcome, Outcome::unknown) << "bags of tea are no bags";
}

TEST(AssessFood, MembersAreToldApart) {
    auto need = test::a_need();
    need.members = {test::a_member("anna"), test::a_member("ben")};
    need.members[1].avoid = {Allergen::nuts};
    Judge const judge(a_pantry(), need);
    EXPECT_EQ(judge.outcome("nutty-v", 0), Outcome::holds);
    EXPECT_EQ(judge.outcome("nutty-v", 1), Outcome::fails);
    EXPECT_EQ(judge.outcome("nutty-v"), Outcome::fails) << "for all of them together";
    EXPECT_EQ(judge.about(Constraint::allergen, "nutty-v")->member, "ben");
}

TEST(AssessFood, DietsNeedALabel) {
    Judge const judge(a_pantry(), keeping(Diet::vegan));
    EXPECT_EQ(judge.outcome("vegan-v"), Outcome::holds);
    EXPECT_EQ(judge.about(Constraint::diet, "vegan-v")->evidence, (Evidence{"label", "/attributes/1", "vegan: true"}));
    EXPECT_EQ(judge.outcome("complete-v"), Outcome::unknown);
    EXPECT_EQ(judge.outcome("wrong-label-v"), Outcome::fails) << "milk outweighs the label";
    EXPECT_EQ(judge.about(Constraint::diet, "wrong-label-v")->evidence.text, "contains milk");
    EXPECT_EQ(judge.outcome("plain"), Outcome::holds);
    EXPECT_EQ(judge.outcome("honey"), Outcome::fails) << "the variant says otherwise";
}

TEST(AssessFood, OneDietMayFollowFromAnother) {
    Judge const judge(a_pantry(), keeping(Diet::vegetarian));
    EXPECT_EQ(judge.outcome("vegan-v"), Outcome::holds);
    EXPECT_EQ(judge.about(Constraint::diet, "vegan-v")->evidence.source, "diet:vegan");
    EXPECT_EQ(judge.outcome("honey"), Outcome::unknown) << "not vegan may be vegetarian";
    EXPECT_EQ(Judge(a_pantry(), keeping(Diet::lactose_free)).outcome("complete-v"), Outcome::holds);
    EXPECT_EQ(Judge(a_pantry(), keeping(Diet::gluten_free)).outcome("complete-v"), Outcome::unknown);
}

TEST(AssessFood, AClaimNamesItsSource) {
    Judge const judge(a_pantry(), keeping(Diet::halal));
    EXPECT_EQ(judge.about(Constraint::diet, "claimed-v")->evidence, (Evidence{"HFCE", "/food/diets/0", "suits"}));
}

}  // namespace
}  // namespace b2a::shopping
