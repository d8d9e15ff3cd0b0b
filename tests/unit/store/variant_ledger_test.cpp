// SPDX-License-Identifier: Apache-2.0
#include "store/variant_ledger.hpp"

#include <gtest/gtest.h>

namespace b2a::store {
namespace {

using Level = std::optional<std::int64_t>;
using Levels = std::map<std::string, Level>;

domain::Product product(std::string id, std::vector<std::pair<std::string, Level>> variants) {
    domain::Product out;
    out.id = std::move(id);
    for (auto& [variant_id, stock] : variants) {
        domain::Variant variant;
        variant.id = std::move(variant_id);
        variant.declared_stock = stock;
        out.variants.push_back(std::move(variant));
    }
    return out;
}

TEST(VariantLedger, NewVariantsStartAtTheDeclaredLevel) {
    VariantLedger ledger;
    ASSERT_TRUE(ledger.replace(nullptr, nullptr, product("p", {{"a", 3}, {"b", std::nullopt}})).ok());
    EXPECT_EQ(ledger.stock(), (Levels{{"a", 3}}));
    EXPECT_EQ(*ledger.owner("b"), "p");
}

TEST(VariantLedger, OnlyADifferentDeclarationMovesTheLevel) {
    VariantLedger ledger;
    auto const published = product("p", {{"same", 3}, {"more", 3}, {"undeclared", 3}, {"gone", 3}, {"never", {}}});
    ledger.load(published);
    auto const next = product("p", {{"same", 3}, {"more", 4}, {"undeclared", std::nullopt}, {"never", {}}});
    ASSERT_TRUE(ledger.replace(&published, &published, next).ok());
    EXPECT_EQ(ledger.stock(), (Levels{{"more", 4}, {"undeclared", Level{}}, {"gone", Level{}}}));
    EXPECT_EQ(ledger.owner("gone"), nullptr);
}

TEST(VariantLedger, ComparesWithThePublishedNotTheDraftedProduct) {
    VariantLedger ledger;
    auto const published = product("p", {{"a", 3}});
    ledger.load(published);
    auto const first = product("p", {{"a", 9}, {"b", 1}});
    ASSERT_TRUE(ledger.replace(&published, &published, first).ok());
    ASSERT_TRUE(ledger.replace(&published, &first, published).ok());
    EXPECT_TRUE(ledger.stock().empty());
    EXPECT_EQ(ledger.owner("b"), nullptr);
}

TEST(VariantLedger, ARefusedProductChangesNothing) {
    VariantLedger ledger;
    ledger.load(product("p", {{"a", 3}}));
    auto const refused = ledger.replace(nullptr, nullptr, product("q", {{"b", 1}, {"a", 1}}));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().pointer, "a");
    EXPECT_EQ(ledger.owner("b"), nullptr);
    EXPECT_TRUE(ledger.stock().empty());
}

TEST(VariantLedger, AVariantMovesOnceItsProductLetsGo) {
    VariantLedger ledger;
    auto const p = product("p", {{"a", 3}});
    ledger.load(p);
    ASSERT_TRUE(ledger.replace(&p, &p, product("p", {})).ok());
    ASSERT_TRUE(ledger.replace(nullptr, nullptr, product("q", {{"a", std::nullopt}})).ok());
    EXPECT_EQ(*ledger.owner("a"), "q");
    EXPECT_EQ(ledger.stock(), (Levels{{"a", Level{}}}));  // p's level is not q's
}

}  // namespace
}  // namespace b2a::store
