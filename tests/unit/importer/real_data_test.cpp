// SPDX-License-Identifier: Apache-2.0
// The catalogs of ../shared/data, which nobody here wrote. Skipped where they are not at hand.
#include <algorithm>
#include <map>

#include "b2a/importer/lint.hpp"

#include "unit/importer/import_case.hpp"

namespace b2a::importer::test {
namespace {

using domain::Allergen;
using domain::AllergenStatus;

class RealData : public ImportCase {
  protected:
    static std::string data(std::string const& name) { return shared_data(name); }

    static std::vector<std::string> luma() {
        std::vector<std::string> files;
        for (auto const* name :
             {"products", "simple_products_gear_bags", "simple_products_gear_fitness_equipment",
              "simple_products_gear_fitness_equipment_ball", "simple_products_gear_fitness_equipment_strap",
              "simple_products_gear_watches", "related", "crosssell", "upsell"})
            files.push_back(data("luma/" + std::string(name) + ".csv"));
        return files;
    }
};

#define SKIP_WITHOUT(name) \
    if (!std::filesystem::exists(data(name))) GTEST_SKIP() << "no " << data(name)

TEST_F(RealData, LumaHasItsProductsVariantsAndLinks) {
    SKIP_WITHOUT("luma/products.csv");
    auto const report = must_run(luma());
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    EXPECT_EQ(report.products, 147U + 44U);
    EXPECT_EQ(report.variants, 1847U + 44U);
    EXPECT_EQ(report.added, 147U + 44U);
    EXPECT_EQ(report.updated, 0U);
    EXPECT_EQ(report.without_offer, 0U);
    EXPECT_EQ(report.related, 52U);
    EXPECT_EQ(report.cross_sell, 96U);
    EXPECT_EQ(report.up_sell, 79U);
    EXPECT_EQ(report.links, 52U + 96U + 79U);
    EXPECT_EQ(report.links_unresolved, (84U - 52U) + (116U - 96U));
    EXPECT_EQ(report.revision, 1U);
    EXPECT_EQ(report.lint_warnings, report.links_unresolved + 159U);
    auto const unexplained = std::count_if(report.lint.begin(), report.lint.end(), [](LintFinding const& finding) {
        return finding.code == "sizes_without_chart";
    });
    EXPECT_EQ(unexplained, 159) << "nobody says what the sizes of the shop mean";
    for (auto const& finding : report.lint)
        EXPECT_TRUE(finding.code == "edge_to_nothing" || finding.code == "sizes_without_chart") << finding.code;
    ASSERT_EQ(report.files.size(), 9U);
    EXPECT_EQ(report.files[0].rows, 1994U);
    EXPECT_EQ(report.files[0].format, Format::magento_csv);
    EXPECT_EQ(report.files[8].format, Format::magento_links);
}

TEST_F(RealData, LumaHoodieIsComplete) {
    SKIP_WITHOUT("luma/products.csv");
    must_run(luma());
    auto const& hoodie = product("MH01");
    EXPECT_EQ(hoodie.title, "Chaz Kangeroo Hoodie");
    EXPECT_EQ(hoodie.brand, "luma");
    EXPECT_EQ(join(hoodie.categories), "Men/Tops/Hoodies & Sweatshirts|Collections/Eco Friendly");
    EXPECT_EQ(values(hoodie.attributes, "material"), "Wool");
    EXPECT_EQ(values(hoodie.attributes, "pattern"), "Color-Blocked");
    EXPECT_EQ(values(hoodie.attributes, "climate"), "All-weather|Cool|Indoor|Spring|Windy");
    EXPECT_EQ(values(hoodie.attributes, "eco_collection"), "true");
    EXPECT_EQ(values(hoodie.attributes, "has_options"), "");
    EXPECT_EQ(hoodie.description.find('<'), std::string::npos);
    EXPECT_NE(hoodie.description.find("\n\xE2\x80\xA2 Two-tone gray heather hoodie."), std::string::npos);
    EXPECT_EQ(hoodie.media.size(), 3U);
    ASSERT_EQ(hoodie.variants.size(), 15U);
    auto const& variant = hoodie.variants.front();
    EXPECT_EQ(variant.id, "MH01-XS-Black");
    ASSERT_EQ(variant.offers.size(), 1U);
    EXPECT_EQ(to_text(variant.offers.front().price), "52.00 USD");
    EXPECT_EQ(variant.declared_stock, 100);
    std::vector<domain::OptionValue> const options{{"size", "XS"}, {"color", "Black"}};
    EXPECT_EQ(variant.options, options);
    EXPECT_TRUE(variant.attributes.empty());
}

TEST_F(RealData, LumaGearIsOneVariantEach) {
    SKIP_WITHOUT("luma/products.csv");
    must_run(luma());
    auto const& bag = product("24-MB01");
    ASSERT_EQ(bag.variants.size(), 1U);
    EXPECT_EQ(bag.variants.front().id, "24-MB01");
    EXPECT_EQ(bag.variants.front().offers.front().price.minor, 3400);
    EXPECT_EQ(join(bag.categories), "Gear/Bags");
    EXPECT_EQ(values(bag.attributes, "material"), "Nylon|Polyester");
    EXPECT_EQ(values(bag.attributes, "activity"), "Gym|Travel|Trail|Overnight");
    EXPECT_EQ(values(bag.attributes, "attribute_set"), "");
    EXPECT_EQ(join(product("24-MB04").categories), "Gear/Bags|Collections/Erin Recommends");
    EXPECT_EQ(product("24-MB04").variants.front().offers.front().list.minor, 3200);
    auto const& ball = product("24-WG081-gray");
    std::vector<domain::OptionValue> const options{{"size", "55 cm"}, {"color", "Gray"}};
    EXPECT_EQ(ball.variants.front().options, options);
    auto const& reduced = product("24-UG07").variants.front().offers.front();  // special_price is not below the price
    EXPECT_EQ(reduced.price, reduced.list);
}

TEST_F(RealData, LumaTwiceChangesNothing) {
    SKIP_WITHOUT("luma/products.csv");
    must_run(luma());
    auto const before = store.catalog;
    auto const again = must_run(luma());
    EXPECT_EQ(again.added, 0U);
    EXPECT_EQ(again.updated, 0U);
    EXPECT_EQ(again.unchanged, 191U);
    EXPECT_EQ(again.revision, 1U);
    EXPECT_EQ(again.links, 227U);
    EXPECT_EQ(store.catalog, before);
    EXPECT_EQ(store.events.size(), 1U);
    // Without the link files, or with nothing but them, the edges stay as they are.
    auto files = luma();
    EXPECT_EQ(must_run({files[0], files[1]}).updated, 0U);
    EXPECT_EQ(must_run({files[6], files[7], files[8]}).updated, 0U);
    EXPECT_EQ(store.catalog, before);
}

TEST_F(RealData, LumaLinksMayComeBeforeTheirProducts) {
    SKIP_WITHOUT("luma/products.csv");
    must_run(luma());
    auto const expected = store.catalog;
    store.catalog = {};
    auto files = luma();
    std::reverse(files.begin(), files.end());
    auto const report = must_run(files);
    EXPECT_EQ(report.links, 227U);
    EXPECT_EQ(report.files.front().file, files.front());
    EXPECT_EQ(store.catalog, expected);
}

TEST_F(RealData, FoodDeclarationsAreKept) {
    SKIP_WITHOUT("openfoodfacts/products.tsv");
    auto const report = must_run({data("openfoodfacts/products.tsv")});
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    EXPECT_EQ(report.products, 1000U);
    EXPECT_EQ(report.without_offer, 1000U);
    std::size_t contains = 0, may_contain = 0, free_from = 0, undeclared = 0, kept = 0;
    for (auto const& [id, product] : store.catalog.products) {
        auto const has = [&, &food = *product.food](AllergenStatus status) {
            for (std::size_t i = 0; i < domain::allergen_count; ++i)
                if (food.allergens.stated(static_cast<Allergen>(i)) == status) return true;
            return false;
        };
        EXPECT_FALSE(product.food->allergens.complete());
        contains += has(AllergenStatus::contains);
        may_contain += has(AllergenStatus::may_contain);
        free_from += has(AllergenStatus::free_from);
        undeclared += !product.food->allergens.declared();
        kept += !values(product.attributes, "declared_allergen").empty();
    }
    EXPECT_EQ(contains, 180U);
    EXPECT_EQ(may_contain, 31U);  // of 32 rows with traces; one declares all of its traces as contained
    EXPECT_EQ(free_from, 42U);
    EXPECT_EQ(undeclared, 777U);
    EXPECT_EQ(kept, 0U);
    // The import keeps the first hundreds of each code; this counts all.
    std::map<std::string, std::size_t> lint;
    for (auto const& [id, product] : store.catalog.products)
        for (auto const& finding : lint_product(product)) ++lint[finding.code];
    EXPECT_EQ(lint, (std::map<std::string, std::size_t>{{"allergen_missing_in_declaration", 219U},
                                                        {"allergens_undeclared", 777U}}));
    std::size_t all = 0;
    for (auto const& [code, count] : lint) all += count;
    EXPECT_EQ(report.lint_warnings, all);
}

TEST_F(RealData, TenThousandFoodsAreUnknown) {
    SKIP_WITHOUT("openfoodfacts/food-10k.csv");
    auto const report = must_run({data("openfoodfacts/food-10k.csv")});
    EXPECT_EQ(report.rejected, 0U) << reasons(report);
    EXPECT_EQ(report.products, 10'000U);
    EXPECT_EQ(report.without_offer, 10'000U);
    for (auto const& [id, product] : store.catalog.products) {
        EXPECT_FALSE(product.food->allergens.declared());
        EXPECT_EQ(product.food->ingredients.find('_'), std::string::npos);
    }
    auto const& bacon = product("off-3184830034989");
    EXPECT_EQ(bacon.brand, "openfoodfacts");
    ASSERT_EQ(bacon.variants.front().barcodes.size(), 1U);
    EXPECT_EQ(bacon.variants.front().barcodes.front().type, "ean13");
    EXPECT_EQ(bacon.food->nutrients.front(), (domain::Nutrient{"fat", 17'000}));
    EXPECT_EQ(bacon.food->nutrients.back(), (domain::Nutrient{"salt", 1'700}));
}

}  // namespace
}  // namespace b2a::importer::test
