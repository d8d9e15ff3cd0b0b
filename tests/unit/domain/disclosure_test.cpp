// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/disclosure.hpp"

#include <gtest/gtest.h>

#include "b2a/domain/order.hpp"

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

Disclosure const* find(Disclosures const& disclosures, DisclosureCode code, std::string const& path = {}) {
    auto const found = std::ranges::find_if(
        disclosures, [&](auto const& d) { return d.code == code && (path.empty() || d.path == path); });
    return found == disclosures.end() ? nullptr : &*found;
}

TEST(UnitPrice, IsPerKilogramLitreMetreOrPiece) {
    auto const amount = [](std::int64_t minor, Quantity const& measure) {
        auto const unit = unit_price_of({minor, eur()}, measure);
        return unit ? std::optional(unit->amount.minor) : std::nullopt;
    };
    EXPECT_EQ(amount(299, {250, 0, "g"}), 1196);
    EXPECT_EQ(amount(1490, {500, 0, "ml"}), 2980);
    EXPECT_EQ(amount(2590, {1, 0, "l"}), 2590);
    EXPECT_EQ(amount(100, {15, 1, "kg"}), 67);  // 66.67, half up
    EXPECT_EQ(amount(1, {2, 0, "kg"}), 1);      // 0.5, half up
    EXPECT_EQ(amount(1, {3, 0, "kg"}), 0);      // 0.33
    EXPECT_EQ(amount(500, {10, 0, "pcs"}), 50);
    EXPECT_EQ(amount(500, {10, 0, "parsec"}), std::nullopt);
    EXPECT_EQ(amount(500, {0, 0, "g"}), std::nullopt);
    EXPECT_EQ(amount(500, {-1, 0, "g"}), std::nullopt);
    EXPECT_EQ(amount(money_minor_max, {1, 0, "mg"}), std::nullopt) << "out of range is no price";
    auto const unit = unit_price_of({299, eur()}, {250, 0, "g"});
    EXPECT_EQ(unit->reference, (Quantity{1000, 0, "g"})) << "one unit for both, as UCP asks";
}

TEST(UnitPrice, MeasuresAreReadFromWhatIsDeclared) {
    EXPECT_EQ(measure_from_text("250 g"), (Quantity{250, 0, "g"}));
    EXPECT_EQ(measure_from_text(" 1,5 L"), (Quantity{15, 1, "l"}));
    EXPECT_EQ(measure_from_text("6 x 330 ml"), (Quantity{1980, 0, "ml"}));
    EXPECT_EQ(measure_from_text("2×0.5kg"), (Quantity{10, 1, "kg"}));
    for (auto const* text : {"", "g", "250", "about 250 g", "250 g net", "0 g", "1.2.3 g", "9999999999999 g", "2 x g"})
        EXPECT_EQ(measure_from_text(text), std::nullopt) << text;
}

TEST(UnitPrice, ANetContentOfTheProductSaysNothingAboutSeveralSizes) {
    Product product;
    product.food.emplace();
    product.food->net_content = "250 g";
    product.variants.resize(1);
    EXPECT_TRUE(measure_of(product, product.variants[0]));
    product.variants.resize(2);
    EXPECT_FALSE(measure_of(product, product.variants[0]));
    product.variants[1].measure = Quantity{1, 0, "kg"};
    EXPECT_EQ(measure_of(product, product.variants[1]), (Quantity{1, 0, "kg"}));
}

ProductShown shown_of(Product const& product, Detail detail = Detail::whole) {
    ProductShown shown{&product, "$", {}, detail};
    for (std::size_t i = 0; i < product.variants.size(); ++i)
        for (auto const& offer : product.variants[i].offers)
            shown.offers.push_back({&product.variants[i], &offer, "$.variants[" + std::to_string(i) + "]"});
    return shown;
}

TEST(RequiredDisclosures, UnknownAllergensAreNeverFreeFrom) {
    Shop const shop;
    auto product = shop.products[0];
    LegalTerms const terms;
    EXPECT_EQ(find(required_disclosures(shown_of(product), terms), DisclosureCode::allergens_unknown), nullptr)
        << "a shirt is no food";
    product.food.emplace();
    auto const none = required_disclosures(shown_of(product, Detail::listing), terms);
    ASSERT_NE(find(none, DisclosureCode::allergens_unknown, "$"), nullptr);
    product.food->allergens.set(Allergen::milk, AllergenStatus::contains);
    auto const some = required_disclosures(shown_of(product), terms);
    ASSERT_NE(find(some, DisclosureCode::allergens_unknown), nullptr);
    EXPECT_EQ(find(some, DisclosureCode::allergens_unknown)->detail.find("milk"), std::string::npos);
    EXPECT_NE(find(some, DisclosureCode::allergens_unknown)->detail.find("gluten"), std::string::npos);
    product.food->allergens.mark_complete();
    EXPECT_EQ(find(required_disclosures(shown_of(product), terms), DisclosureCode::allergens_unknown), nullptr);
}

TEST(RequiredDisclosures, RightsStandWhereABuyerDecides) {
    Shop const shop;
    LegalTerms terms;
    terms.withdrawal_url = "https://shop.test/withdraw";
    auto const whole = required_disclosures(shown_of(shop.products[0]), terms);
    ASSERT_NE(find(whole, DisclosureCode::withdrawal_right, "$"), nullptr);
    EXPECT_EQ(find(whole, DisclosureCode::withdrawal_right)->detail, "14");
    EXPECT_EQ(find(whole, DisclosureCode::withdrawal_right)->url, "https://shop.test/withdraw");
    EXPECT_NE(find(whole, DisclosureCode::legal_guarantee), nullptr);
    EXPECT_TRUE(required_disclosures(shown_of(shop.products[0], Detail::listing), terms).empty());
    terms.eu_consumer_law = false;
    EXPECT_TRUE(required_disclosures(shown_of(shop.products[0]), terms).empty());
}

TEST(RequiredDisclosures, ExemptGoodsSayWhy) {
    Shop const shop;
    LegalTerms terms;
    terms.exempt = {{"Food/Fresh", WithdrawalExemption::perishable}};
    auto product = shop.products[0];
    product.categories = {"food/fresh/Cheese"};
    auto const exempt = required_disclosures(shown_of(product), terms);
    EXPECT_EQ(find(exempt, DisclosureCode::withdrawal_right), nullptr);
    ASSERT_NE(find(exempt, DisclosureCode::withdrawal_exempt), nullptr);
    EXPECT_EQ(find(exempt, DisclosureCode::withdrawal_exempt)->detail, "perishable");
    EXPECT_NE(find(exempt, DisclosureCode::withdrawal_exempt)->content.find("16(d)"), std::string::npos);
    terms.exempt.push_back({"Food/Fresh/Cheese/Aged", WithdrawalExemption::sealed_hygiene});
    product.categories = {"Food/Fresh/Cheese/Aged/12 months"};
    EXPECT_EQ(find(required_disclosures(shown_of(product), terms), DisclosureCode::withdrawal_exempt)->detail,
              "sealed_hygiene")
        << "the narrowest category decides";
    product.categories = {"Food/Freshly ground"};
    EXPECT_NE(find(required_disclosures(shown_of(product), terms), DisclosureCode::withdrawal_right), nullptr);
}

TEST(RequiredDisclosures, OfACheckoutConcernItsLines) {
    Shop shop;
    shop.products[1].food.emplace();
    shop.variant("mug").measure = Quantity{500, 0, "g"};
    auto const checkout = shop.apply(content_of({{"", "gone", 1}, {"", "mug", 1}, {"", "ebook", 1}})).value();
    ASSERT_EQ(checkout.lines.size(), 2U);
    auto const& all = checkout.disclosures;
    EXPECT_NE(find(all, DisclosureCode::allergens_unknown, "$.line_items[0]"), nullptr);
    ASSERT_NE(find(all, DisclosureCode::unit_price, "$.line_items[0]"), nullptr);
    EXPECT_EQ(find(all, DisclosureCode::unit_price)->content, "19.98 USD per 1000 g");
    ASSERT_NE(find(all, DisclosureCode::withdrawal_exempt, "$.line_items[1]"), nullptr);
    EXPECT_EQ(find(all, DisclosureCode::withdrawal_exempt)->detail, "digital_content");
    EXPECT_NE(find(all, DisclosureCode::withdrawal_right, "$.line_items"), nullptr);
    EXPECT_NE(find(all, DisclosureCode::legal_guarantee), nullptr);
    EXPECT_EQ(find(all, DisclosureCode::price_personalised), nullptr);
}

TEST(RequiredDisclosures, APriceThatRestsOnAClaimIsPersonalised) {
    Shop shop;
    shop.promotions.push_back(Shop::automatic("student", 50'000));
    shop.promotions.back().eligibility = "org.example.student";
    auto content = content_of({{"", "shirt", 1}});
    content.context.eligibility = {"org.example.student"};
    auto const checkout = shop.apply(content).value();
    auto const* personalised = find(checkout.disclosures, DisclosureCode::price_personalised, "$.totals");
    ASSERT_NE(personalised, nullptr);
    EXPECT_EQ(personalised->detail, "org.example.student");
    auto const cart = shop.fill(content).value();
    EXPECT_NE(find(cart.disclosures, DisclosureCode::price_personalised), nullptr);
}

TEST(RequiredDisclosures, APolicyMayObligeToMore) {
    Shop shop;
    shop.legal.eu_consumer_law = false;
    shop.products[1].food.emplace();
    shop.products[1].food->allergens.set(Allergen::nuts, AllergenStatus::contains);
    auto checkout = shop.apply(content_of({{"", "mug", 1}})).value();
    EXPECT_TRUE(checkout.disclosures.empty());
    disclose(checkout, shop.facts(checkout), obliged_by({"receipt", "disclose_allergens", "disclose_guarantee"}));
    ASSERT_NE(find(checkout.disclosures, DisclosureCode::allergens), nullptr);
    EXPECT_EQ(find(checkout.disclosures, DisclosureCode::allergens)->content, "Contains: nuts.");
    EXPECT_NE(find(checkout.disclosures, DisclosureCode::allergens_unknown), nullptr);
    EXPECT_NE(find(checkout.disclosures, DisclosureCode::legal_guarantee), nullptr);
    EXPECT_EQ(find(checkout.disclosures, DisclosureCode::withdrawal_right), nullptr);
}

TEST(Withdrawal, TheDeadlineIsTheEndOfTheFourteenthDayAfterTheLastDelivery) {
    Shop const shop;
    auto order = make_order(shop.apply(content_of({{"", "mug", 2}, {"", "ebook", 1}})).value(), OrderId(), at_noon());
    EXPECT_EQ(withdrawal_deadline(order, 14), std::nullopt) << "nothing has arrived";
    auto const delivered = [&](std::string id, int days, std::int64_t units) {
        FulfillmentEvent event{std::move(id),
                               at_noon() + std::chrono::days(days),
                               FulfillmentEventType::delivered,
                               "",
                               "",
                               "",
                               "",
                               {{order.lines[0].id, units}}};
        order.events.push_back(event);
    };
    delivered("e1", 2, 1);
    EXPECT_EQ(withdrawal_deadline(order, 14), std::nullopt) << "half is on its way";
    delivered("e2", 5, 1);
    auto const deadline = withdrawal_deadline(order, 14);
    ASSERT_TRUE(deadline);
    EXPECT_EQ(to_rfc3339(*deadline), to_rfc3339(at_noon() + std::chrono::days(19)).substr(0, 10) + "T23:59:59.000Z");
    auto const now = current_disclosures(order);
    ASSERT_NE(find(now, DisclosureCode::withdrawal_right), nullptr);
    EXPECT_EQ(find(now, DisclosureCode::withdrawal_right)->detail, to_rfc3339(*deadline));
    EXPECT_EQ(find(order.disclosures, DisclosureCode::withdrawal_right)->detail, "14") << "what was said stays";
}

TEST(Withdrawal, ExemptionsHaveNames) {
    for (auto const one : {WithdrawalExemption::custom_made, WithdrawalExemption::perishable,
                           WithdrawalExemption::sealed_hygiene, WithdrawalExemption::digital_content})
        EXPECT_EQ(exemption_from_text(to_text(one)), one);
    EXPECT_EQ(exemption_from_text("because"), std::nullopt);
}

}  // namespace
}  // namespace b2a::domain::testing
