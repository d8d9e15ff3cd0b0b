// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/limits.hpp"

#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

using CatalogReads = ServiceTest;

TEST_F(CatalogReads, AnIdNamesAProductOrAVariant) {
    auto const product = lane->catalog.product(agent(), "p-mug");
    ASSERT_TRUE(product);
    EXPECT_FALSE(product->variant_index);
    EXPECT_EQ(product->snapshot->product_at(product->product_index).id, "p-mug");
    auto const variant = lane->catalog.product(agent(), "mug");
    ASSERT_TRUE(variant);
    EXPECT_EQ(variant->product_index, product->product_index);
    EXPECT_TRUE(variant->variant_index);
    EXPECT_EQ(lane->catalog.product(agent(), "nonsense").error().code, Code::not_found);
}

TEST_F(CatalogReads, LookupGroupsByProductInOrderOfMention) {
    auto const view = lane->catalog.lookup(agent(), {"shirt", "nonsense", "p-mug", "p-shirt", "shirt", "nonsense"});
    ASSERT_TRUE(view);
    ASSERT_EQ(view->found.size(), 2U);
    auto const& shirt = view->found[0];
    EXPECT_EQ(view->snapshot->product_at(shirt.product_index).id, "p-shirt");
    ASSERT_EQ(shirt.inputs.size(), 2U);
    EXPECT_TRUE(shirt.inputs[0].exact);
    EXPECT_FALSE(shirt.inputs[1].exact);
    EXPECT_EQ(shirt.inputs[0].variant_index, shirt.inputs[1].variant_index);
    EXPECT_EQ(view->missing, std::vector<std::string>{"nonsense"});
}

TEST_F(CatalogReads, LookupIsBounded) {
    std::vector<std::string> const ids(limits::lookup_ids_max + 1, "mug");
    EXPECT_EQ(lane->catalog.lookup(agent(), ids).error().code, Code::payload_too_large);
}

TEST_F(CatalogReads, SearchFindsAndReportsBadInput) {
    catalog::SearchQuery query;
    query.text = "mug";
    auto const view = lane->catalog.search(agent(), query);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->snapshot->revision(), holder.current()->revision());
    query.cursor = "bogus";
    EXPECT_EQ(lane->catalog.search(agent(), query).error().code, Code::invalid_request);
}

TEST_F(CatalogReads, RulesCanHideAProduct) {
    rules.replace(load_rules(default_rules() +
                             "\n[[rule]]\nid = \"hide\"\neffect = \"forbid\"\nactions = [\"catalog.product\", "
                             "\"catalog.lookup\"]\nwhen.cart.tags.any = [\"tag-mug\"]\nreason_code = \"hidden\"\n"
                             "agent_message = \"Not for agents.\"\n"));
    EXPECT_EQ(lane->catalog.product(agent(), "mug").error().reason, "hidden");
    EXPECT_EQ(lane->catalog.lookup(agent(), {"shirt", "p-mug"}).error().code, Code::policy_denied);
    EXPECT_TRUE(lane->catalog.product(agent(), "shirt"));
}

TEST_F(CatalogReads, ANewRevisionIsSeenAtOnce) {
    set_price("mug", 1);
    auto const view = lane->catalog.product(agent(), "mug");
    EXPECT_EQ(view->snapshot->product_at(view->product_index).variants[0].offers[0].price.minor, 1);
}

TEST_F(CatalogReads, FindsLocationsBehindThePolicy) {
    auto const found = lane->catalog.locations(anonymous(), {});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->result.found.size(), 1U);
    rules.replace(load_rules(default_rules() +
                             "\n[[rule]]\nid = \"secret\"\neffect = \"forbid\"\nactions = [\"location.search\"]\n"
                             "reason_code = \"secret\"\n"));
    auto const refused = lane->catalog.locations(anonymous(), {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::policy_denied);
}

}  // namespace
}  // namespace b2a::service::testing
