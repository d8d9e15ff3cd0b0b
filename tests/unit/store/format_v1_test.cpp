// SPDX-License-Identifier: Apache-2.0
// Rows of the first format are read as what the second one would have written.
#include <gtest/gtest.h>

#include "b2a/base/codec.hpp"

#include "store/codec.hpp"
#include "store/documents.hpp"
#include "unit/store/rows_v1.hpp"

namespace b2a::store {
namespace {

using namespace domain;

Timestamp at(std::int64_t seconds) {
    return from_micros(1'700'000'000'000'000 + seconds * 1'000'000);
}
template <class IdType>
IdType id_of(std::uint8_t n) {
    std::array<std::uint8_t, 16> bytes{};
    bytes[15] = n;
    return IdType(bytes);
}
Currency usd() {
    return *Currency::parse("USD");
}

Destination home() {
    return {"home", "", {"Ada", "Lovelace", "1 Main St", "Apt 2", "Springfield", "IL", "62701", "US", "+12025550100"}};
}
Destination work() {
    return {"work", "", {"Ada", "Lovelace", "2 Side St", "", "Springfield", "IL", "62702", "US", ""}};
}
ShippingOption standard() {
    return {"standard", "Standard", "In 3 to 5 days", "Post", 500, at(3 * 86400), at(5 * 86400)};
}
ShippingOption express() {
    return {"express", "Express", "Tomorrow", "DHL", 1500, at(86400), at(86400)};
}
Line hoodie() {
    return {"li_1", "hoodie-m", "hoodie",           "Hoodie / M", "https://shop.example/h.svg",
            2,      7900,       Delivery::physical, 1580};
}
Line voucher() {
    return {"li_2", "voucher", "voucher", "Gift voucher", "", 1, 1000, Delivery::digital, 100};
}
Line socks() {
    return {"li_3", "socks", "socks", "Socks", "", 3, 900, Delivery::physical, 0};
}
FulfillmentMethod shipping() {
    return {"shipping", FulfillmentKind::shipping, {"li_1", "li_3"}, {home(), work()},
            "home",     {standard(), express()},   "standard"};
}

Checkout open_checkout() {
    Checkout out;
    out.id = id_of<CheckoutId>(3);
    out.version = 1;
    out.owner = "https://agent.example/profile";
    out.status = CheckoutStatus::incomplete;
    out.currency = usd();
    out.lines = {hoodie(), voucher(), socks()};
    out.buyer = {"Ada", "Lovelace", "ada@example.com", "+12025550100", {}};
    out.context = {"US", "IL", "62701", "en", "USD", "a gift", {}};
    out.attribution = {{"utm_source", "agent"}};
    out.discount_codes = {"save10", "NOPE"};
    out.fulfillment.methods = {{"shipping", FulfillmentKind::shipping, {"li_1", "li_3"}, {}, "", {}, ""}};
    out.approval_required = true;
    out.created = at(0);
    out.expires = at(100);
    out.catalog_revision = 7;
    return out;
}

Checkout completed_checkout() {
    auto out = open_checkout();
    out.id = id_of<CheckoutId>(1);
    out.version = 3;
    out.status = CheckoutStatus::completed;
    out.discounts = {{"save10", "Ten percent off", 1680, {1580, 100, 0}, "", false, "", 0, ""}};
    out.fulfillment.methods = {shipping()};
    out.payment = {{{"pi_1", "sandbox_card", "card", true, "visa", "4242"}}, PaymentState::authorized, "ref-1", 1};
    out.totals = {{TotalKind::items_discount, -1680, "Discount"}, {TotalKind::total, 16596, "Total"}};
    out.findings = {{FindingCode::price_changed, Severity::warning, "$.line_items[0]", "The price changed."}};
    out.order_id = id_of<OrderId>(2);
    return out;
}

Order shipped_order() {
    auto const checkout = completed_checkout();
    std::vector<LineQuantity> const goods{{"li_1", 2}, {"li_3", 3}};
    Order out;
    out.id = id_of<OrderId>(2);
    out.checkout_id = checkout.id;
    out.version = 4;
    out.owner = checkout.owner;
    out.created = at(50);
    out.currency = usd();
    out.lines = checkout.lines;
    out.buyer = checkout.buyer;
    out.attribution = checkout.attribution;
    out.discounts = checkout.discounts;
    out.methods = {
        {"shipping", FulfillmentKind::shipping, {"li_1", "li_3"}, {home()}, "home", {standard()}, "standard"}};
    out.totals = checkout.totals;
    out.payment = checkout.payment;
    out.events = {{"evt_1", at(60), FulfillmentEventType::processing, "", "", "", "", goods},
                  {"evt_2", at(70), FulfillmentEventType::shipped, "DHL", "123", "https://dhl.example/123", "", goods},
                  {"evt_3", at(80), FulfillmentEventType::delivered, "", "", "", "", goods}};
    out.label = "1001";
    return out;
}

/// The first format gives `expected`, which the second one keeps.
template <class T, class Decode>
void reads(std::string_view row, T const& expected, Decode decode) {
    auto const body = v1::bytes_of(row);
    auto const decoded = decode(ByteView(body));
    ASSERT_TRUE(decoded.ok());
    EXPECT_TRUE(*decoded == expected);
    auto const again = encode(*decoded);
    EXPECT_FALSE(is_current(body));
    EXPECT_TRUE(is_current(again));
    EXPECT_TRUE(decode(ByteView(again)).value() == expected);
    for (std::size_t n = 0; n < body.size(); ++n) EXPECT_FALSE(decode(ByteView(body).first(n)).ok()) << n;
    auto longer = body;
    longer.push_back(0);
    EXPECT_FALSE(decode(ByteView(longer)).ok());
}

TEST(FormatV1, ACheckoutsShipmentBecomesAMethodOverThePhysicalLines) {
    reads(v1::checkout_row, completed_checkout(), decode_checkout);
}

TEST(FormatV1, WithoutADestinationTheMethodStillHoldsThePhysicalLines) {
    reads(v1::open_checkout_row, open_checkout(), decode_checkout);
}

TEST(FormatV1, DigitalGoodsHaveNoMethod) {
    auto expected = open_checkout();
    expected.id = id_of<CheckoutId>(4);
    expected.lines = {voucher()};
    expected.fulfillment = {};
    reads(v1::digital_checkout_row, expected, decode_checkout);
}

TEST(FormatV1, AnOrdersShipmentAndEventsCoverThePhysicalLines) {
    reads(v1::order_row, shipped_order(), decode_order);
}

TEST(FormatV1, EventsOfADigitalOrderCoverItsLines) {
    auto expected = shipped_order();
    expected.id = id_of<OrderId>(5);
    expected.version = 2;
    expected.lines = {voucher()};
    expected.methods.clear();
    expected.events = {{"evt_1", at(60), FulfillmentEventType::processing, "", "", "", "", {{"li_2", 1}}}};
    reads(v1::digital_order_row, expected, decode_order);
}

TEST(FormatV1, APromotionIsNamedByItsCode) {
    Promotion expected;
    expected.id = "SAVE10";
    expected.code = "SAVE10";
    expected.title = "Ten percent off";
    expected.rate_ppm = 100'000;
    expected.amounts = {{500, usd()}};
    expected.valid_from = at(1);
    expected.valid_until = at(9);
    expected.stackable = true;
    reads(v1::promotion_row, expected, decode_promotion);
}

TEST(FormatV1, WhatDidNotChangeIsReadAsItWas) {
    ShippingMethod const method{
        "standard", "Standard", "In 3 to 5 days", "Post", {"US", "CA"}, {{500, usd()}}, {{5000, usd()}}, 3, 5};
    reads(v1::shipping_row, method, decode_shipping);
    reads(v1::tax_row, TaxRate{"US", "IL", 62'500, "Illinois sales tax"}, decode_tax);
    reads(v1::brand_row, Brand{"northlight", "Northlight", "Clothes", "https://shop.example"}, decode_brand);
    Product product;
    product.id = "hoodie";
    product.brand = "northlight";
    product.title = "Hoodie";
    product.attributes = {{"material", std::string("cotton")}, {"organic", true}};
    Variant variant;
    variant.id = "hoodie-m";
    variant.sku = "H-M";
    variant.title = "M";
    variant.options = {{"size", "M"}};
    variant.offers = {{{7900, usd()}, {8900, usd()}}};
    variant.declared_stock = 5;
    product.variants = {variant};
    reads(v1::product_row, product, decode_product);
}

TEST(FormatV1, DocumentsAreComparedInTheCurrentForm) {
    auto const row = v1::bytes_of(v1::brand_row);
    EXPECT_EQ(in_current_form(DocumentKind::brand, row).value(), encode(decode_brand(row).value()));
    auto const current = encode(Brand{"a", "b", "c", "d"});
    EXPECT_EQ(in_current_form(DocumentKind::brand, current).value(), current);
    EXPECT_EQ(in_current_form(DocumentKind::brand, {1, 0xff}).error().code, Code::store_unavailable);
    EXPECT_EQ(in_current_form(static_cast<DocumentKind>(9), row).error().code, Code::store_unavailable);
}

}  // namespace
}  // namespace b2a::store
