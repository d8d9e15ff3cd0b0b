// SPDX-License-Identifier: Apache-2.0
// Tables of a shape that only their mapping file knows. All tables here are synthetic.
#include "importer/mapping.hpp"
#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

constexpr std::string_view minimal = "[product]\ntitle = \"Name\"\n[variant]\nid = \"SKU\"\n";

class Mapped : public ImportCase {
  protected:
    Report import(std::string_view mapping, std::string_view table) {
        options.mapping = file("map.toml", mapping);
        return must_run({file("table.csv", table)});
    }
    std::string mapping_error(std::string const& text) {
        auto mapping = read_mapping(file("map.toml", text));
        if (mapping) return "";
        EXPECT_EQ(mapping.error().code, Code::invalid_request);
        auto detail = mapping.error().detail;
        auto const name = path("acme/");
        for (auto at = detail.find(name); at != std::string::npos; at = detail.find(name))
            detail.erase(at, name.size());
        return detail;
    }
};

constexpr std::string_view deli_mapping = R"(
group_by = "Artikel"
decimal = ","
currency = "EUR"
[product]
title = "Bezeichnung"
brand = { constant = "Käserei" }
categories = { column = "Gruppe", split = "|" }
media = { column = "Bild", split = " " }
[variant]
id = "Nummer"
barcode = "EAN"
stock = "Bestand"
net_content = "Inhalt"
price = [{ column = "Preis", list = "UVP" }, { column = "Preis USD", currency = "USD" }]
digital = { column = "Download", yes = ["ja"], no = ["nein", ""] }
[options]
size = "Größe"
[attributes]
material = { column = "Material", split = "/" }
weight = { column = "Gewicht", unit = "kg" }
washable = { column = "Waschbar", yes = ["x"], no = ["-"] }
origin = { constant = "DE" }
[food]
ingredients = "Zutaten"
contains = { column = "Allergene", split = "," }
may_contain = { column = "Spuren", split = "," }
complete = { constant = true }
[nutrients]
fat = "Fett"
)";
constexpr std::string_view deli_table =
    "Nummer;Artikel;Bezeichnung;Gruppe;Bild;EAN;Bestand;Inhalt;Preis;UVP;Preis USD;Download;Größe;Material;"
    "Gewicht;Waschbar;Zutaten;Allergene;Spuren;Fett\n"
    "K-1;K;Käse;Milch|Käse;/a.jpg /b.jpg;4006381333931;7;250 g;1.299,00 €;1.500,00;14,5;nein;S;Holz/Leim;1,25;x;"
    "Milch, Salz;milk;nuts,celery;30,5\n"
    "B-1;;Brot;;;;;;EUR 3,50;;;;;;;-;;;;\n"
    "K-2;K;Käse groß;;;;0;500 g;20,00;;;ja;L;Holz;;;;;;\n";

TEST_F(Mapped, ATableBecomesWhatTheMappingSays) {
    auto const report = import(deli_mapping, deli_table);
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    EXPECT_EQ(report.files.at(0).format, Format::mapped);
    EXPECT_EQ(report.products, 2U);
    auto const& cheese = product("K");
    EXPECT_EQ(cheese.title, "Käse");
    EXPECT_EQ(cheese.brand, "Käserei");
    EXPECT_EQ(join(cheese.categories), "Milch|Käse");
    EXPECT_EQ(cheese.media.size(), 2U);
    ASSERT_EQ(cheese.variants.size(), 2U);
    auto const& small = cheese.variants[0];
    EXPECT_EQ(small.offers.at(0).price, (Money{129900, *Currency::parse("EUR")}));
    EXPECT_EQ(small.offers.at(0).list.minor, 150000);
    EXPECT_EQ(small.offers.at(1).price, (Money{1450, *Currency::parse("USD")}));
    EXPECT_EQ(small.declared_stock, 7);
    EXPECT_EQ(small.options, (std::vector<domain::OptionValue>{{"size", "S"}}));
    EXPECT_EQ(small.measure, (domain::Quantity{250, 0, "g"}));
    EXPECT_EQ(values(small.attributes, "material"), "Leim");
    EXPECT_EQ(values(cheese.attributes, "material"), "Holz") << "shared by both";
    EXPECT_EQ(values(cheese.attributes, "origin"), "DE");
    EXPECT_EQ(values(small.attributes, "washable"), "true");
    EXPECT_EQ(cheese.variants[1].delivery, domain::Delivery::digital);
    ASSERT_TRUE(cheese.food);
    EXPECT_EQ(cheese.food->allergens.status(domain::Allergen::milk), domain::AllergenStatus::contains);
    EXPECT_EQ(cheese.food->allergens.status(domain::Allergen::nuts), domain::AllergenStatus::may_contain);
    EXPECT_EQ(cheese.food->allergens.status(domain::Allergen::fish), domain::AllergenStatus::free_from);
    EXPECT_EQ(cheese.food->nutrients, (std::vector<domain::Nutrient>{{"fat", 30'500}}));
    EXPECT_EQ(product("B-1").variants.at(0).offers.at(0).price.minor, 350);
}

TEST_F(Mapped, RowsThatCannotBeUsedSayWhy) {
    auto const report = import(std::string(minimal) +
                                   "price = \"Price\"\nstock = \"Stock\"\n[attributes]\nw = { column = \"W\", unit = "
                                   "\"kg\" }\nb = { column = \"B\", yes = [\"y\"], no = [\"n\"] }\n[food]\ncontains = "
                                   "\"Allergens\"\n",
                               "SKU,Name,Price,Stock,W,B,Allergens\n"
                               ",n,1,1,1,y,milk\n"
                               "a,,1,1,1,y,milk\n"
                               "b,n,EUR 1,1,1,y,milk\n"
                               "c,n,1,-1,1,y,milk\n"
                               "d,n,1,1,heavy,y,milk\n"
                               "e,n,1,1,1,perhaps,milk\n"
                               "f,n,1,1,1,y,moonlight\n"
                               "g,n,1,1,1,y,milk\n"
                               "g,n,1,1,1,y,milk\n");
    EXPECT_EQ(report.products, 1U);
    EXPECT_EQ(report.rejected, 8U) << reasons(report);
    EXPECT_NE(reasons(report).find("8: contains: \"moonlight\" is none of the fourteen"), std::string::npos)
        << reasons(report);
}

TEST_F(Mapped, MistakesInTheMappingHaveTheirLine) {
    EXPECT_EQ(mapping_error(std::string(minimal)), "");
    EXPECT_EQ(mapping_error("titel = \"x\"\n" + std::string(minimal)), "map.toml:1: unknown key \"titel\"");
    EXPECT_EQ(mapping_error(std::string(minimal) + "colour = \"x\"\n"), "map.toml:5: unknown key \"colour\"");
    EXPECT_EQ(mapping_error(std::string(minimal) + "[attributes]\na = { column = \"x\", spilt = \",\" }\n"),
              "map.toml:6: unknown key \"spilt\"");
    EXPECT_EQ(mapping_error("[product]\ntitle = \"x\"\n"), "map.toml: no variant.id");
    EXPECT_NE(
        mapping_error(std::string(minimal) + "price = { column = \"x\", currency = \"EURO\" }\n").find("map.toml:5"),
        std::string::npos);
    for (std::string const wrong :
         {"stock = 5", "stock = { constant = \"1\", column = \"x\" }", "stock = {}",
          "sku = { column = \"x\", split = \",\" }", "digital = { column = \"x\", yes = \"y\" }",
          "digital = { column = \"x\", no = [\"n\"] }", "media = []"})
        EXPECT_NE(mapping_error(std::string(minimal) + wrong).find("map.toml:5: "), std::string::npos) << wrong;
    EXPECT_NE(mapping_error("delimiter = \"::\"\n" + std::string(minimal)).find("map.toml:1: "), std::string::npos);
    EXPECT_NE(mapping_error("[attributes]\nMaterial = \"x\"\n" + std::string(minimal)).find("map.toml:2: "),
              std::string::npos);
    EXPECT_NE(mapping_error("[product\n").find("map.toml:1: "), std::string::npos);
    EXPECT_NE(mapping_error("").find("no product.title"), std::string::npos);
    EXPECT_EQ(read_mapping(path("absent.toml")).error().code, Code::not_found);
}

TEST_F(Mapped, ColumnsThatAreMissingFailBeforeAnythingIsRead) {
    options.mapping = file("map.toml", std::string(minimal) + "stock = \"Lager\"\n");
    auto const report = run({file("table.csv", "SKU,Name\na,b\n")});
    ASSERT_FALSE(report);
    EXPECT_NE(report.error().detail.find("lager"), std::string::npos) << report.error().detail;
    options.mapping.clear();
    options.format = Format::mapped;
    EXPECT_FALSE(run({file("table.csv", "SKU,Name\na,b\n")}));
}

}  // namespace
}  // namespace b2a::importer::test
