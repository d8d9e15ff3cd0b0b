// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/limits.hpp"
#include "b2a/domain/order.hpp"

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

using Type = FulfillmentEventType;
using Lines = std::vector<LineQuantity>;

/// Three shirts in a parcel, two mugs to collect, an e-book.
Order an_order() {
    Shop const shop;
    auto content = content_of({{"", "shirt", 3}, {"", "mug", 2}, {"", "ebook", 1}});
    content.methods.push_back(method_of(FulfillmentKind::pickup, {"li_2"}, "soho"));
    return make_order(*shop.apply(content), OrderId(), at_noon());
}

FulfillmentEvent event_of(Type type, Lines lines = {}) {
    FulfillmentEvent event;
    event.id = "ev";
    event.type = type;
    event.lines = std::move(lines);
    return event;
}

Adjustment adjustment_of(Lines lines, std::int64_t minor, AdjustmentStatus status = AdjustmentStatus::completed) {
    Adjustment adjustment;
    adjustment.type = "refund";
    adjustment.lines = std::move(lines);
    adjustment.minor = minor;
    adjustment.status = status;
    return adjustment;
}

std::string pointer_of(Result<Order> const& result) {
    if (result) return "(no error)";
    EXPECT_EQ(result.error().code, Code::unprocessable);
    return result.error().pointer;
}

TEST(OrderEvents, DigitalLinesAreThereFromTheStart) {
    auto const order = an_order();
    EXPECT_EQ(fulfilled_quantity(order, order.lines[0]), 0);
    EXPECT_EQ(fulfilled_quantity(order, order.lines[2]), 1);
    EXPECT_EQ(pointer_of(record(order, event_of(Type::shipped, {{"li_3", 1}}))), "/line_items/0/quantity");
}

TEST(OrderEvents, WithoutLinesConcernEverythingThatIsLeft) {
    auto order = *record(an_order(), event_of(Type::processing));
    EXPECT_EQ(order.events[0].lines, (Lines{{"li_1", 3}, {"li_2", 2}}));
    EXPECT_EQ(fulfilled_quantity(order, order.lines[0]), 0) << "packing is not sending";
    order = *record(order, event_of(Type::shipped, {{"li_1", 1}}));
    EXPECT_EQ(fulfilled_quantity(order, order.lines[0]), 1);
    order = *record(order, event_of(Type::shipped));
    EXPECT_EQ(order.events[2].lines, (Lines{{"li_1", 2}, {"li_2", 2}}));
    EXPECT_EQ(fulfilled_quantity(order, order.lines[0]), 3);
    EXPECT_EQ(pointer_of(record(order, event_of(Type::shipped))), "/type");
    EXPECT_EQ(pointer_of(record(order, event_of(Type::processing))), "/type");
    order = *record(order, event_of(Type::delivered));
    EXPECT_EQ(order.events[3].lines, (Lines{{"li_1", 3}, {"li_2", 2}}));
    EXPECT_EQ(pointer_of(record(order, event_of(Type::delivered))), "/type");
}

TEST(OrderEvents, ParcelsAreShippedBeforeTheyAreDelivered) {
    auto const order = an_order();
    EXPECT_EQ(pointer_of(record(order, event_of(Type::delivered, {{"li_1", 1}}))), "/line_items/0/quantity");
    auto const shipped = *record(order, event_of(Type::shipped, {{"li_1", 2}}));
    EXPECT_EQ(pointer_of(record(shipped, event_of(Type::delivered, {{"li_1", 3}}))), "/line_items/0/quantity");
    EXPECT_TRUE(record(shipped, event_of(Type::delivered, {{"li_1", 2}})));
    Shop const shop;
    auto const parcel = make_order(*shop.apply(content_of({{"", "shirt", 1}})), OrderId(), at_noon());
    auto const refused = record(parcel, event_of(Type::delivered));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().pointer, "/type");
    EXPECT_EQ(refused.error().detail, "goods are shipped before they are delivered");
}

TEST(OrderEvents, WhatIsCollectedNeedsNoCarrier) {
    auto const order = *record(an_order(), event_of(Type::delivered));
    EXPECT_EQ(order.events[0].lines, (Lines{{"li_2", 2}})) << "the parcel is still here";
    EXPECT_EQ(fulfilled_quantity(order, order.lines[1]), 2);
    EXPECT_EQ(pointer_of(record(order, event_of(Type::shipped, {{"li_2", 1}}))), "/line_items/0/quantity");
}

TEST(OrderEvents, RefuseWhatTheOrderDoesNotHold) {
    auto const order = an_order();
    EXPECT_EQ(pointer_of(record(order, event_of(Type::shipped, {{"li_1", 1}, {"li_9", 1}}))), "/line_items/1/id");
    EXPECT_EQ(pointer_of(record(order, event_of(Type::shipped, {{"li_1", 1}, {"li_1", 1}}))), "/line_items/1/id");
    for (std::int64_t const quantity :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{4}, std::numeric_limits<std::int64_t>::max(),
          std::numeric_limits<std::int64_t>::min()})
        EXPECT_EQ(pointer_of(record(order, event_of(Type::shipped, {{"li_1", quantity}}))), "/line_items/0/quantity");
}

TEST(Adjustments, TakeUnitsAndMoneyAway) {
    auto order = *record(an_order(), event_of(Type::shipped, {{"li_1", 3}}));
    order = *adjust(order, adjustment_of({{"li_1", -1}}, -2000));
    EXPECT_EQ(total_quantity(order, order.lines[0]), 2);
    EXPECT_EQ(fulfilled_quantity(order, order.lines[0]), 2) << "never above the total";
    EXPECT_EQ(order.lines[0].quantity, 3) << "what was bought stays on record";
    EXPECT_EQ(pointer_of(adjust(order, adjustment_of({{"li_1", -3}}, 0))), "/line_items/0/quantity");
    order = *adjust(order, adjustment_of({{"li_2", -2}}, 0));
    EXPECT_EQ(pointer_of(record(order, event_of(Type::shipped, {{"li_2", 1}}))), "/line_items/0/quantity");
}

TEST(Adjustments, GiveBackNoMoreThanWasPaid) {
    auto order = an_order();
    auto const paid = 3 * 2000 + 2 * 999 + 700 + 500;
    EXPECT_EQ(pointer_of(adjust(order, adjustment_of({}, -paid - 1))), "/amount");
    order = *adjust(order, adjustment_of({}, -paid + 100));
    EXPECT_EQ(pointer_of(adjust(order, adjustment_of({}, -101))), "/amount");
    EXPECT_TRUE(adjust(order, adjustment_of({}, -100)));
    EXPECT_EQ(pointer_of(adjust(order, adjustment_of({}, std::numeric_limits<std::int64_t>::min()))), "/amount");
    EXPECT_EQ(pointer_of(adjust(order, adjustment_of({}, std::numeric_limits<std::int64_t>::max()))), "/amount");
}

TEST(Adjustments, CountOnceTheyAreCompleted) {
    auto const order = *adjust(an_order(), adjustment_of({{"li_1", -3}}, -6000, AdjustmentStatus::pending));
    EXPECT_EQ(total_quantity(order, order.lines[0]), 3);
    auto const done = *adjust(order, adjustment_of({{"li_1", -3}}, -6000));
    EXPECT_EQ(total_quantity(done, done.lines[0]), 0);
    auto const failed = *adjust(an_order(), adjustment_of({{"li_1", -3}}, -6000, AdjustmentStatus::failed));
    EXPECT_EQ(total_quantity(failed, failed.lines[0]), 3);
}

TEST(Adjustments, RefuseNonsense) {
    auto const order = an_order();
    EXPECT_EQ(pointer_of(adjust(order, adjustment_of({{"li_9", -1}}, 0))), "/line_items/0/id");
    EXPECT_EQ(pointer_of(adjust(order, adjustment_of({{"li_1", 0}}, 0))), "/line_items/0/quantity");
    EXPECT_EQ(pointer_of(adjust(order, adjustment_of({{"li_1", limits::line_quantity_max}}, 0))),
              "/line_items/0/quantity");
    EXPECT_EQ(pointer_of(adjust(order, adjustment_of({{"li_1", std::numeric_limits<std::int64_t>::min()}}, 0))),
              "/line_items/0/quantity");
    auto untyped = adjustment_of({}, 0);
    untyped.type.clear();
    EXPECT_EQ(pointer_of(adjust(order, untyped)), "/type");
}

RC_GTEST_PROP(Order, KeepsItsBooksWhateverComes, ()) {
    auto order = an_order();
    auto const steps = *rc::gen::inRange(1, 20);
    for (int i = 0; i < steps; ++i) {
        Lines lines;
        auto const named = *rc::gen::inRange(0, 3);
        for (int k = 0; k < named; ++k)
            lines.push_back({*rc::gen::element<std::string>("li_1", "li_2", "li_3", "li_4"),
                             *rc::gen::inRange<std::int64_t>(-3, 4)});
        auto next =
            *rc::gen::arbitrary<bool>()
                ? record(order, event_of(*rc::gen::element(Type::processing, Type::shipped, Type::delivered), lines))
                : adjust(order,
                         adjustment_of(lines, *rc::gen::inRange<std::int64_t>(-9000, 1000),
                                       *rc::gen::element(AdjustmentStatus::completed, AdjustmentStatus::pending)));
        if (next) order = std::move(*next);
    }
    std::int64_t paid = 0;
    for (auto const& total : order.totals)
        if (total.kind == TotalKind::total) paid += total.minor;
    for (auto const& adjustment : order.adjustments)
        if (adjustment.status == AdjustmentStatus::completed) paid += adjustment.minor;
    RC_ASSERT(paid >= 0);
    for (auto const& event : order.events) RC_ASSERT(!event.lines.empty());
    for (auto const& line : order.lines) {
        RC_ASSERT(total_quantity(order, line) >= 0);
        RC_ASSERT(fulfilled_quantity(order, line) >= 0);
        RC_ASSERT(fulfilled_quantity(order, line) <= total_quantity(order, line));
    }
}

}  // namespace
}  // namespace b2a::domain::testing
