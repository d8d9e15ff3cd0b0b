// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

TEST(ApplyContent, MakesAReadyCheckout) {
    Shop shop;
    auto const checkout = shop.apply(content_of({{"", "shirt", 2}}));
    ASSERT_TRUE(checkout);
    EXPECT_EQ(checkout->status, CheckoutStatus::ready_for_complete);
    ASSERT_EQ(checkout->lines.size(), 1U);
    EXPECT_EQ(checkout->lines[0].id, "li_1");
    EXPECT_EQ(checkout->lines[0].title, "The shirt");
    EXPECT_EQ(checkout->lines[0].image_url, "https://shop.test/shirt.png");
    EXPECT_EQ(checkout->lines[0].unit_minor, 2000);
    EXPECT_EQ(checkout->catalog_revision, 7U);
    EXPECT_EQ(total_of(*checkout), (Money{4500, usd()}));
    EXPECT_TRUE(checkout->findings.empty());
}

TEST(ApplyContent, ReplacesEverythingThatWasThere) {
    Shop shop;
    auto full = content_of({{"", "shirt", 1}});
    full.discount_codes = {"SAVE10"};
    full.attribution = {{"utm_source", "a"}};
    auto const before = shop.apply(full);
    ASSERT_TRUE(before);
    CheckoutContent bare;
    bare.lines = {{"", "shirt", 1}};
    auto const after = shop.apply(bare, *before);
    ASSERT_TRUE(after);
    EXPECT_TRUE(after->buyer.email.empty());
    EXPECT_TRUE(after->discounts.empty());
    EXPECT_TRUE(after->attribution.empty());
    ASSERT_EQ(after->fulfillment.methods.size(), 1U);
    EXPECT_TRUE(after->fulfillment.methods[0].destinations.empty());
    EXPECT_EQ(after->status, CheckoutStatus::incomplete);
}

TEST(ApplyContent, IsAFunctionOfInputAndFacts) {
    Shop shop;
    auto const content = content_of({{"", "shirt", 2}, {"", "mug", 1}});
    auto const once = shop.apply(content);
    auto const twice = shop.apply(content, *once);
    EXPECT_EQ(*once, *twice);
}

TEST(ApplyContent, KeepsLineIdsOverUpdates) {
    Shop shop;
    auto const first = shop.apply(content_of({{"", "shirt", 1}, {"", "mug", 1}, {"", "shirt", 3}}));
    ASSERT_TRUE(first);
    // By item: the first shirt asked for continues the first shirt stored; a new item gets a number never used.
    auto const second = shop.apply(content_of({{"", "ebook", 1}, {"", "shirt", 5}, {"", "shirt", 7}}), *first);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->lines[0].id, "li_4");
    EXPECT_EQ(second->lines[1].id, "li_1");
    EXPECT_EQ(second->lines[2].id, "li_3");
    // By id: it beats a match by item that stands earlier in the request.
    auto const third = shop.apply(content_of({{"", "shirt", 1}, {"li_1", "shirt", 9}}), *second);
    ASSERT_TRUE(third);
    EXPECT_EQ(third->lines[0].id, "li_3");
    EXPECT_EQ(third->lines[1].id, "li_1");
    // An id that we never gave is not adopted.
    auto const fourth = shop.apply(content_of({{"hostile", "mug", 1}, {"li_1", "shirt", 1}}), *third);
    ASSERT_TRUE(fourth);
    EXPECT_EQ(fourth->lines[0].id, "li_4");
}

TEST(ApplyContent, AnIdSentTwiceContinuesOneLine) {
    Shop shop;
    auto const first = shop.apply(content_of({{"", "shirt", 1}}));
    auto const second = shop.apply(content_of({{"li_1", "shirt", 1}, {"li_1", "shirt", 1}}), *first);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->lines[0].id, "li_1");
    EXPECT_EQ(second->lines[1].id, "li_2");
}

TEST(ApplyContent, LeavesOutWhatCannotBeSold) {
    Shop shop;
    auto const checkout = shop.apply(content_of({{"", "nonsense", 1}, {"", "gone", 1}, {"", "shirt", 1}}));
    ASSERT_TRUE(checkout);
    EXPECT_EQ(checkout->lines.size(), 1U);
    EXPECT_EQ(checkout->lines[0].id, "li_1");
    EXPECT_TRUE(has(*checkout, FindingCode::item_unavailable, "$.line_items[0]"));
    EXPECT_TRUE(has(*checkout, FindingCode::out_of_stock, "$.line_items[1]"));
    EXPECT_EQ(checkout->status, CheckoutStatus::incomplete);
}

TEST(ApplyContent, SaysWhyNothingIsLeft) {
    Shop shop;
    auto const stock = shop.apply(content_of({{"", "gone", 1}}));
    ASSERT_FALSE(stock);
    EXPECT_EQ(stock.error().code, Code::out_of_stock);
    EXPECT_EQ(stock.error().pointer, "gone");
    auto const mixed = shop.apply(content_of({{"", "nonsense", 1}, {"", "gone", 1}}));
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().code, Code::not_found);
    EXPECT_EQ(mixed.error().pointer, "nonsense");
}

TEST(ApplyContent, ReducesToTheStockThatIsThere) {
    Shop shop;
    auto const checkout = shop.apply(content_of({{"", "mug", 8}}));
    ASSERT_TRUE(checkout);
    EXPECT_EQ(checkout->lines[0].quantity, 5);
    EXPECT_TRUE(has(*checkout, FindingCode::quantity_adjusted, "$.line_items[0]"));
    EXPECT_EQ(checkout->status, CheckoutStatus::ready_for_complete) << "a warning does not block";
}

TEST(ApplyContent, SumsTheStockOverLinesOfOneVariant) {
    Shop shop;
    auto const checkout = shop.apply(content_of({{"", "mug", 3}, {"", "mug", 3}, {"", "mug", 1}}));
    ASSERT_TRUE(checkout);
    ASSERT_EQ(checkout->lines.size(), 2U);
    EXPECT_EQ(checkout->lines[0].quantity, 3);
    EXPECT_EQ(checkout->lines[1].quantity, 2);
    EXPECT_TRUE(has(*checkout, FindingCode::out_of_stock, "$.line_items[2]"));
}

TEST(ApplyContent, RefusesQuantitiesAndSizesOutOfRange) {
    Shop shop;
    for (std::int64_t const quantity :
         {std::int64_t{0}, std::int64_t{-1}, limits::line_quantity_max + 1, std::numeric_limits<std::int64_t>::max()}) {
        auto const checkout = shop.apply(content_of({{"", "shirt", quantity}}));
        ASSERT_FALSE(checkout);
        EXPECT_EQ(checkout.error().code, Code::unprocessable);
        EXPECT_EQ(checkout.error().pointer, "/line_items/0/quantity");
    }
    EXPECT_FALSE(shop.apply(content_of({})));
    std::vector<CheckoutContent::RequestedLine> many(limits::checkout_lines_max + 1, {"", "shirt", 1});
    EXPECT_FALSE(shop.apply(content_of(many)));
    auto codes = content_of({{"", "shirt", 1}});
    codes.discount_codes.assign(limits::discount_codes_max + 1, "X");
    EXPECT_FALSE(shop.apply(codes));
    auto claims = content_of({{"", "shirt", 1}});
    claims.context.eligibility.assign(limits::eligibility_claims_max + 1, "org.example.student");
    EXPECT_FALSE(shop.apply(claims));
    auto lines = content_of({{"", "shirt", 1}});
    lines.methods[0].line_ids.assign(limits::checkout_lines_max + 1, "li_1");
    EXPECT_FALSE(shop.apply(lines));
}

TEST(ApplyContent, RefusesAmountsThatNoPeerCouldHold) {
    Shop shop;
    shop.sell("moon", money_minor_max, std::nullopt);
    auto const checkout = shop.apply(content_of({{"", "moon", 1}, {"", "moon", 1}}));
    ASSERT_FALSE(checkout);
    EXPECT_EQ(checkout.error().code, Code::unprocessable);
}

TEST(ApplyContent, NeverSellsBelowZero) {
    Shop shop;
    shop.sell("bug", -100, std::nullopt);
    EXPECT_FALSE(shop.apply(content_of({{"", "bug", 1}})));
}

TEST(ApplyContent, RequiresAnEmailAndAWholeAddress) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    content.buyer.email.clear();
    content.methods[0].destinations[0].address.postal_code.clear();
    content.methods[0].destinations[0].address.locality.clear();
    auto checkout = shop.apply(content);
    ASSERT_TRUE(checkout);
    EXPECT_TRUE(has(*checkout, FindingCode::field_required, "$.buyer.email"));
    std::string const destination = "$.fulfillment.methods[0].destinations[0]";
    EXPECT_TRUE(has(*checkout, FindingCode::field_required, destination + ".postal_code"));
    EXPECT_TRUE(has(*checkout, FindingCode::field_required, destination + ".address_locality"));
    EXPECT_EQ(checkout->status, CheckoutStatus::incomplete);
    content.methods.clear();
    checkout = shop.apply(content);
    EXPECT_TRUE(has(*checkout, FindingCode::field_required, "$.fulfillment.methods[0].destinations"));
}

TEST(ApplyContent, DigitalGoodsNeedNoAddress) {
    Shop shop;
    auto content = content_of({{"", "ebook", 1}});
    content.methods.clear();
    auto const checkout = shop.apply(content);
    ASSERT_TRUE(checkout);
    EXPECT_EQ(checkout->status, CheckoutStatus::ready_for_complete);
    EXPECT_EQ(total_of(*checkout).minor, 700);
}

TEST(ApplyContent, ApprovalStaysUntilThePurchaseChanges) {
    Shop shop;
    auto const content = content_of({{"", "shirt", 1}});
    auto checkout = *shop.apply(content);
    checkout.approval_required = true;
    auto const same = shop.apply(content, checkout);
    EXPECT_TRUE(same->approval_required);
    EXPECT_EQ(same->status, CheckoutStatus::requires_escalation);
    EXPECT_TRUE(has(*same, FindingCode::approval_required));
    auto const other = shop.apply(content_of({{"", "shirt", 2}}), checkout);
    EXPECT_FALSE(other->approval_required);
    EXPECT_EQ(other->status, CheckoutStatus::ready_for_complete);
}

TEST(ApplyContent, NewTimesAloneAreNoOtherPurchase) {
    Shop shop;
    auto const content = content_of({{"", "shirt", 1}});
    auto checkout = *shop.apply(content);
    checkout.approval_required = true;
    shop.now += std::chrono::hours(3);
    EXPECT_TRUE(shop.apply(content, checkout)->approval_required);
    auto elsewhere = content;
    elsewhere.methods[0].destinations[0].address.street_address = "2 Main St";
    EXPECT_FALSE(shop.apply(elsewhere, checkout)->approval_required);
}

TEST(ApplyContent, ConsentStaysUnlessItIsNamed) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}});
    content.buyer.consent = {{"dev.ucp.consent.marketing", true}, {"dev.ucp.consent.analytics", true}};
    auto const first = *shop.apply(content);
    content.buyer.consent = {{"dev.ucp.consent.marketing", false}};
    auto const second = *shop.apply(content, first);
    EXPECT_EQ(second.buyer.consent,
              (Consent{{"dev.ucp.consent.marketing", false}, {"dev.ucp.consent.analytics", true}}));
    content.buyer.consent.clear();
    EXPECT_EQ(shop.apply(content, second)->buyer.consent, second.buyer.consent);
}

TEST(ApplyContent, ConsentDoesNotGrowWithoutEnd) {
    Shop shop;
    auto checkout = *shop.apply(content_of({{"", "shirt", 1}}));
    for (std::size_t i = 0; i < limits::consent_purposes_max; ++i)
        checkout.buyer.consent.emplace("org.example.p" + std::to_string(i), true);
    auto content = content_of({{"", "shirt", 1}});
    content.buyer.consent = {{"org.example.p0", false}};
    EXPECT_TRUE(shop.apply(content, checkout));
    content.buyer.consent = {{"org.example.more", true}};
    auto const refused = shop.apply(content, checkout);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().pointer, "/buyer/consent");
}

TEST(ChooseCurrency, FollowsTheContextWhenEveryItemHasAPriceInIt) {
    Shop shop;
    shop.variant("shirt").offers.push_back({{1800, eur()}, {1800, eur()}});
    auto content = content_of({{"", "shirt", 1}});
    content.context.currency = "EUR";
    content.methods[0].destinations[0].address.country = "DE";
    auto const checkout = shop.apply(content);
    ASSERT_TRUE(checkout);
    EXPECT_EQ(total_of(*checkout), (Money{1800 + 450, eur()}));

    content.lines.push_back({"", "mug", 1});
    EXPECT_EQ(choose_currency(content, shop.facts(content), usd()), usd()) << "the mug has no price in EUR";
    content.lines[1].variant_id = "nonsense";
    EXPECT_EQ(choose_currency(content, shop.facts(content), usd()), eur()) << "an unknown item has no say";
    content.context.currency = "bogus";
    EXPECT_EQ(choose_currency(content, shop.facts(content), usd()), usd());
}

}  // namespace
}  // namespace b2a::domain::testing
