// SPDX-License-Identifier: Apache-2.0
#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

using Operations = ServiceTest;

TEST_F(Operations, RestockSetsTheLevelEverywhere) {
    set_stock("mug", 42);
    EXPECT_EQ(stock("mug"), 42);
    auto const ref = holder.current()->find_variant("mug");
    EXPECT_EQ(holder.current()->stock(ref->variant_index), 42);
    EXPECT_EQ(entries("stock.set"), 1U);
}

TEST_F(Operations, APriceChangeIsANewRevision) {
    auto const before = holder.current()->revision();
    auto const revision = lane->operations.change_price(operator_(), {"mug", {1234, *Currency::parse("USD")}});
    ASSERT_TRUE(revision);
    EXPECT_GT(*revision, before);
    publish_catalog();
    auto const offer = holder.current()->find_variant("mug")->variant->offers.at(0);
    EXPECT_EQ(offer.price.minor, 1234);
    EXPECT_EQ(offer.list.minor, 1234) << "without a reduction before, there is none after";
    ASSERT_TRUE(lane->operations.change_price(operator_(), {"mug", {900, *Currency::parse("EUR")}}));
    publish_catalog();
    EXPECT_EQ(holder.current()->find_variant("mug")->variant->offers.size(), 2U);
    EXPECT_EQ(entries("price.set"), 2U);
}

TEST_F(Operations, AnUnknownVariantIsNotFound) {
    auto const result = lane->operations.change_price(operator_(), {"nonsense", {1, *Currency::parse("USD")}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::not_found);
}

TEST_F(Operations, TheClockIsMovedWithEvidence) {
    EXPECT_TRUE(test::run(lane->operations.note_clock(operator_(), AdvanceClock{60})));
    EXPECT_EQ(entries("clock.advanced"), 1U);
}

TEST_F(Operations, AgentsAreRefusedWithEvidence) {
    EXPECT_EQ(test::run(lane->operations.restock(agent(), Restock{"mug", 1})).error().code, Code::policy_denied);
    EXPECT_EQ(lane->operations.change_price(agent(), {"mug", {1, *Currency::parse("USD")}}).error().code,
              Code::policy_denied);
    EXPECT_EQ(test::run(lane->operations.note_clock(agent(), AdvanceClock{60})).error().code, Code::policy_denied);
    EXPECT_EQ(entries("request.refused"), 3U);
    EXPECT_EQ(stock("mug"), 5);
}

}  // namespace
}  // namespace b2a::service::testing
