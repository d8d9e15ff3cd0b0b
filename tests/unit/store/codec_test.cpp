// SPDX-License-Identifier: Apache-2.0
#include "store/codec.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/codec.hpp"

namespace b2a::store {
namespace {

using namespace domain;

template <class T>
T any() {
    return *rc::gen::arbitrary<T>();
}
std::string text() {
    return any<std::string>();
}
std::int64_t number() {
    return any<std::int64_t>();
}
Timestamp time_point() {
    return from_micros(number());
}
Currency currency() {
    return *Currency::parse(*rc::gen::element<std::string>("USD", "EUR", "JPY", "KWD"));
}
Money money() {
    return {number(), any<bool>() ? currency() : Currency{}};
}
template <class E>
E choice(E last) {
    return static_cast<E>(*rc::gen::inRange(0, static_cast<int>(last) + 1));
}
template <class Make>
auto some(Make make) {
    std::vector<decltype(make())> out;
    auto const count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) out.push_back(make());
    return out;
}
template <class Make>
auto maybe(Make make) {
    return any<bool>() ? std::optional(make()) : std::nullopt;
}
template <class IdType>
IdType id() {
    return IdType(any<std::array<std::uint8_t, 16>>());
}

Quantity quantity() {
    return {number(), any<std::int8_t>(), text()};
}
Attribute attribute() {
    switch (*rc::gen::inRange(0, 3)) {
        case 0: return {text(), text()};
        case 1: return {text(), quantity()};
        default: return {text(), any<bool>()};
    }
}
Media media() {
    return {text(), text(), text()};
}
Variant variant() {
    return {text(),          text(),
            text(),          some([] { return OptionValue{text(), text()}; }),
            some(attribute), some([] { return Barcode{text(), text()}; }),
            some(media),     some([] { return Offer{money(), money()}; }),
            maybe(number),   choice(Delivery::digital),
            maybe(quantity)};
}
FoodInfo food() {
    FoodInfo out{text(), {}, some([] { return Nutrient{text(), number()}; }), text(), some([] {
                     return DietClaim{choice(Diet::low_salt), choice(DietStatus::unsuitable), text()};
                 })};
    for (std::size_t i = 0; i < allergen_count; ++i)
        out.allergens.set(static_cast<Allergen>(i), choice(AllergenStatus::contains));
    if (any<bool>()) out.allergens.mark_complete();
    return out;
}
Product product() {
    return {text(),
            text(),
            text(),
            text(),
            text(),
            some(text),
            some(text),
            some(attribute),
            some(media),
            maybe(food),
            some([] { return Edge{choice(EdgeType::part_of_look), text(), text(), any<std::uint32_t>()}; }),
            some(variant)};
}
Buyer buyer() {
    return {text(), text(), text(), text(), any<std::map<std::string, bool>>()};
}
Address address() {
    return {text(), text(), text(), text(), text(), text(), text(), text(), text()};
}
Destination destination() {
    return {text(), text(), address()};
}
Line line() {
    return {text(), text(), text(), text(), text(), number(), number(), choice(Delivery::digital), number()};
}
AppliedDiscount discount() {
    return {text(), text(), number(), some(number), text(), any<bool>(), text(), number(), text()};
}
AppliedTax tax() {
    return {text(), text(), number(), number(), number(), text()};
}
Disclosure disclosure() {
    return {choice(DisclosureCode::legal_guarantee), text(), text(), text(), text()};
}
ShippingOption option() {
    return {text(), text(), text(), text(), number(), time_point(), time_point()};
}
FulfillmentMethod method() {
    return {text(), choice(FulfillmentKind::pickup), some(text), some(destination), text(), some(option), text()};
}
Context context() {
    return {text(), text(), text(), text(), text(), text(), some(text)};
}
Finding finding() {
    return {choice(domain::last_finding_code), choice(Severity::unrecoverable), text(), text()};
}
Payment payment() {
    return {some([] { return Instrument{text(), text(), text(), any<bool>(), text(), text()}; }),
            choice(PaymentState::unknown), text(), number()};
}
Total total() {
    return {choice(TotalKind::total), number(), text()};
}
std::map<std::string, std::string> attribution() {
    return any<std::map<std::string, std::string>>();
}

Checkout checkout() {
    Checkout out;
    out.id = id<CheckoutId>();
    out.version = any<std::uint64_t>();
    out.owner = text();
    out.status = choice(CheckoutStatus::canceled);
    out.currency = currency();
    out.lines = some(line);
    out.buyer = buyer();
    out.context = context();
    out.attribution = attribution();
    out.discount_codes = some(text);
    out.discounts = some(discount);
    out.fulfillment = {some(method), any<bool>()};
    out.payment = payment();
    out.totals = some(total);
    out.findings = some(finding);
    out.approval_required = any<bool>();
    out.created = time_point();
    out.expires = time_point();
    out.order_id = maybe(id<OrderId>);
    out.catalog_revision = any<std::uint64_t>();
    out.subscription = {text(), text()};
    out.cart_id = maybe(id<CartId>);
    out.mandate_required = any<bool>();
    out.mandate_strikes = number();
    out.terms = {{text(), text()}};
    out.taxes = some(tax);
    out.disclosures = some(disclosure);
    return out;
}

Cart cart() {
    Cart out;
    out.id = id<CartId>();
    out.version = any<std::uint64_t>();
    out.owner = text();
    out.canceled = any<bool>();
    out.currency = currency();
    out.lines = some(line);
    out.buyer = buyer();
    out.context = context();
    out.attribution = attribution();
    out.discount_codes = some(text);
    out.discounts = some(discount);
    out.totals = some(total);
    out.findings = some(finding);
    out.created = time_point();
    out.expires = time_point();
    out.checkout_id = maybe(id<CheckoutId>);
    out.catalog_revision = any<std::uint64_t>();
    out.disclosures = some(disclosure);
    return out;
}

std::vector<LineQuantity> quantities() {
    return some([] { return LineQuantity{text(), number()}; });
}

Order order() {
    Order out;
    out.id = id<OrderId>();
    out.checkout_id = id<CheckoutId>();
    out.version = any<std::uint64_t>();
    out.owner = text();
    out.created = time_point();
    out.currency = currency();
    out.lines = some(line);
    out.buyer = buyer();
    out.attribution = attribution();
    out.discounts = some(discount);
    out.methods = some(method);
    out.totals = some(total);
    out.payment = payment();
    out.events = some([] {
        return FulfillmentEvent{text(), time_point(), choice(FulfillmentEventType::delivered), text(), text(), text(),
                                text(), quantities()};
    });
    out.adjustments = some([] {
        return Adjustment{text(),       text(),   time_point(), choice(AdjustmentStatus::failed),
                          quantities(), number(), text()};
    });
    out.subscription = {text(), text()};
    out.label = text();
    out.catalog_revision = any<std::uint64_t>();
    out.taxes = some(tax);
    out.disclosures = some(disclosure);
    return out;
}

/// Round trip, and: no prefix of the bytes (of long ones: 128 of them) and no extension decodes, and no changed byte
/// does harm.
template <class T, class Decode>
void check(T const& value, Decode decode) {
    auto const body = encode(value);
    auto const back = decode(ByteView(body));
    RC_ASSERT(back.ok());
    RC_ASSERT(*back == value);
    RC_ASSERT(encode(*back) == body);
    auto const step = std::max<std::size_t>(1, body.size() / 128);
    for (std::size_t n = 0; n < body.size(); n += step) RC_ASSERT(!decode(ByteView(body).first(n)).ok());
    auto longer = body;
    longer.push_back(0);
    RC_ASSERT(!decode(ByteView(longer)).ok());
    for (int i = 0; i < 32; ++i) {
        auto damaged = body;
        damaged[*rc::gen::inRange<std::size_t>(0, damaged.size())] = any<std::uint8_t>();
        static_cast<void>(decode(ByteView(damaged)));
    }
}

RC_GTEST_PROP(Codec, Products, ()) {
    check(product(), decode_product);
}
RC_GTEST_PROP(Codec, Checkouts, ()) {
    check(checkout(), decode_checkout);
}
RC_GTEST_PROP(Codec, Orders, ()) {
    check(order(), decode_order);
}
RC_GTEST_PROP(Codec, Carts, ()) {
    check(cart(), decode_cart);
}
RC_GTEST_PROP(Codec, Locations, ()) {
    auto const minutes = [] { return any<std::int32_t>(); };
    Location out;
    out.id = text();
    out.name = text();
    out.address = address();
    out.geo = maybe([] { return GeoPoint{number(), number()}; });
    out.timezone = text();
    out.hours = some([&] { return DailyHours{any<std::uint8_t>(), minutes(), minutes()}; });
    out.exceptions = some([&] { return ExceptionHours{text(), text(), any<bool>(), minutes(), minutes(), text()}; });
    out.amenities = some([] { return Amenity{text(), text()}; });
    out.pickup = any<bool>();
    out.pickup_hours = minutes();
    out.excluded = some(text);
    check(out, decode_location);
}
RC_GTEST_PROP(Codec, SizeCharts, ()) {
    SizeChart out;
    out.id = text();
    out.brand = text();
    out.garment = choice(Garment::belt);
    out.audience = choice(Audience::babies);
    out.system = choice(SizeSystem::letter);
    out.rows = some([] {
        return SizeRow{text(), some([] { return SizeEquivalent{choice(SizeSystem::letter), text()}; }), some([] {
                           return MeasureRange{choice(Measurement::foot), any<std::int32_t>(), any<std::int32_t>()};
                       })};
    });
    out.source = text();
    out.synthetic = any<bool>();
    check(out, decode_size_chart);
}
RC_GTEST_PROP(Codec, OccasionsAndLooks, ()) {
    check(Occasion{text(), text(), some(text), some(text), text()}, decode_occasion);
    auto const slot = [] { return LookSlot{text(), some(text), some(text), number(), any<bool>(), any<bool>()}; };
    check(Look{text(), text(), text(), text(), some(text), some(text), some(slot), text(), any<bool>()}, decode_look);
}
RC_GTEST_PROP(Codec, Promotions, ()) {
    Promotion const promotion{text(),
                              text(),
                              text(),
                              choice(PromotionKind::free_shipping),
                              number(),
                              some(money),
                              maybe(time_point),
                              maybe(time_point),
                              any<bool>(),
                              text(),
                              some(money)};
    check(promotion, decode_promotion);
}
RC_GTEST_PROP(Codec, ShippingMethods, ()) {
    ShippingMethod const method{
        text(), text(), text(), text(), some(text), some(money), some(money), any<std::int32_t>(), any<std::int32_t>()};
    check(method, decode_shipping);
}
RC_GTEST_PROP(Codec, TaxesAndBrands, ()) {
    check(TaxRate{text(), text(), number(), text()}, decode_tax);
    check(Brand{text(), text(), text(), text()}, decode_brand);
}

RC_GTEST_PROP(Codec, AnyBytesAreAnAnswer, (Bytes bytes)) {
    bytes.insert(bytes.begin(), 0);
    for (std::uint8_t version = 1; version <= 5; ++version) {
        bytes.front() = version;
        static_cast<void>(decode_product(bytes));
        static_cast<void>(decode_cart(bytes));
        static_cast<void>(decode_checkout(bytes));
        static_cast<void>(decode_order(bytes));
        static_cast<void>(decode_promotion(bytes));
        static_cast<void>(decode_location(bytes));
        static_cast<void>(decode_size_chart(bytes));
        static_cast<void>(decode_look(bytes));
    }
}

TEST(Codec, RefusesAnotherFormat) {
    auto body = encode(Brand{"a", "b", "c", "d"});
    for (auto const version : {std::uint8_t{0}, std::uint8_t{6}, std::uint8_t{127}}) {
        body[0] = version;
        auto const decoded = decode_brand(body);
        ASSERT_FALSE(decoded.ok());
        EXPECT_EQ(decoded.error().code, Code::store_unavailable);
    }
}

TEST(Codec, RefusesValuesOutsideTheirType) {
    auto const encode_promotion = [](std::uint64_t kind, std::uint64_t stackable, std::string_view currency) {
        Encoder out;
        out.u64(1);
        out.text("CODE");
        out.text("title");
        out.u64(kind);
        out.i64(0);
        out.u64(1);
        out.i64(500);
        out.raw(as_bytes(currency));
        out.boolean(false);
        out.boolean(false);
        out.u64(stackable);
        return std::move(out).take();
    };
    EXPECT_TRUE(decode_promotion(encode_promotion(2, 1, "EUR")).ok());
    EXPECT_FALSE(decode_promotion(encode_promotion(3, 1, "EUR")).ok());
    EXPECT_FALSE(decode_promotion(encode_promotion(2, 2, "EUR")).ok());
    EXPECT_FALSE(decode_promotion(encode_promotion(2, 1, "E?R")).ok());
}

TEST(Codec, AHugeCountDoesNotAllocate) {
    Encoder out;
    out.u64(1);
    for (int i = 0; i < 5; ++i) out.text("");
    out.u64(~std::uint64_t{0});
    EXPECT_FALSE(decode_product(out.view()).ok());
}

}  // namespace
}  // namespace b2a::store
