// SPDX-License-Identifier: Apache-2.0
// What a food is said to suit, in each of the formats that can say it.
#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

using domain::Allergen;
using domain::AllergenStatus;
using domain::Diet;
using domain::DietClaim;
using domain::DietStatus;

std::string claims(domain::Product const& product) {
    std::string out;
    for (auto const& claim : product.food->diets)
        out += std::string(to_text(claim.diet)) + ' ' + std::string(to_text(claim.status)) + ' ' + claim.source + '\n';
    return out;
}

std::string native_line(std::string const& diets) {
    return R"({"type":"product","id":"p","title":"P","food":{"diets":)" + diets + R"(},"variants":[{"id":"p"}]})" +
           "\n";
}

using Diets = ImportCase;

TEST_F(Diets, NativeLinesClaimThem) {
    must_run({file("p.jsonl", native_line(R"([{"diet":"vegan","status":"suits","source":"Vegan Society"},)"
                                          R"({"diet":"halal","status":"unsuitable"}])"))});
    EXPECT_EQ(claims(product("p")), "vegan suits Vegan Society\nhalal unsuitable brand\n");
}

TEST_F(Diets, NativeLinesThatMakeNoSenseAreRejected) {
    for (auto const& [diets, reason] : std::initializer_list<std::pair<std::string, std::string>>{
             {R"([{"diet":"paleo","status":"suits"}])", "/food/diets/0/diet \"paleo\" is no diet"},
             {R"([{"diet":"vegan","status":"unknown"}])", "/food/diets/0/status must be suits or unsuitable"},
             {R"([{"diet":"vegan","status":"suits"},{"diet":"vegan","status":"unsuitable"}])",
              "/food/diets/1/diet \"vegan\" is claimed twice"},
             {R"([{"status":"suits"}])", "/food/diets/0/diet"},
             {R"([{"diet":"vegan","status":"suits","sure":true}])", "/food/diets/0 unknown member \"sure\""},
             {R"({"vegan":true})", "/food/diets"}}) {
        auto const report = must_run({file("p.jsonl", native_line(diets))});
        EXPECT_EQ(report.rejected, 1U) << diets;
        EXPECT_NE(reasons(report).find(reason), std::string::npos) << reasons(report);
    }
}

TEST_F(Diets, LabelsAreStatementsAndConclusionsOnlySpeakAgainst) {
    auto const report = must_run(
        {file("food.tsv",
              "code\tproduct_name\tallergens\tlabels_tags\tingredients_analysis_tags\n"
              "1\tA\ten:nuts\ten:vegan,en:orthodox-union-kosher,en:no-gluten,en:no-lactose,en:organic\ten:vegan\n"
              "2\tB\ten:nuts\t\ten:vegan,en:vegetarian\n"
              "3\tC\ten:nuts\ten:the-vegan-society\ten:non-vegan,en:non-vegetarian\n")});
    EXPECT_EQ(claims(product("off-1")),
              "vegan suits label\nkosher suits label\ngluten_free suits label\nlactose_free suits label\n");
    EXPECT_EQ(claims(product("off-2")), "") << "nobody but an algorithm says so";
    EXPECT_EQ(claims(product("off-3")),
              "vegan unsuitable ingredients_analysis\nvegetarian unsuitable ingredients_analysis\n");
    EXPECT_EQ(report.lint_warnings, 1U) << "a label that the ingredients contradict";
}

TEST_F(Diets, AMappedColumnClaimsThem) {
    options.mapping = file("map.toml",
                           "[product]\ntitle = \"Name\"\n[variant]\nid = \"Id\"\n"
                           "[food]\ndiets = { column = \"Diets\", split = \",\" }\n");
    auto const report = must_run({file("table.csv",
                                       "Id,Name,Diets\n"
                                       "a,A,\"vegan,gluten-free,low salt\"\n"
                                       "b,B,\"vegan,non-vegan,keto\"\n"
                                       "c,C,\n")});
    EXPECT_EQ(claims(product("a")), "vegan suits label\ngluten_free suits label\nlow_salt suits label\n");
    EXPECT_EQ(claims(product("b")), "vegan unsuitable label\n");
    EXPECT_FALSE(product("c").food);
    std::string found;
    for (auto const& finding : report.lint)
        if (finding.field == "diets") found += finding.code + ' ' + finding.detail + '\n';
    EXPECT_EQ(found, "diets_contradict \"non-vegan\"\nlabel_is_no_diet \"keto\"\n");
}

TEST_F(Diets, LinkedDataSaysThemWithItsAllergens) {
    must_run({file("p.json", R"({"@type":"Product","sku":"p","name":"P",
        "gs1:ingredientStatement":"Milk, nuts",
        "gs1:hasAllergen":[
          {"@type":"gs1:AllergenDetails","gs1:allergenType":{"@id":"gs1:AllergenTypeCode-AM"},
           "gs1:allergenLevelOfContainmentCode":{"@id":"gs1:LevelOfContainmentCode-CONTAINS"}},
          {"gs1:allergenType":"https://ref.gs1.org/voc/AllergenTypeCode-AM",
           "gs1:allergenLevelOfContainmentCode":"https://ref.gs1.org/voc/LevelOfContainmentCode-FREE_FROM"},
          {"gs1:allergenType":{"@id":"gs1:AllergenTypeCode-AN"},
           "gs1:allergenLevelOfContainmentCode":{"@id":"gs1:LevelOfContainmentCode-MAY_CONTAIN"}},
          {"gs1:allergenType":{"@id":"gs1:AllergenTypeCode-XX"}}, "AM", 5],
        "suitableForDiet":["https://schema.org/VegetarianDiet",{"@id":"schema:LowLactoseDiet"},"Paleo",7]})")});
    auto const& food = *product("p").food;
    EXPECT_EQ(food.allergens.stated(Allergen::milk), AllergenStatus::contains) << "what warns counts";
    EXPECT_EQ(food.allergens.stated(Allergen::nuts), AllergenStatus::may_contain);
    EXPECT_EQ(food.allergens.stated(Allergen::fish), AllergenStatus::unknown);
    EXPECT_EQ(food.ingredients, "Milk, nuts");
    EXPECT_EQ(claims(product("p")), "vegetarian suits label\nlow_lactose suits label\n");
}

TEST(Claims, OfTwoTheOneThatItDoesNotSuitStays) {
    std::vector<DietClaim> all;
    EXPECT_TRUE(domain::claim(all, {Diet::vegan, DietStatus::suits, "label"}));
    EXPECT_TRUE(domain::claim(all, {Diet::vegan, DietStatus::suits, "brand"}));
    EXPECT_FALSE(domain::claim(all, {Diet::vegan, DietStatus::unsuitable, "test"}));
    EXPECT_FALSE(domain::claim(all, {Diet::vegan, DietStatus::suits, "label"}));
    EXPECT_EQ(all, (std::vector<DietClaim>{{Diet::vegan, DietStatus::unsuitable, "test"}}));
}

TEST(Claims, NamesOfOthersGoBothWays) {
    for (std::size_t i = 0; i < domain::allergen_count; ++i) {
        auto const allergen = static_cast<Allergen>(i);
        EXPECT_EQ(domain::allergen_from_gs1(gs1_code(allergen)), allergen);
    }
    EXPECT_FALSE(domain::allergen_from_gs1("XX"));
    for (std::size_t i = 0; i < domain::diet_count; ++i) {
        auto const diet = static_cast<Diet>(i);
        auto const back = domain::diet_from_schema_org(schema_org_name(diet));
        EXPECT_EQ(back, diet == Diet::lactose_free ? Diet::low_lactose : diet);
    }
}

}  // namespace
}  // namespace b2a::importer::test
