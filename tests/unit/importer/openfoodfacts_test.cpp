// SPDX-License-Identifier: Apache-2.0
#include "importer/allergen_terms.hpp"
#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

using domain::Allergen;
using domain::AllergenStatus;

class Food : public ImportCase {
  protected:
    Report import(std::string_view rows) {
        std::string content =
            "code\tproduct_name\tbrands\tallergens\ttraces\ttraces_tags\tlabels_tags\tquantity\tcategories_en\t"
            "ingredients_text\tenergy_100g\tsaturated-fat_100g\tsalt_100g\n";
        return must_run({file("food.tsv", content.append(rows))});
    }
    AllergenStatus status(std::string const& id, Allergen allergen) {
        return product(id).food->allergens.status(allergen);
    }
};

TEST_F(Food, DeclarationsBecomeContainsAndMayContain) {
    import(
        "4001\tBar\tOne,  Two\ten:milk,de:Weizenprotein\ten:nuts\t"
        "en:nuts,en:milk,en:sesame-seeds\t\t\t\tmilk, egg\t\t\t\n"
        "4002\tWater\t\t\t\t\t\t\t\tcontains peanuts\t\t\t\n");
    EXPECT_EQ(status("off-4001", Allergen::milk), AllergenStatus::contains);  // contains wins over traces
    EXPECT_EQ(status("off-4001", Allergen::gluten), AllergenStatus::contains);
    EXPECT_EQ(status("off-4001", Allergen::nuts), AllergenStatus::may_contain);
    EXPECT_EQ(status("off-4001", Allergen::sesame), AllergenStatus::may_contain);
    EXPECT_EQ(status("off-4001", Allergen::eggs), AllergenStatus::unknown);  // ingredient text is not a declaration
    EXPECT_FALSE(product("off-4002").food->allergens.declared());
    EXPECT_EQ(product("off-4001").brand, "One");
    EXPECT_EQ(product("off-4002").brand, "acme");
}

TEST_F(Food, GlutenFreeLabelsAreStatementsAndCautionWins) {
    auto const report = import(
        "1\tA\t\t\t\t\ten:organic,en:no-gluten\t\t\t\t\t\t\n"
        "2\tB\t\ten:gluten\t\t\ten:gluten-free\t\t\t\t\t\t\n"
        "3\tC\t\t\ten:gluten\t\ten:gluten-free\t\t\t\t\t\t\n"
        "4\tD\t\t\t\t\ten:no-lactose,en:very-low-gluten\t\t\t\t\t\t\n");
    EXPECT_EQ(status("off-1", Allergen::gluten), AllergenStatus::free_from);
    EXPECT_EQ(status("off-2", Allergen::gluten), AllergenStatus::contains);
    EXPECT_EQ(status("off-3", Allergen::gluten), AllergenStatus::may_contain);
    EXPECT_EQ(status("off-4", Allergen::milk), AllergenStatus::unknown);
    EXPECT_EQ(status("off-4", Allergen::gluten), AllergenStatus::unknown);
    EXPECT_EQ(report.lint_warnings, 2U + 1U) << "nothing declared";
}

TEST_F(Food, ADeclarationThatIsNoneOfTheFourteenIsKept) {
    auto const report = import("1\tA\t\ten:kiwi,en:none,en:kiwi\ten:banana\t\t\t\t\t\t\t\t\n");
    EXPECT_EQ(values(product("off-1").attributes, "declared_allergen"), "en:kiwi");
    EXPECT_EQ(values(product("off-1").attributes, "declared_trace"), "en:banana");
    EXPECT_FALSE(product("off-1").food->allergens.declared());
    EXPECT_EQ(report.lint_warnings, 2U + 1U) << "nothing declared";
}

TEST_F(Food, NutrientsAreThousandthsAndPlausible) {
    auto const report = import("1\tA\t\t\t\t\t\t2,5 kg\tSnacks,Null,fr:Pain\tsugar, _milk_\t2524\t0.66929\t101600\n");
    auto const& food = *product("off-1").food;
    std::vector<domain::Nutrient> const nutrients{{"energy_kj", 2'524'000}, {"saturated_fat", 669}};
    EXPECT_EQ(food.nutrients, nutrients);
    EXPECT_EQ(report.lint_warnings, 1U + 1U) << "nothing declared";
    EXPECT_EQ(food.net_content, "2,5 kg");
    EXPECT_EQ(food.ingredients, "sugar, milk");
    EXPECT_EQ(join(product("off-1").categories), "Snacks|Pain");
    EXPECT_EQ(report.without_offer, 1U);
}

TEST_F(Food, BarcodesByLength) {
    auto const report = import(
        "12345678\tA\t\t\t\t\t\t\t\t\t\t\t\n"
        "1234567890123\t\"B\t\t\t\t\t\t\t\t\t\t\t\n"
        "123456789012\t\tTic Tac\t\t\t\t\t\t\t\t\t\t\n"
        "x1\tD\t\t\t\t\t\t\t\t\t\t\t\n"
        "\tE\t\t\t\t\t\t\t\t\t\t\t\n"
        "12345678\tF\t\t\t\t\t\t\t\t\t\t\t\n");
    EXPECT_EQ(product("off-12345678").variants.at(0).barcodes.at(0).type, "ean8");
    EXPECT_EQ(product("off-1234567890123").variants.at(0).barcodes.at(0).type, "ean13");
    EXPECT_EQ(product("off-1234567890123").title, "\"B");
    EXPECT_EQ(product("off-123456789012").variants.at(0).barcodes.at(0).type, "other");
    EXPECT_EQ(product("off-123456789012").title, "Tic Tac 123456789012");
    EXPECT_EQ(reasons(report),
              "5: barcode \"x1\" is not a number\n6: no barcode\n"
              "7: duplicate id \"off-12345678\": first on line 2 of food.tsv\n");
}

TEST_F(Food, CsvWithOtherColumnNames) {
    auto const report = must_run({file("food.csv",
                                       "barcode,product_name,ingredients_text,saturated_fat_100g\r\n"
                                       "1,\"Th\xC3\xA9, vert\",\"a, _b_ &quot;c&quot;\",1.5\r\n")});
    EXPECT_EQ(report.files.at(0).format, Format::openfoodfacts);
    EXPECT_EQ(product("off-1").title, "Th\xC3\xA9, vert");
    EXPECT_EQ(product("off-1").food->ingredients, "a, b \"c\"");
    EXPECT_EQ(product("off-1").food->nutrients.at(0).milli, 1500);
}

TEST_F(Food, MissingColumns) {
    auto const report = run({file("food.csv", "barcode,name\n1,a\n")});
    ASSERT_FALSE(report);
    EXPECT_NE(report.error().detail.find("missing columns: product_name"), std::string::npos);
    EXPECT_NE(run({file("food.csv", "product_name\na\n")}).error().detail.find("missing columns: code"),
              std::string::npos);
}

TEST(AllergenTerms, TagsInManyLanguages) {
    auto const names = [](std::string_view tag) {
        std::string out;
        for (auto const allergen : allergens_of_tag(tag)) {
            if (!out.empty()) out += '|';
            out += to_text(allergen);
        }
        return out;
    };
    EXPECT_EQ(names("en:milk"), "milk");
    EXPECT_EQ(names("de:H\xC3\xBChnereiweiss"), "eggs");
    EXPECT_EQ(names("de:H\xC3\x9CHNEREIWEISS"), "eggs");
    EXPECT_EQ(names("de:Weizenprotein"), "gluten");
    EXPECT_EQ(names("de:Wheyprotein"), "milk");
    EXPECT_EQ(names("de:Wheyproteinkonzentrat"), "milk");
    EXPECT_EQ(names("fr:avoine"), "gluten");
    EXPECT_EQ(names("es:Seit\xC3\xA1n"), "gluten");
    EXPECT_EQ(names("en:Shellfish"), "crustaceans|molluscs");
    EXPECT_EQ(names("en:Tree-nuts-hazelnuts"), "nuts");
    EXPECT_EQ(names("en:sulphur-dioxide-and-sulphites"), "sulphites");
    EXPECT_EQ(names("en:sesame-seeds"), "sesame");
    EXPECT_EQ(names("en:peanuts"), "peanuts");
    EXPECT_EQ(names("en:soybeans"), "soybeans");
    for (auto const* tag : {"en:coconut", "en:kiwi", "", "en:", ":", "en:goat"}) EXPECT_EQ(names(tag), "") << tag;
    for (std::size_t i = 0; i < domain::allergen_count; ++i) {
        auto const allergen = static_cast<Allergen>(i);
        EXPECT_EQ(names(to_text(allergen)), to_text(allergen));
    }
}

}  // namespace
}  // namespace b2a::importer::test
