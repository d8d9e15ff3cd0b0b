// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>

#include "unit/catalog/shop.hpp"

namespace b2a::catalog {
namespace {

using domain::Allergen;
using domain::AllergenStatus;
using domain::Quantity;
using test::a_product;
using test::a_shop;
using test::a_variant;
using test::eur;
using test::ids_of;
using test::text_query;
using test::usd;
using Ids = std::vector<std::string>;

Code code_of(Snapshot const& shop, SearchQuery const& query) {
    auto const result = shop.search(query);
    EXPECT_FALSE(result.ok());
    return result.error().code;
}

std::string pointer_of(Snapshot const& shop, SearchQuery const& query) {
    auto const result = shop.search(query);
    EXPECT_FALSE(result.ok());
    return result.error().pointer;
}

// --- what it says of its order

TEST(SearchRanking, IsSaidByTheSearchItself) {
    auto const shop = a_shop({a_product("a", "Blue shirt")});
    auto const by_text = shop->search(text_query("shirt"))->ranking;
    EXPECT_EQ(by_text.order, Ranking::Order::relevance);
    ASSERT_FALSE(by_text.parameters.empty());
    EXPECT_EQ(by_text.parameters.front().name, "title");
    EXPECT_TRUE(std::ranges::is_sorted(by_text.parameters, std::ranges::greater{}, &Ranking::Parameter::weight));
    auto const listed = shop->search({})->ranking;
    EXPECT_EQ(listed.order, Ranking::Order::catalog);
    EXPECT_TRUE(listed.parameters.empty());
}

// --- text

TEST(SearchText, WithoutTextAndFiltersEverythingComesInOrderOfId) {
    auto const shop = a_shop({a_product("c", "x"), a_product("a", "y"), a_product("b", "z")});
    EXPECT_EQ(ids_of(*shop, {}), (Ids{"a", "b", "c"}));
    EXPECT_EQ(ids_of(*shop, text_query(" \t ")), (Ids{"a", "b", "c"}));
    EXPECT_EQ(shop->search({})->total, 3U);
    EXPECT_EQ(shop->search({})->hits[0].score, 0);
}

TEST(SearchText, AllWordsMustMatch) {
    auto const shop = a_shop({a_product("1", "red hoodie"), a_product("2", "blue hoodie"), a_product("3", "red cap")});
    EXPECT_EQ(ids_of(*shop, text_query("red hoodie")), (Ids{"1"}));
    EXPECT_EQ(ids_of(*shop, text_query("hoodie red")), (Ids{"1"}));
    EXPECT_EQ(ids_of(*shop, text_query("red hoodie green")), (Ids{})) << "there is no fallback to some of the words";
    EXPECT_EQ(ids_of(*shop, text_query("red red RED")), (Ids{"1", "3"}));
}

TEST(SearchText, FindsInEveryTextOfAProduct) {
    auto product = a_product("p", "tttt", {a_variant("v", {{"color", "ccoolloorr"}})});
    product.brand = "bbbb";
    product.categories = {"kkkk/llll"};
    product.tags = {"gggg"};
    product.description = "dddd";
    product.attributes.push_back({"n", std::string("aaaa")});
    product.food.emplace().ingredients = "iiii";
    product.variants[0].sku = "SK-77";
    product.variants[0].title = "uuuu";
    product.variants[0].attributes.push_back({"n", std::string("wwww")});
    product.variants[0].barcodes.push_back({"gtin13", "4006381333931"});
    auto const shop = a_shop({product, a_product("q", "other")});
    for (auto const* text : {"tttt", "ccoolloorr", "bbbb", "kkkk", "llll", "gggg", "dddd", "aaaa", "iiii", "SK-77",
                             "uuuu", "wwww", "4006381333931", "tttt dddd sk"})
        EXPECT_EQ(ids_of(*shop, text_query(text)), (Ids{"p"})) << text;
}

TEST(SearchText, TheLastWordMayBeABeginning) {
    auto const shop =
        a_shop({a_product("1", "redwood table"), a_product("2", "red table"), a_product("3", "table red")});
    EXPECT_EQ(ids_of(*shop, text_query("redw")), (Ids{"1"}));
    EXPECT_EQ(ids_of(*shop, text_query("table re")).size(), 3U);
    EXPECT_EQ(ids_of(*shop, text_query("re table")), (Ids{})) << "only the last word";
    EXPECT_EQ(ids_of(*shop, text_query("r")), (Ids{})) << "one letter is a word";
    EXPECT_EQ(ids_of(*shop, text_query("red")), (Ids{"2", "3", "1"})) << "whole words come first";
}

TEST(SearchText, AWholeWordInTheDescriptionBeatsALongerOneInTheTitle) {
    auto weak = a_product("2", "something with quite a long title to weaken the impact of each of its words");
    weak.description = "text text text text text red";
    auto const shop = a_shop({a_product("1", "reduced"), weak});
    auto const result = shop->search(text_query("red"));
    EXPECT_EQ(ids_of(*shop, text_query("red")), (Ids{"2", "1"}));
    EXPECT_GT(result->hits[0].score, result->hits[1].score);
}

TEST(SearchText, RanksTheTitleFirstAndTiesById) {
    auto by_text = a_product("a", "x");
    by_text.description = "hoodie";
    auto const shop = a_shop({by_text, a_product("c", "hoodie"), a_product("b", "hoodie")});
    EXPECT_EQ(ids_of(*shop, text_query("hoodie")), (Ids{"b", "c", "a"}));
}

TEST(SearchText, FoldsPluralCaseAndDiacritics) {
    auto const shop =
        a_shop({a_product("1", "Crème Brûlée"), a_product("2", "Women's Hoodies"), a_product("3", "東京")});
    EXPECT_EQ(ids_of(*shop, text_query("CREME brulee")), (Ids{"1"}));
    EXPECT_EQ(ids_of(*shop, text_query("creme\xCC\x80")), (Ids{"1"}));
    EXPECT_EQ(ids_of(*shop, text_query("hoodie women")), (Ids{"2"}));
    EXPECT_EQ(ids_of(*shop, text_query("京")), (Ids{"3"}));
}

TEST(SearchText, HostileTextIsHarmless) {
    auto const shop = a_shop({a_product("1", "red")});
    for (auto const& text : {std::string("!?"), std::string("\x01\x02"), std::string("\xFF\xFE"), std::string(1, '\0'),
                             std::string("🎁"), std::string("' OR 1=1 --"), std::string("\"*\" NEAR(")})
        EXPECT_EQ(ids_of(*shop, text_query(text)), (Ids{})) << text;
    EXPECT_EQ(ids_of(*shop, text_query("\x01red\x02*\xFF")), (Ids{"1"}));
    std::string many;
    while (many.size() < 250) many += "red b ";
    EXPECT_EQ(ids_of(*shop, text_query(many)), (Ids{}));
}

TEST(SearchText, LongTextIsRefused) {
    auto const shop = a_shop({a_product("1", "red")});
    EXPECT_TRUE(shop->search(text_query(std::string(limits::text_query_bytes_max, 'r'))).ok());
    EXPECT_EQ(code_of(*shop, text_query(std::string(limits::text_query_bytes_max + 1, 'r'))), Code::invalid_request);
}

// --- filters

TEST(SearchFilter, CategoryByPathPrefixAndSegment) {
    auto a = a_product("a", "x");
    a.categories = {"Men/Tops/Hoodies & Sweatshirts"};
    auto b = a_product("b", "x");
    b.categories = {"Men/Topspin", "Sale"};
    auto const shop = a_shop({a, b});
    auto const found = [&](std::vector<std::string> categories) {
        SearchQuery query;
        query.categories = std::move(categories);
        return ids_of(*shop, query);
    };
    EXPECT_EQ(found({"Men/Tops/Hoodies & Sweatshirts"}), (Ids{"a"}));
    EXPECT_EQ(found({"men/tops"}), (Ids{"a"})) << "a prefix ends at a slash, case does not matter";
    EXPECT_EQ(found({"Men"}), (Ids{"a", "b"}));
    EXPECT_EQ(found({"Hoodies & Sweatshirts"}), (Ids{"a"}));
    EXPECT_EQ(found({"Tops"}), (Ids{"a"}));
    EXPECT_EQ(found({"/ Men / Tops /"}), (Ids{"a"}));
    EXPECT_EQ(found({"Tops/Hoodies & Sweatshirts"}), (Ids{})) << "a path starts at the top";
    EXPECT_EQ(found({"Sale", "Tops"}), (Ids{"a", "b"}));
    EXPECT_EQ(found({""}), (Ids{}));
}

TEST(SearchFilter, BrandsAreAlternatives) {
    auto a = a_product("a", "x");
    a.brand = "Acme";
    auto b = a_product("b", "x");
    b.brand = "Öko";
    auto const shop = a_shop({a, b, a_product("c", "acme")});
    SearchQuery query;
    query.brands = {"ACME"};
    EXPECT_EQ(ids_of(*shop, query), (Ids{"a"}));
    query.brands = {"acme", "Öko"};
    EXPECT_EQ(ids_of(*shop, query), (Ids{"a", "b"}));
}

TEST(SearchFilter, SizeAndColorMustHoldForTheSameVariant) {
    auto const shop = a_shop({a_product("a", "x",
                                        {a_variant("a1", {{"Size", "S"}, {"Color", "Red"}}),
                                         a_variant("a2", {{"Size", "M"}, {"Color", "Blue"}})}),
                              a_product("b", "x",
                                        {a_variant("b1", {{"size", "M"}, {"color", "red"}}),
                                         a_variant("b2", {{"size", "L"}, {"color", "red"}})})});
    SearchQuery query;
    query.sizes = {"m"};
    query.colors = {"RED"};
    auto const result = shop->search(query);
    ASSERT_EQ(result->hits.size(), 1U);
    EXPECT_EQ(test::variants_of(*shop, result->hits[0]), (Ids{"b1"}));
    query.sizes = {"M", "L"};
    EXPECT_EQ(test::variants_of(*shop, shop->search(query)->hits[0]), (Ids{"b1", "b2"}));
}

TEST(SearchFilter, SizeMayBeAnAttributeOfTheProductAndANumber) {
    auto shoes = a_product("a", "shoes");
    shoes.attributes.push_back({"size", Quantity{4200, 2, ""}});
    auto const shop = a_shop({shoes});
    SearchQuery query;
    query.sizes = {"42"};
    EXPECT_EQ(ids_of(*shop, query), (Ids{"a"}));
}

TEST(SearchFilter, AttributesOfProductVariantAndOption) {
    auto a = a_product("a", "x", {a_variant("a1"), a_variant("a2")});
    a.attributes = {{"material", std::string("Cotton")}, {"material", std::string("wool")}, {"vegan", true}};
    a.variants[1].attributes.push_back({"finish", std::string("matte")});
    auto const shop = a_shop({a, a_product("b", "x", {a_variant("b1", {{"material", "silk"}})})});
    auto const found = [&](std::vector<AttributeFilter> filters) {
        SearchQuery query;
        query.attributes = std::move(filters);
        return ids_of(*shop, query);
    };
    EXPECT_EQ(found({{"MATERIAL", {"cotton"}, {}, {}}}), (Ids{"a"}));
    EXPECT_EQ(found({{"material", {"silk", "wool"}, {}, {}}}), (Ids{"a", "b"}));
    EXPECT_EQ(found({{"material", {"cotton"}, {}, {}}, {"material", {"wool"}, {}, {}}}), (Ids{"a"})) << "multi-valued";
    EXPECT_EQ(found({{"vegan", {"true"}, {}, {}}}), (Ids{"a"}));
    EXPECT_EQ(found({{"vegan", {"false"}, {}, {}}}), (Ids{}));
    EXPECT_EQ(found({{"finish", {"matte"}, {}, {}}}), (Ids{"a"}));
    EXPECT_EQ(found({{"unheard_of", {"x"}, {}, {}}}), (Ids{}));
    SearchQuery query;
    query.attributes = {{"finish", {"matte"}, {}, {}}, {"material", {"wool"}, {}, {}}};
    EXPECT_EQ(test::variants_of(*shop, shop->search(query)->hits[0]), (Ids{"a2"}));
}

TEST(SearchFilter, NumbersByRange) {
    auto a = a_product("a", "x");
    a.attributes = {{"weight", Quantity{1250, 2, "kg"}}};
    auto b = a_product("b", "x");
    b.attributes = {{"weight", Quantity{3, 0, "kg"}}, {"weight", Quantity{20, 0, "kg"}}};
    auto const shop = a_shop({a, b});
    auto const found = [&](AttributeFilter filter) {
        SearchQuery query;
        query.attributes = {std::move(filter)};
        return ids_of(*shop, query);
    };
    EXPECT_EQ(found({"weight", {}, 12'500, 12'500}), (Ids{"a"}));
    EXPECT_EQ(found({"Weight", {}, {}, 12'499}), (Ids{"b"}));
    EXPECT_EQ(found({"weight", {}, 0, {}}), (Ids{"a", "b"}));
    EXPECT_EQ(found({"weight", {}, 4'000, 12'000}), (Ids{}));
    EXPECT_EQ(found({"weight", {"12.5 kg"}, {}, {}}), (Ids{"a"}));
    EXPECT_EQ(found({"weight", {"3 kg"}, 0, 5'000}), (Ids{"b"}));
    EXPECT_EQ(found({"weight", {"12.5 kg"}, 0, 5'000}), (Ids{})) << "values and range must both hold";
}

TEST(SearchFilter, PriceInOneCurrency) {
    auto const shop = a_shop(
        {a_product("a", "x", {a_variant("a1", {}, {{1'000, usd}, {900, eur}}), a_variant("a2", {}, {{3'000, usd}})}),
         a_product("b", "x", {a_variant("b1", {}, {{800, eur}})}), a_product("c", "x", {a_variant("c1", {}, {})})});
    SearchQuery query;
    query.currency = usd;
    query.price_max_minor = 1'000;
    EXPECT_EQ(ids_of(*shop, query), (Ids{"a"}));
    EXPECT_EQ(test::variants_of(*shop, shop->search(query)->hits[0]), (Ids{"a1"}));
    query.price_max_minor = 999;
    EXPECT_EQ(ids_of(*shop, query), (Ids{}));
    query.currency = eur;
    EXPECT_EQ(ids_of(*shop, query), (Ids{"a", "b"}));
    query.price_min_minor = 850;
    EXPECT_EQ(ids_of(*shop, query), (Ids{"a"}));
    query.currency = *Currency::parse("JPY");
    EXPECT_EQ(ids_of(*shop, query), (Ids{})) << "no price in it";
    query.price_min_minor = query.price_max_minor = std::nullopt;
    EXPECT_EQ(ids_of(*shop, query), (Ids{"a", "b", "c"})) << "a currency alone filters nothing";
}

TEST(SearchFilter, AvailabilityFollowsLiveStock) {
    auto const shop =
        a_shop({a_product("a", "x", {a_variant("a1"), a_variant("a2")}), a_product("b", "x")}, {{"a1", 0}, {"a2", 3}});
    SearchQuery query;
    query.availability = Availability::in_stock;
    EXPECT_EQ(ids_of(*shop, query), (Ids{"a", "b"})) << "b is not tracked";
    EXPECT_EQ(test::variants_of(*shop, shop->search(query)->hits[0]), (Ids{"a2"}));
    shop->set_stock("a2", 0);
    EXPECT_EQ(ids_of(*shop, query), (Ids{"b"}));
    shop->set_stock("a1", 1);
    EXPECT_EQ(ids_of(*shop, query), (Ids{"a", "b"}));
    query.availability = Availability::any;
    EXPECT_EQ(shop->search(query)->hits[0].variants.size(), 2U);
}

class SearchAllergens : public ::testing::Test {
  protected:
    static domain::Product food(std::string id, AllergenStatus milk, bool complete) {
        auto product = a_product(std::move(id), "food");
        product.food.emplace();
        if (milk != AllergenStatus::unknown) product.food->allergens.set(Allergen::milk, milk);
        if (complete) product.food->allergens.mark_complete();
        return product;
    }
    Ids found(AllergenMode mode, std::vector<Allergen> avoid = {Allergen::milk}) {
        SearchQuery query;
        query.avoid = std::move(avoid);
        query.allergen_mode = mode;
        return ids_of(*shop, query);
    }

    std::shared_ptr<Snapshot const> shop =
        a_shop({food("complete", AllergenStatus::unknown, true), food("contains", AllergenStatus::contains, true),
                food("free", AllergenStatus::free_from, false), food("may", AllergenStatus::may_contain, false),
                a_product("no-food", "lamp"), food("unknown", AllergenStatus::unknown, false)});
};

TEST_F(SearchAllergens, StrictKeepsOnlyWhatIsStatedToBeFree) {
    EXPECT_EQ(found(AllergenMode::strict), (Ids{"complete", "free"}));
    EXPECT_EQ(found(AllergenMode::strict, {Allergen::milk, Allergen::nuts}), (Ids{"complete"}));
}

TEST_F(SearchAllergens, KnownDropsWhatIsStatedToBeUnsafe) {
    EXPECT_EQ(found(AllergenMode::known), (Ids{"complete", "free", "no-food", "unknown"}));
    EXPECT_EQ(found(AllergenMode::known, {Allergen::nuts}).size(), 6U);
}

TEST_F(SearchAllergens, ReportDropsNothingAndSaysTheVerdict) {
    SearchQuery query;
    query.avoid = {Allergen::nuts, Allergen::milk};
    query.allergen_mode = AllergenMode::report;
    auto const result = shop->search(query);
    ASSERT_EQ(result->hits.size(), 6U);
    std::vector<AllergenStatus> milk;
    for (auto const& hit : result->hits) {
        ASSERT_EQ(hit.allergens.size(), 2U);
        EXPECT_EQ(hit.allergens[0].allergen, Allergen::nuts);
        EXPECT_EQ(hit.allergens[1].allergen, Allergen::milk);
        milk.push_back(hit.allergens[1].status);
    }
    EXPECT_EQ(milk, (std::vector{AllergenStatus::free_from, AllergenStatus::contains, AllergenStatus::free_from,
                                 AllergenStatus::may_contain, AllergenStatus::unknown, AllergenStatus::unknown}));
    EXPECT_EQ(result->hits[5].allergens[0].status, AllergenStatus::unknown);
}

TEST(SearchFilter, WhatCannotBeUnderstoodIsRefusedWithItsPlace) {
    auto const shop = a_shop({a_product("a", "x")});
    SearchQuery query;
    query.price_max_minor = 1;
    EXPECT_EQ(code_of(*shop, query), Code::unprocessable);
    EXPECT_EQ(pointer_of(*shop, query), "/price/currency");
    query.currency = usd;
    query.price_min_minor = 2;
    EXPECT_EQ(pointer_of(*shop, query), "/price/min");
    query = {};
    query.attributes = {{"ok", {"x"}, {}, {}}, {"empty", {}, {}, {}}};
    EXPECT_EQ(code_of(*shop, query), Code::unprocessable);
    EXPECT_EQ(pointer_of(*shop, query), "/attributes/1");
    query.attributes[1] = {" ", {"x"}, {}, {}};
    EXPECT_EQ(pointer_of(*shop, query), "/attributes/1/name");
    query.attributes[1] = {"n", {}, 2, 1};
    EXPECT_EQ(pointer_of(*shop, query), "/attributes/1/min");
    query = {};
    query.avoid = {static_cast<Allergen>(77)};
    EXPECT_EQ(code_of(*shop, query), Code::unprocessable);
}

TEST(SearchFilter, TheNumberOfValuesIsBounded) {
    auto const shop = a_shop({a_product("a", "x")});
    std::vector<std::string> const many(limits::search_filters_max + 1, "x");
    std::vector<SearchQuery> queries(6);
    queries[0].categories = many;
    queries[1].brands = many;
    queries[2].sizes = many;
    queries[3].colors = many;
    queries[4].attributes = {{"n", many, {}, {}}};
    queries[5].attributes.assign(limits::search_filters_max + 1, {"n", {"x"}, {}, {}});
    for (auto const& query : queries) EXPECT_EQ(code_of(*shop, query), Code::invalid_request);
}

}  // namespace
}  // namespace b2a::catalog
