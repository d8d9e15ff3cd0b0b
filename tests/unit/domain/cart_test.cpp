// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

TEST(Cart, IsPricedLikeACheckoutWithoutShippingAndTax) {
    Shop shop;
    shop.taxes = {{"US", "", 100'000, "Tax"}};
    shop.promotions.push_back(Shop::automatic("auto", 100'000));
    shop.promotions.back().eligibility = "org.example.student";
    auto content = content_of({{"", "shirt", 1}, {"", "mug", 9}, {"", "nonsense", 1}});
    content.context.eligibility = {"org.example.student"};
    content.discount_codes = {"FREESHIP", "NOPE"};
    auto const cart = shop.fill(content);
    ASSERT_TRUE(cart);
    ASSERT_EQ(cart->lines.size(), 2U);
    EXPECT_EQ(cart->lines[1].id, "li_2");
    EXPECT_EQ(cart->lines[1].quantity, 5);
    EXPECT_TRUE(has(*cart, FindingCode::quantity_adjusted, "$.line_items[1]"));
    EXPECT_TRUE(has(*cart, FindingCode::item_unavailable, "$.line_items[2]"));
    EXPECT_TRUE(has(*cart, FindingCode::discount_code_invalid, "$.discounts.codes[1]"));
    EXPECT_TRUE(has(*cart, FindingCode::eligibility_accepted, "$.context.eligibility[0]"));
    ASSERT_EQ(cart->totals.size(), 3U);
    EXPECT_EQ(cart->totals[0], (Total{TotalKind::subtotal, 6995, "Subtotal"}));
    EXPECT_EQ(cart->totals[1], (Total{TotalKind::items_discount, -700, "Discount"}));
    EXPECT_EQ(cart->totals[2], (Total{TotalKind::total, 6295, "Total"}));
    EXPECT_EQ(cart->catalog_revision, 7U);
    EXPECT_FALSE(has(*cart, FindingCode::field_required)) << "a cart asks for nothing";
}

TEST(Cart, MayBeEmpty) {
    Shop shop;
    auto const cart = shop.fill(CheckoutContent());
    ASSERT_TRUE(cart);
    EXPECT_TRUE(cart->lines.empty());
    ASSERT_EQ(cart->totals.size(), 2U);
    EXPECT_EQ(cart->totals[1].minor, 0);
    EXPECT_TRUE(shop.fill(content_of({{"", "gone", 1}})));
}

TEST(Cart, IsReplacedAsAWholeExceptForConsent) {
    Shop shop;
    auto content = content_of({{"", "shirt", 1}, {"", "mug", 1}});
    content.discount_codes = {"SAVE10"};
    content.attribution = {{"utm_source", "a"}};
    content.buyer.consent = {{"dev.ucp.consent.marketing", true}};
    auto before = *shop.fill(content);
    before.id = CartId(std::array<std::uint8_t, 16>{1});
    before.owner = "https://agent.test";
    before.version = 3;
    auto const after = *shop.fill(content_of({{"", "mug", 2}}), before);
    EXPECT_EQ(after.lines.at(0).id, "li_2");
    EXPECT_TRUE(after.discounts.empty());
    EXPECT_TRUE(after.attribution.empty());
    EXPECT_EQ(after.buyer.consent.size(), 1U);
    EXPECT_EQ(after.id, before.id);
    EXPECT_EQ(after.owner, before.owner);
    EXPECT_EQ(after.version, 3U);
    EXPECT_EQ(*shop.fill(content_of({{"", "mug", 2}}), after), after);
}

TEST(Cart, RefusesWhatACheckoutRefuses) {
    Shop shop;
    EXPECT_FALSE(shop.fill(content_of({{"", "shirt", 0}})));
    std::vector<CheckoutContent::RequestedLine> many(limits::checkout_lines_max + 1, {"", "shirt", 1});
    EXPECT_FALSE(shop.fill(content_of(many)));
    shop.sell("moon", money_minor_max, std::nullopt);
    auto const cart = shop.fill(content_of({{"", "moon", 1}, {"", "moon", 1}}));
    ASSERT_FALSE(cart);
    EXPECT_EQ(cart.error().code, Code::unprocessable);
}

TEST(Cart, ConversionKeepsWhatTheCartSays) {
    Shop shop;
    auto content = content_of({{"", "mug", 1}, {"", "shirt", 2}});
    content.buyer.first_name = "Ada";
    content.buyer.consent = {{"dev.ucp.consent.marketing", false}};
    content.context.country = "US";
    content.context.eligibility = {"org.example.student"};
    content.attribution = {{"utm_source", "cart"}};
    content.discount_codes = {"SAVE10"};
    auto const cart = *shop.fill(content);

    auto overlay = content_of({{"", "ebook", 7}});
    overlay.buyer.email = "other@example.test";
    overlay.buyer.last_name = "Lovelace";
    overlay.buyer.consent = {{"dev.ucp.consent.marketing", true}, {"dev.ucp.consent.analytics", true}};
    overlay.context.country = "DE";
    overlay.context.language = "de";
    overlay.attribution = {{"utm_source", "checkout"}, {"utm_term", "x"}};
    overlay.discount_codes = {"FIVE"};
    auto const merged = convert(cart, overlay);
    ASSERT_EQ(merged.lines.size(), 2U);
    EXPECT_EQ(merged.lines[0].variant_id, "mug");
    EXPECT_EQ(merged.lines[1].quantity, 2);
    EXPECT_EQ(merged.buyer.email, "ada@example.test");
    EXPECT_EQ(merged.buyer.first_name, "Ada");
    EXPECT_EQ(merged.buyer.last_name, "Lovelace");
    EXPECT_EQ(merged.buyer.consent,
              (Consent{{"dev.ucp.consent.marketing", false}, {"dev.ucp.consent.analytics", true}}));
    EXPECT_EQ(merged.context.country, "US");
    EXPECT_EQ(merged.context.language, "de");
    EXPECT_EQ(merged.context.eligibility, std::vector<std::string>{"org.example.student"});
    EXPECT_EQ(merged.attribution, (std::map<std::string, std::string>{{"utm_source", "cart"}, {"utm_term", "x"}}));
    EXPECT_EQ(merged.discount_codes, std::vector<std::string>{"SAVE10"});
    EXPECT_EQ(merged.methods.size(), 1U) << "a cart knows no fulfilment";
}

TEST(Cart, ConversionOfAnEmptyCartTakesThePayload) {
    auto const merged = convert(Cart(), content_of({{"", "shirt", 1}}));
    ASSERT_EQ(merged.lines.size(), 1U);
    EXPECT_EQ(merged.buyer.email, "ada@example.test");
}

TEST(Cart, LineIdsSurviveConversion) {
    Shop shop;
    auto const first = *shop.fill(content_of({{"", "mug", 1}, {"", "shirt", 2}}));
    auto const cart = *shop.fill(content_of({{"", "shirt", 2}, {"", "ebook", 1}}), first);
    ASSERT_EQ(cart.lines.at(0).id, "li_2");
    Checkout base;
    base.currency = usd();
    base.lines = cart.lines;
    auto const merged = convert(cart, content_of({}));
    auto const checkout = *apply_content(base, merged, shop.facts(merged));
    EXPECT_EQ(checkout.lines.at(0).id, "li_2");
    EXPECT_EQ(checkout.lines.at(1).id, "li_3");
}

}  // namespace
}  // namespace b2a::domain::testing
