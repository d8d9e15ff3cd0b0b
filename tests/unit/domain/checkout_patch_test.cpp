// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/checkout_patch.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "b2a/domain/cart_patch.hpp"

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

class Patch : public ::testing::Test {
  protected:
    Result<Checkout> change(Checkout const& checkout, ContentPatch const& patch) {
        auto content = patched(checkout, patch);
        if (!content) return content.error();
        return shop.apply(*content, checkout);
    }

    Shop shop;
    Checkout start = *shop.apply(content_of({{"", "shirt", 1}, {"", "mug", 1}}));
};

TEST_F(Patch, NothingNamedNothingChanged) {
    start.discount_codes = {"SAVE10"};
    start = *shop.apply(requested_content(start), start);
    auto const again = *change(start, {});
    EXPECT_EQ(again.lines, start.lines);
    EXPECT_EQ(again.totals, start.totals);
    EXPECT_EQ(again.buyer, start.buyer);
    EXPECT_EQ(again.fulfillment, start.fulfillment);
    EXPECT_EQ(again.status, start.status);
}

TEST_F(Patch, AddsUnitsToLinesAndNewLinesBehindThem) {
    ContentPatch patch;
    patch.add = {{"", "shirt", 2}, {"", "ebook", 1}};
    auto const next = *change(start, patch);
    ASSERT_EQ(next.lines.size(), 3U);
    EXPECT_EQ(next.lines[0].quantity, 3);
    EXPECT_EQ(next.lines[0].id, start.lines[0].id);
    EXPECT_EQ(next.lines[2].variant_id, "ebook");
}

TEST_F(Patch, ASumThatWouldWrapIsRefused) {
    ContentPatch patch;
    patch.add = {{"", "shirt", std::numeric_limits<std::int64_t>::max()}};
    EXPECT_FALSE(change(start, patch));
}

TEST_F(Patch, ReplacedLinesAreShippedTogether) {
    ContentPatch patch;
    patch.lines = {{"", "shirt", 1}};
    auto const next = *change(start, patch);
    ASSERT_EQ(next.fulfillment.methods.size(), 1U);
    EXPECT_EQ(next.fulfillment.methods[0].line_ids.size(), 1U);
    EXPECT_EQ(next.status, CheckoutStatus::ready_for_complete) << "the address stays";
}

TEST_F(Patch, ACartKeepsWhatIsNotNamed) {
    auto content = content_of({{"", "shirt", 1}});
    content.discount_codes = {"SAVE10"};
    content.attribution = {{"utm_source", "a"}};
    auto const cart = *shop.fill(content);
    ContentPatch patch;
    patch.add = {{"", "shirt", 1}, {"", "mug", 1}};
    patch.ship_to.emplace().country = "US";
    auto const next = patched(cart, patch);
    ASSERT_EQ(next.lines.size(), 2U);
    EXPECT_EQ(next.lines[0].quantity, 2);
    EXPECT_EQ(next.lines[0].id, cart.lines[0].id);
    EXPECT_EQ(next.discount_codes, content.discount_codes);
    EXPECT_EQ(next.attribution, content.attribution);
    EXPECT_EQ(next.context.currency, cart.currency.code());
    EXPECT_TRUE(next.methods.empty()) << "a cart has no fulfilment";
}

TEST_F(Patch, AnEmptyListOfCodesClearsThem) {
    ContentPatch patch;
    patch.discount_codes = {"SAVE10"};
    auto const cheaper = *change(start, patch);
    EXPECT_LT(total_of(cheaper).minor, total_of(start).minor);
    patch.discount_codes = std::vector<std::string>();
    EXPECT_EQ(total_of(*change(cheaper, patch)), total_of(start));
}

TEST_F(Patch, ANewAddressKeepsTheChosenOption) {
    ContentPatch choose;
    choose.selected_options = {"exp"};
    auto const express = *change(start, choose);
    ASSERT_EQ(express.fulfillment.methods[0].selected_option_id, "exp");
    ContentPatch move;
    move.ship_to = selected_destination(express.fulfillment.methods[0])->address;
    move.ship_to->region = "NY";
    auto const moved = *change(express, move);
    ASSERT_EQ(moved.fulfillment.methods[0].destinations.size(), 1U);
    EXPECT_EQ(moved.fulfillment.methods[0].destinations[0].address.region, "NY");
    EXPECT_EQ(moved.fulfillment.methods[0].selected_option_id, "exp");
}

TEST_F(Patch, AnOptionThatNobodyOffersIsRefusedByItsPlace) {
    ContentPatch patch;
    patch.selected_options = {"std", "rocket"};
    auto const refused = patched(start, patch);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::selection_rejected);
    EXPECT_EQ(refused.error().pointer, "$.selected_fulfillment_options[1].option_id");
}

TEST_F(Patch, ANameAndATelephoneAloneSayWhoReceivesIt) {
    ContentPatch patch;
    patch.ship_to.emplace().first_name = "Grace";
    patch.ship_to->last_name = "Hopper";
    patch.ship_to->phone_number = "+12025550100";
    auto const next = *change(start, patch);
    auto expected = selected_destination(start.fulfillment.methods[0])->address;
    expected.first_name = "Grace";
    expected.last_name = "Hopper";
    expected.phone_number = "+12025550100";
    EXPECT_EQ(selected_destination(next.fulfillment.methods[0])->address, expected);
}

TEST_F(Patch, NoOptionAtAllLetsTheRulesChooseAgain) {
    ContentPatch choose;
    choose.selected_options = {"exp"};
    auto const express = *change(start, choose);
    ContentPatch give_up;
    give_up.selected_options = {""};
    EXPECT_EQ(change(express, give_up)->fulfillment.methods[0].selected_option_id,
              start.fulfillment.methods[0].selected_option_id);
}

TEST_F(Patch, OtherMethodsKeepTheAddressThatWasThere) {
    ContentPatch patch;
    patch.methods.emplace(1).front().line_ids = {"shirt", "mug"};
    auto const next = *change(start, patch);
    ASSERT_EQ(next.fulfillment.methods.size(), 1U);
    EXPECT_EQ(next.fulfillment.methods[0].destinations, start.fulfillment.methods[0].destinations);
    EXPECT_EQ(next.fulfillment.methods[0].line_ids, start.fulfillment.methods[0].line_ids) << "variants name lines too";
    EXPECT_EQ(next.status, CheckoutStatus::ready_for_complete);
}

TEST_F(Patch, ALocationIsChosenLikeAnOption) {
    ContentPatch ask;
    ask.methods.emplace(1).front().kind = FulfillmentKind::pickup;
    auto const asked = *change(start, ask);
    ASSERT_EQ(asked.fulfillment.methods[0].kind, FulfillmentKind::pickup);
    ContentPatch choose;
    choose.selected_options = {asked.fulfillment.methods[0].destinations.back().id};
    EXPECT_EQ(change(asked, choose)->fulfillment.methods[0].selected_destination_id, choose.selected_options[0]);
    EXPECT_EQ(change(start, choose).error().code, Code::selection_rejected) << "nothing is collected there";
}

}  // namespace
}  // namespace b2a::domain::testing
