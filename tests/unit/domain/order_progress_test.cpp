// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/order_progress.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

using Type = FulfillmentEventType;
using Lines = std::vector<LineQuantity>;
using Stage = Parcel::Stage;

/// Three shirts and a hat to send, a mug to collect, an e-book.
Order an_order() {
    Shop shop;
    shop.sell("hat", 1500, std::nullopt);
    auto content = content_of({{"", "shirt", 3}, {"", "hat", 1}, {"", "mug", 1}, {"", "ebook", 1}});
    content.methods.push_back(method_of(FulfillmentKind::pickup, {"li_3"}, "soho"));
    auto order = make_order(*shop.apply(content), OrderId(), at_noon());
    EXPECT_EQ(order.lines.size(), 4U);
    return order;
}

Order after(Order order, Type type, Lines lines = {}, std::string tracking = {}) {
    FulfillmentEvent event;
    event.id = "ev" + std::to_string(order.events.size() + 1);
    event.type = type;
    event.lines = std::move(lines);
    event.tracking_number = std::move(tracking);
    auto next = record(std::move(order), std::move(event));
    EXPECT_TRUE(next.ok()) << next.error().detail;
    return *next;
}

Order less(Order order, Lines lines, std::int64_t minor, AdjustmentStatus status = AdjustmentStatus::completed) {
    Adjustment adjustment;
    adjustment.id = "adj";
    adjustment.type = "refund";
    adjustment.lines = std::move(lines);
    adjustment.minor = minor;
    adjustment.status = status;
    auto next = adjust(std::move(order), std::move(adjustment));
    EXPECT_TRUE(next.ok()) << next.error().detail;
    return *next;
}

std::vector<std::string> ids_of(std::vector<FulfillmentEvent const*> const& events) {
    std::vector<std::string> out;
    for (auto const* event : events) out.push_back(event->id);
    return out;
}

TEST(OrderParcels, OneAMethodBeforeAnythingLeaves) {
    auto const order = an_order();
    auto const parcels = parcels_of(order);
    ASSERT_EQ(parcels.size(), 3U);
    EXPECT_EQ(parcels[0].id, "shipping");
    EXPECT_EQ(parcels[0].lines, (Lines{{"li_1", 3}, {"li_2", 1}}));
    EXPECT_EQ(parcels[0].stage, Stage::pending);
    EXPECT_EQ(parcels[1].method->kind, FulfillmentKind::pickup);
    EXPECT_EQ(parcels[2].method, nullptr);
    EXPECT_EQ(parcels[2].lines, (Lines{{"li_4", 1}}));
    EXPECT_EQ(parcels[2].stage, Stage::delivered);
    EXPECT_EQ(stage_of(order), OrderStage::created);
}

TEST(OrderParcels, EachShipmentIsOneAndTheRestWaits) {
    auto order = after(an_order(), Type::processing, {{"li_1", 3}});
    order = after(order, Type::shipped, {{"li_1", 1}}, "A");
    order = after(order, Type::shipped, {{"li_1", 1}, {"li_2", 1}}, "B");
    auto parcels = parcels_of(order);
    ASSERT_EQ(parcels.size(), 5U);
    EXPECT_EQ(parcels[0].id, "ev2");
    EXPECT_EQ(parcels[0].departure->tracking_number, "A");
    EXPECT_EQ(ids_of(parcels[0].events), (std::vector<std::string>{"ev1", "ev2"}));
    EXPECT_EQ(parcels[1].lines, (Lines{{"li_1", 1}, {"li_2", 1}}));
    EXPECT_EQ(parcels[1].stage, Stage::shipped);
    EXPECT_EQ(parcels[2].id, "shipping");
    EXPECT_EQ(parcels[2].lines, (Lines{{"li_1", 1}}));
    EXPECT_EQ(parcels[2].stage, Stage::processing);
    EXPECT_EQ(stage_of(order), OrderStage::processing);
}

TEST(OrderParcels, AnArrivalGoesToItsTrackingNumberElseToTheFirst) {
    auto order = after(an_order(), Type::shipped, {{"li_1", 1}}, "A");
    order = after(order, Type::shipped, {{"li_1", 2}, {"li_2", 1}}, "B");
    auto tracked = after(order, Type::delivered, {{"li_1", 2}, {"li_2", 1}}, "B");
    auto parcels = parcels_of(tracked);
    EXPECT_EQ(parcels[0].stage, Stage::shipped);
    EXPECT_EQ(parcels[1].stage, Stage::delivered);
    EXPECT_EQ(ids_of(parcels[1].events), (std::vector<std::string>{"ev2", "ev3"}));
    auto plain = after(order, Type::delivered, {{"li_1", 2}});
    parcels = parcels_of(plain);
    EXPECT_EQ(parcels[0].stage, Stage::delivered);
    EXPECT_EQ(parcels[1].stage, Stage::shipped) << "one shirt and the hat are still under way";
    EXPECT_EQ(ids_of(parcels[1].events), (std::vector<std::string>{"ev2", "ev3"}));
}

TEST(OrderParcels, CollectedGoodsArriveWithoutHavingLeft) {
    auto const order = after(an_order(), Type::delivered, {{"li_3", 1}});
    auto const parcels = parcels_of(order);
    ASSERT_EQ(parcels.size(), 3U);
    EXPECT_EQ(parcels[1].id, "ev1");
    EXPECT_EQ(parcels[1].stage, Stage::delivered);
    EXPECT_EQ(parcels[1].lines, (Lines{{"li_3", 1}}));
}

TEST(OrderParcels, WhatWasTakenOutWaitsNoLonger) {
    auto const order = less(an_order(), {{"li_1", -3}, {"li_2", -1}, {"li_3", -1}}, -100);
    auto const parcels = parcels_of(order);
    ASSERT_EQ(parcels.size(), 1U);
    EXPECT_EQ(parcels[0].id, "digital");
}

TEST(OrderStages, FollowTheGoods) {
    auto order = an_order();
    order = after(order, Type::shipped);
    EXPECT_EQ(stage_of(order), OrderStage::shipped);
    EXPECT_EQ(stage_of(after(order, Type::delivered, {{"li_1", 1}})), OrderStage::shipped);
    order = after(order, Type::delivered);
    EXPECT_EQ(stage_of(order), OrderStage::completed);
    EXPECT_EQ(stage_of(less(order, {{"li_1", -3}, {"li_2", -1}, {"li_3", -1}, {"li_4", -1}}, 0)),
              OrderStage::completed);
    Shop const shop;
    auto const parcel = make_order(*shop.apply(content_of({{"", "shirt", 1}})), OrderId(), at_noon());
    EXPECT_EQ(stage_of(less(parcel, {{"li_1", -1}}, -2000)), OrderStage::canceled);
    EXPECT_EQ(stage_of(after(parcel, Type::processing)), OrderStage::processing);
}

TEST(OrderStages, RefundsCountOnceTheyAreDone) {
    auto order = less(an_order(), {}, -700);
    order = less(order, {}, -300);
    order = less(order, {}, -100, AdjustmentStatus::pending);
    order = less(order, {}, 250);
    EXPECT_EQ(refunded(order), 1000);
    EXPECT_EQ(refunded(an_order()), 0);
}

RC_GTEST_PROP(OrderParcels, HoldEveryUnitOnceWhateverComes, ()) {
    auto order = an_order();
    auto const steps = *rc::gen::inRange(1, 16);
    for (int i = 0; i < steps; ++i) {
        Lines lines;
        for (auto const* id : {"li_1", "li_2", "li_3"})
            if (*rc::gen::arbitrary<bool>()) lines.push_back({id, *rc::gen::inRange<std::int64_t>(1, 3)});
        FulfillmentEvent event;
        event.id = "ev" + std::to_string(i);
        event.type = *rc::gen::element(Type::processing, Type::shipped, Type::delivered);
        event.tracking_number = *rc::gen::element<std::string>("", "A", "B");
        event.lines = lines;
        if (auto next = record(order, std::move(event))) order = std::move(*next);
    }
    for (auto const& line : order.lines) {
        std::int64_t units = 0, gone = 0, arrived = 0;
        for (auto const& parcel : parcels_of(order))
            for (auto const& entry : parcel.lines) {
                if (entry.line_id != line.id) continue;
                RC_ASSERT(entry.quantity > 0);
                units += entry.quantity;
                if (parcel.stage == Stage::shipped || parcel.stage == Stage::delivered) gone += entry.quantity;
                if (parcel.stage == Stage::delivered) arrived += entry.quantity;
            }
        RC_ASSERT(units == total_quantity(order, line));
        RC_ASSERT(gone == fulfilled_quantity(order, line));
        RC_ASSERT(arrived <= gone);
    }
}

}  // namespace
}  // namespace b2a::domain::testing
