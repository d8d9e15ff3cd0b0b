// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "catalog/cursor.hpp"
#include "unit/catalog/shop.hpp"

namespace b2a::catalog {
namespace {

using test::a_product;
using test::a_shop;
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

TEST(SearchPages, CursorOfAnotherQueryIsRefused) {
    auto const shop = a_shop({a_product("1", "red a"), a_product("2", "red b"), a_product("3", "red c")});
    auto query = text_query("red");
    query.limit = 1;
    auto const cursor = shop->search(query)->next_cursor;
    ASSERT_FALSE(cursor.empty());
    auto other = text_query("red a");
    other.cursor = cursor;
    EXPECT_EQ(code_of(*shop, other), Code::invalid_request);
    other.cursor = "garbage";
    EXPECT_EQ(pointer_of(*shop, other), "/cursor");
    other.cursor = encode({fingerprint(other), 1, -5, "x"});
    EXPECT_EQ(pointer_of(*shop, other), "/cursor");
}

TEST(SearchPages, TheLastPageHasNoCursorAndThePageSizeMayChange) {
    auto const shop = a_shop({a_product("1", "a"), a_product("2", "b"), a_product("3", "c"), a_product("4", "d")});
    SearchQuery query;
    query.limit = 1;
    auto const first = shop->search(query);
    EXPECT_EQ(first->total, 4U);
    query.cursor = first->next_cursor;
    query.limit = 3;
    auto const second = shop->search(query);
    EXPECT_EQ(second->total, 4U) << "of all pages";
    EXPECT_EQ(ids_of(*shop, query), (Ids{"2", "3", "4"}));
    EXPECT_TRUE(second->next_cursor.empty());
}

TEST(SearchPages, ThePageSizeIsBounded) {
    std::vector<domain::Product> products;
    for (int i = 0; i < 150; ++i) products.push_back(a_product(std::to_string(1'000 + i), "x"));
    auto const shop = a_shop(std::move(products));
    SearchQuery query;
    query.limit = 1'000'000;
    EXPECT_EQ(shop->search(query)->hits.size(), limits::page_size_max);
    query.limit = 0;
    EXPECT_EQ(shop->search(query)->hits.size(), limits::page_size_default);
}

TEST(SearchPages, GoOnInALaterRevision) {
    auto const before = a_shop({a_product("b", "x"), a_product("d", "x"), a_product("f", "x")});
    SearchQuery query;
    query.limit = 2;
    query.cursor = before->search(query)->next_cursor;
    auto const after =
        a_shop({a_product("a", "x"), a_product("b", "x"), a_product("e", "x"), a_product("f", "x")}, {}, 2);
    EXPECT_EQ(ids_of(*after, query), (Ids{"e", "f"})) << "what follows d, which is gone";
    auto const empty = a_shop({}, {}, 3);
    EXPECT_EQ(ids_of(*empty, query), (Ids{}));
}

TEST(SearchPages, AnEmptyCatalogAnswers) {
    auto const shop = a_shop({});
    EXPECT_EQ(shop->search({})->total, 0U);
    EXPECT_EQ(shop->search(text_query("red"))->total, 0U);
    SearchQuery query;
    query.availability = Availability::in_stock;
    query.brands = {"x"};
    query.currency = usd;
    query.price_min_minor = 1;
    EXPECT_EQ(shop->search(query)->total, 0U);
}

TEST(SearchPages, AProductWithoutVariantsIsNoHit) {
    auto hollow = a_product("a", "red");
    hollow.variants.clear();
    auto const shop = a_shop({hollow, a_product("b", "red")});
    EXPECT_EQ(ids_of(*shop, {}), (Ids{"b"}));
    EXPECT_EQ(ids_of(*shop, text_query("red")), (Ids{"b"}));
}

}  // namespace
}  // namespace b2a::catalog
